#include "app/panels/vertex_panel.h"

#include "app/session/shown.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <string>

namespace cortograph {

namespace {

QLabel* makeWords(QWidget* parent, const char* name) {
  auto* words = new QLabel(parent);
  words->setObjectName(name);
  words->setTextFormat(Qt::RichText); // vertexText() escapes what is from files
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
  connect(region_, &QComboBox::textActivated, this, [this] {
    Q_EMIT regionChosen(region_->currentData().toByteArray().toStdString());
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
  std::vector<std::string> names;
  names.reserve(regions.size());
  for (const RegionChoice& region : regions) {
    names.push_back(region.name);
  }
  std::ranges::sort(names);
  std::vector<std::string> before;
  for (int i = 0; i < region_->count(); ++i) {
    before.push_back(region_->itemData(i).toByteArray().toStdString());
  }
  if (names != before) {
    region_->clear();
    for (const std::string& name : names) {
      region_->addItem(shown(name), QByteArray::fromStdString(name));
    }
    region_->setCurrentIndex(-1);
  }
  region_->setVisible(!names.empty());
}

} // namespace cortograph
