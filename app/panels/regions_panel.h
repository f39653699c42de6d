#pragma once

#include "app/session/document.h"

#include <QWidget>

#include <string>
#include <vector>

class QTreeWidget;
class QTreeWidgetItem;

namespace cortograph {

/// The panel for the outlines of regions, which are chosen one by one or by group.
class RegionsPanel : public QWidget {
  Q_OBJECT

public:
  explicit RegionsPanel(QWidget* parent = nullptr);

  void showRegions(const std::vector<RegionChoice>& regions);

Q_SIGNALS:
  void outlineToggled(const std::vector<std::string>& names, bool outlined);

private:
  void fill(const std::vector<RegionChoice>& regions);
  void toggle(const QTreeWidgetItem& item);

  std::vector<RegionChoice> shown_;
  QTreeWidget* tree_ = nullptr;
};

} // namespace cortograph
