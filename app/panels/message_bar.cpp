#include "app/panels/message_bar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace cortograph {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent) {
  setObjectName("messageBar");
  setAccessibleName(tr("Messages"));
  // Dark on pale amber in every palette, so that it is readable beside any scene.
  setStyleSheet(
      "#messageBar { background: #fff3d6; border: none; border-bottom: 1px solid #d9a32b; }"
      "#messageBar QLabel { color: #2b2200; }");
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(10, 6, 6, 6);
  layout->setSpacing(8);

  auto* icon = new QLabel(this);
  icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(20, 20));
  layout->addWidget(icon, 0, Qt::AlignTop);

  text_ = new QLabel(this);
  text_->setObjectName("messageText");
  text_->setAccessibleName(tr("Message"));
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  // A path without a blank must not widen the window.
  text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  layout->addWidget(text_, 1);

  auto* close = new QToolButton(this);
  close->setObjectName("closeMessage");
  close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
  close->setAutoRaise(true);
  close->setAccessibleName(tr("Close the messages"));
  close->setToolTip(tr("Close the messages"));
  connect(close, &QToolButton::clicked, this, &MessageBar::clear);
  layout->addWidget(close, 0, Qt::AlignTop);
  hide();
}

void MessageBar::showMessage(const QString& message) {
  messages_.removeAll(message);
  messages_.append(message);
  while (messages_.size() > mostMessages) {
    messages_.removeFirst();
  }
  text_->setText(messages_.join('\n'));
  show();
  QAccessibleEvent alert(this, QAccessible::Alert);
  QAccessible::updateAccessibility(&alert);
}

void MessageBar::clear() {
  messages_.clear();
  text_->clear();
  hide();
}

} // namespace cortograph
