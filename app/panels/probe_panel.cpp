#include "app/panels/probe_panel.h"

#include "app/session/shown.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPixmap>
#include <QPushButton>
#include <QVBoxLayout>

namespace cortograph {

namespace {
constexpr int thumbnailSide = 84;
} // namespace

ProbePanel::ProbePanel(QWidget* parent) : QWidget(parent) {
  setObjectName("probePanel");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);

  auto* top = new QHBoxLayout;
  picture_ = new QLabel(this);
  picture_->setObjectName("probePicture");
  picture_->setFixedSize(thumbnailSide, thumbnailSide);
  picture_->setAlignment(Qt::AlignCenter);
  picture_->setFrameShape(QFrame::StyledPanel);
  top->addWidget(picture_, 0, Qt::AlignTop);
  auto* words = new QVBoxLayout;
  name_ = new QLabel(this);
  name_->setObjectName("probeName");
  name_->setWordWrap(true);
  name_->setTextFormat(Qt::PlainText);
  name_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  // A long file name without spaces must not widen the dock.
  name_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  status_ = new QLabel(this);
  status_->setObjectName("probeStatus");
  status_->setWordWrap(true);
  words->addWidget(name_);
  words->addWidget(status_);
  words->addStretch(1);
  top->addLayout(words, 1);
  layout->addLayout(top);

  auto* buttons = new QHBoxLayout;
  auto* open = new QPushButton(tr("Open &image…"), this);
  open->setObjectName("openImageButton");
  open->setToolTip(tr("Paint the response that each shown map's encoder predicts for an image"));
  connect(open, &QPushButton::clicked, this, &ProbePanel::openRequested);
  clear_ = new QPushButton(tr("C&lear"), this);
  clear_->setObjectName("clearImageButton");
  clear_->setToolTip(tr("Remove the image and its predictions"));
  connect(clear_, &QPushButton::clicked, this, &ProbePanel::clearRequested);
  buttons->addWidget(open);
  buttons->addWidget(clear_);
  layout->addLayout(buttons);
  layout->addStretch(1);
  showImage({}, {});
}

void ProbePanel::showImage(const QImage& image, const QString& name) {
  clear_->setEnabled(!image.isNull());
  showStatus({});
  if (image.isNull()) {
    picture_->setPixmap({});
    picture_->setText(tr("no image"));
    picture_->setAccessibleName(tr("No image"));
    name_->setToolTip({});
    name_->setText(tr("Drop an image on the window to see the predicted response to it."));
    return;
  }
  const qreal ratio = devicePixelRatioF();
  QPixmap thumbnail =
      QPixmap::fromImage(image.scaled(QSize(thumbnailSide - 4, thumbnailSide - 4) * ratio,
                                      Qt::KeepAspectRatio,
                                      Qt::SmoothTransformation));
  thumbnail.setDevicePixelRatio(ratio);
  picture_->setPixmap(thumbnail);
  picture_->setAccessibleName(tr("The image %1").arg(name));
  name_->setText(name);
  name_->setToolTip(asToolTip(name));
}

void ProbePanel::showStatus(const QString& status) {
  status_->setText(status);
  status_->setVisible(!status.isEmpty());
}

} // namespace cortograph
