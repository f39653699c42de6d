#pragma once

#include <QImage>
#include <QWidget>

class QLabel;
class QPushButton;

namespace cortograph {

/// The image that the shown maps are probed with.
class ProbePanel : public QWidget {
  Q_OBJECT

public:
  explicit ProbePanel(QWidget* parent = nullptr);

  /// A null image: none.
  void showImage(const QImage& image, const QString& name);
  /// "predicting 1 of 2…"; empty when there is nothing to say.
  void showStatus(const QString& status);

Q_SIGNALS:
  void openRequested();
  void clearRequested();

private:
  QLabel* picture_ = nullptr;
  QLabel* name_ = nullptr;
  QLabel* status_ = nullptr;
  QPushButton* clear_ = nullptr;
};

} // namespace cortograph
