#include "app/panels/vertex_panel.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace cortograph {

namespace {

QLabel* makeWords(QWidget* parent, const char* name) {
  auto* words = new QLabel(parent);
  words->setObjectName(name);
  words->setWordWrap(true);
  words->setAlignment(Qt::AlignTop);
  words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  return words;
}

} // namespace

VertexPanel::VertexPanel(QWidget* parent) : QWidget(parent) {
  setObjectName("vertexPanel");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  words_ = makeWords(this, "vertexWords");
  unpin_ = new QPushButton(tr("&Unpin"), this);
  unpin_->setObjectName("unpinButton");
  unpin_->setToolTip(tr("Remove the mark from the vertex"));
  connect(unpin_, &QPushButton::clicked, this, &VertexPanel::unpinRequested);
  region_ = new QComboBox(this);
  region_->setObjectName("regionCombo");
  region_->setAccessibleName(tr("Select a region"));
  region_->setPlaceholderText(tr("Select a region…"));
  connect(region_, &QComboBox::textActivated, this, [this](const QString& name) {
    Q_EMIT regionChosen(name.toStdString());
  });
  selection_ = makeWords(this, "selectionWords");
  clear_ = new QPushButton(tr("&Clear selection"), this);
  clear_->setObjectName("clearSelectionButton");
  connect(clear_, &QPushButton::clicked, this, &VertexPanel::clearRequested);
  layout->addWidget(words_);
  layout->addWidget(unpin_);
  layout->addWidget(region_);
  layout->addWidget(selection_, 1);
  layout->addWidget(clear_);
  showWords({});
  showSelection({});
}

void VertexPanel::showWords(const QString& words) {
  words_->setText(words.isEmpty() ? tr("Point at a brain to read its values; click to pin a "
                                       "vertex, which is then marked in every pane.")
                                  : words);
  unpin_->setVisible(!words.isEmpty());
}

void VertexPanel::showSelection(const QString& words) {
  selection_->setText(words.isEmpty()
                          ? tr("Hold Ctrl and draw a line around vertices to read their means.")
                          : words);
  clear_->setVisible(!words.isEmpty());
  if (words.isEmpty()) {
    region_->setCurrentIndex(-1);
  }
}

void VertexPanel::showRegions(const std::vector<RegionChoice>& regions) {
  QStringList shown;
  for (const RegionChoice& region : regions) {
    shown << QString::fromStdString(region.name);
  }
  shown.sort();
  QStringList before;
  for (int i = 0; i < region_->count(); ++i) {
    before << region_->itemText(i);
  }
  if (shown != before) {
    region_->clear();
    region_->addItems(shown);
    region_->setCurrentIndex(-1);
  }
  region_->setVisible(!shown.isEmpty());
}

} // namespace cortograph
