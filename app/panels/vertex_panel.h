#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace cortograph {

/// What the maps say of the pinned vertex.
class VertexPanel : public QWidget {
  Q_OBJECT

public:
  explicit VertexPanel(QWidget* parent = nullptr);

  /// Empty: none is pinned.
  void showWords(const QString& words);

Q_SIGNALS:
  void unpinRequested();

private:
  QLabel* words_ = nullptr;
  QPushButton* unpin_ = nullptr;
};

} // namespace cortograph
