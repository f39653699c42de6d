#pragma once

#include "app/session/document.h"

#include <QWidget>

#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace cortograph {

/// What the maps say of the pinned vertex, and of the selected ones.
class VertexPanel : public QWidget {
  Q_OBJECT

public:
  explicit VertexPanel(QWidget* parent = nullptr);

  /// Empty: none is pinned.
  void showWords(const QString& words);
  /// Empty: nothing is selected.
  void showSelection(const QString& words);
  /// Those that can be selected.
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
