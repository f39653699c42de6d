#pragma once

#include "app/session/document.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace cortograph {

/// The panel that describes the pinned vertex and the selected vertices.
class VertexPanel : public QWidget {
  Q_OBJECT

public:
  explicit VertexPanel(QWidget* parent = nullptr);

  /// Shows the description of the pinned vertex; empty when none is pinned.
  void showWords(const QString& words);
  /// Shows the description of the selection; empty when nothing is selected.
  void showSelection(const QString& words);
  /// Shows the regions that can be selected.
  void showRegions(const std::vector<RegionChoice>& regions);

Q_SIGNALS:
  void unpinRequested();
  void regionChosen(const std::string& name);
  void clearRequested();

private:
  QLabel* words_ = nullptr;
  QPushButton* unpin_ = nullptr;
  QComboBox* region_ = nullptr;
  QLabel* selection_ = nullptr;
  QPushButton* clear_ = nullptr;
};

} // namespace cortograph
