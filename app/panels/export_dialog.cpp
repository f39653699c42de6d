#include "app/panels/export_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace cortograph {

namespace {

constexpr int leastPixels = 64;
constexpr int mostPixels = 8192;
constexpr int proposedWidth = 2400;

QSpinBox* pixelBox(const char* name, int value, QWidget* parent) {
  auto* box = new QSpinBox(parent);
  box->setObjectName(name);
  box->setRange(leastPixels, mostPixels);
  box->setSuffix(QObject::tr(" px"));
  box->setValue(value);
  return box;
}

} // namespace

ExportDialog::ExportDialog(QSize shape, QWidget* parent) : QDialog(parent) {
  setWindowTitle(tr("Export picture"));
  const double aspect =
      static_cast<double>(std::max(shape.width(), 1)) / std::max(shape.height(), 1);
  auto* form = new QFormLayout(this);
  width_ = pixelBox("exportWidth", proposedWidth, this);
  height_ = pixelBox("exportHeight", qRound(proposedWidth / aspect), this);
  auto* keep = new QCheckBox(tr("&Keep the window's proportions"), this);
  keep->setObjectName("keepProportions");
  keep->setChecked(true);
  form->addRow(tr("&Width"), width_);
  form->addRow(tr("&Height"), height_);
  form->addRow(keep);

  connect(width_, &QSpinBox::valueChanged, this, [this, keep, aspect](int value) {
    if (keep->isChecked()) {
      const QSignalBlocker quiet(height_);
      height_->setValue(qRound(value / aspect));
    }
  });
  connect(height_, &QSpinBox::valueChanged, this, [this, keep, aspect](int value) {
    if (keep->isChecked()) {
      const QSignalBlocker quiet(width_);
      width_->setValue(qRound(value * aspect));
    }
  });
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Save)->setText(tr("&Save as PNG…"));
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  form->addRow(buttons);
}

QSize ExportDialog::pixels() const {
  return {width_->value(), height_->value()};
}

} // namespace cortograph
