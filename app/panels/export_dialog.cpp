#include "app/panels/export_dialog.h"

#include "viewer/scene/scene.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace cortograph {

namespace {

constexpr int leastPixels = 64;
constexpr int proposedWidth = 2400;
constexpr double centimetersPerInch = 2.54;

QSpinBox*
numberBox(const char* name, int low, int high, int value, const QString& unit, QWidget* parent) {
  auto* box = new QSpinBox(parent);
  box->setObjectName(name);
  box->setRange(low, high);
  box->setSuffix(unit);
  box->setValue(value);
  return box;
}

} // namespace

ExportDialog::ExportDialog(QSize shape, bool transparent, QWidget* parent)
    : QDialog(parent),
      aspect_(static_cast<double>(std::max(shape.width(), 1)) / std::max(shape.height(), 1)) {
  setWindowTitle(tr("Export picture"));
  auto* form = new QFormLayout(this);
  width_ = numberBox("exportWidth", leastPixels, mostPixels, proposedWidth, tr(" px"), this);
  height_ = numberBox(
      "exportHeight", leastPixels, mostPixels, qRound(proposedWidth / aspect_), tr(" px"), this);
  keep_ = new QCheckBox(tr("&Keep the window's proportions"), this);
  keep_->setObjectName("keepProportions");
  keep_->setChecked(true);
  centimeters_ = new QDoubleSpinBox(this);
  centimeters_->setObjectName("exportCentimetres");
  centimeters_->setRange(0.1, 1000);
  centimeters_->setSuffix(tr(" cm"));
  dotsPerInch_ = numberBox("exportResolution", 10, 2400, 300, tr(" dpi"), this);
  transparent_ = new QCheckBox(tr("&No background"), this);
  transparent_->setObjectName("exportTransparent");
  transparent_->setChecked(transparent);
  form->addRow(tr("&Width"), width_);
  form->addRow(tr("&Height"), height_);
  form->addRow(keep_);
  form->addRow(tr("Width &printed"), centimeters_);
  form->addRow(tr("&Resolution"), dotsPerInch_);
  form->addRow(transparent_);
  followPixels();

  connect(width_, &QSpinBox::valueChanged, this, [this](int value) {
    if (keep_->isChecked()) {
      const QSignalBlocker quiet(height_);
      height_->setValue(qRound(value / aspect_));
    }
    followPixels();
  });
  connect(height_, &QSpinBox::valueChanged, this, [this](int value) {
    if (keep_->isChecked()) {
      const QSignalBlocker quiet(width_);
      width_->setValue(qRound(value * aspect_));
      followPixels();
    }
  });
  connect(centimeters_, &QDoubleSpinBox::valueChanged, this, [this] { followCentimeters(); });
  connect(dotsPerInch_, &QSpinBox::valueChanged, this, [this] { followCentimeters(); });
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Save)->setText(tr("&Save as…"));
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  form->addRow(buttons);
}

void ExportDialog::followPixels() {
  const QSignalBlocker quiet(centimeters_);
  centimeters_->setValue(centimetersPerInch * width_->value() / dotsPerInch_->value());
}

void ExportDialog::followCentimeters() {
  const QSignalBlocker quiet(width_);
  const QSignalBlocker quietToo(height_);
  width_->setValue(qRound(centimeters_->value() / centimetersPerInch * dotsPerInch_->value()));
  if (keep_->isChecked()) {
    height_->setValue(qRound(width_->value() / aspect_));
  }
}

ExportChoice ExportDialog::choice() const {
  return {.pixels = {width_->value(), height_->value()},
          .dotsPerInch = static_cast<double>(dotsPerInch_->value()),
          .transparent = transparent_->isChecked()};
}

} // namespace cortograph
