#include "app/panels/vertex_panel.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace cortograph {

VertexPanel::VertexPanel(QWidget* parent) : QWidget(parent) {
  setObjectName("vertexPanel");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  words_ = new QLabel(this);
  words_->setObjectName("vertexWords");
  words_->setWordWrap(true);
  words_->setAlignment(Qt::AlignTop);
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  unpin_ = new QPushButton(tr("&Unpin"), this);
  unpin_->setObjectName("unpinButton");
  unpin_->setToolTip(tr("Forget the marked vertex"));
  connect(unpin_, &QPushButton::clicked, this, &VertexPanel::unpinRequested);
  layout->addWidget(words_, 1);
  layout->addWidget(unpin_);
  showWords({});
}

void VertexPanel::showWords(const QString& words) {
  words_->setText(words.isEmpty() ? tr("Point at a brain to read its values; click to pin a "
                                       "vertex, and it is marked in every pane.")
                                  : words);
  unpin_->setVisible(!words.isEmpty());
}

} // namespace cortograph
