#include "app/panels/regions_panel.h"

#include "app/session/shown.h"

#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace cortograph {

namespace {

/// An item of a name, which may hold more than can be shown.
QTreeWidgetItem* itemOf(const std::string& name) {
  auto* item = new QTreeWidgetItem({shown(name)});
  item->setData(0, Qt::UserRole, QByteArray::fromStdString(name));
  return item;
}

std::string nameOf(const QTreeWidgetItem& item) {
  return item.data(0, Qt::UserRole).toByteArray().toStdString();
}

Qt::CheckState stateOf(const QTreeWidgetItem& group) {
  int outlined = 0;
  for (int i = 0; i < group.childCount(); ++i) {
    outlined += group.child(i)->checkState(0) == Qt::Checked ? 1 : 0;
  }
  if (outlined == 0) {
    return Qt::Unchecked;
  }
  return outlined == group.childCount() ? Qt::Checked : Qt::PartiallyChecked;
}

bool sameNames(const std::vector<RegionChoice>& a, const std::vector<RegionChoice>& b) {
  return std::ranges::equal(a, b, [](const RegionChoice& one, const RegionChoice& other) {
    return one.name == other.name && one.group == other.group;
  });
}

} // namespace

RegionsPanel::RegionsPanel(QWidget* parent) : QWidget(parent) {
  setObjectName("regionsPanel");
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  auto* label = new QLabel(tr("&Outlined regions"), this);
  tree_ = new QTreeWidget(this);
  tree_->setObjectName("regionTree");
  tree_->setAccessibleName(tr("Outlined regions"));
  tree_->setToolTip(tr("Tick the regions or groups whose outlines and names are drawn"));
  tree_->setHeaderHidden(true);
  tree_->setMinimumHeight(90);
  label->setBuddy(tree_);
  layout->addWidget(label);
  layout->addWidget(tree_, 1);
  connect(tree_, &QTreeWidget::itemChanged, this, [this](const QTreeWidgetItem* item) {
    toggle(*item);
  });
}

void RegionsPanel::showRegions(const std::vector<RegionChoice>& regions) {
  if (regions == shown_) {
    return;
  }
  const QSignalBlocker quiet(tree_);
  if (!sameNames(regions, shown_)) {
    fill(regions);
  }
  shown_ = regions;
  auto region = shown_.begin();
  for (int g = 0; g < tree_->topLevelItemCount(); ++g) {
    QTreeWidgetItem& group = *tree_->topLevelItem(g);
    for (int i = 0; i < group.childCount(); ++i, ++region) {
      group.child(i)->setCheckState(0, region->outlined ? Qt::Checked : Qt::Unchecked);
    }
    group.setCheckState(0, stateOf(group));
  }
}

void RegionsPanel::fill(const std::vector<RegionChoice>& regions) {
  tree_->clear();
  QTreeWidgetItem* group = nullptr;
  for (const RegionChoice& region : regions) {
    if (group == nullptr || nameOf(*group) != region.group) {
      group = itemOf(region.group);
      tree_->addTopLevelItem(group);
      group->setExpanded(true);
    }
    group->addChild(itemOf(region.name));
  }
}

void RegionsPanel::toggle(const QTreeWidgetItem& item) {
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(item.childCount()));
  for (int i = 0; i < item.childCount(); ++i) {
    names.push_back(nameOf(*item.child(i)));
  }
  if (item.parent() != nullptr) {
    names.push_back(nameOf(item));
  }
  Q_EMIT outlineToggled(names, item.checkState(0) == Qt::Checked);
}

} // namespace cortograph
