#pragma once

#include <QImage>
#include <QWidget>

class QLabel;
class QPushButton;

namespace cortograph {

/// The panel of the image that the shown maps are probed with.
class ProbePanel : public QWidget {
  Q_OBJECT

public:
  explicit ProbePanel(QWidget* parent = nullptr);

  /// Shows the image; a null image stands for none.
  void showImage(const QImage& image, const QString& name);
  /// Shows a status such as "predicting 1 of 2…", or hides it when it is empty.
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
