#pragma once

#include <QDialog>
#include <QSize>

class QCheckBox;
class QDoubleSpinBox;
class QSpinBox;

namespace cortograph {

/// How a picture is written.
struct ExportChoice {
  QSize pixels;
  double dotsPerInch = 300;
  bool transparent = false;
};

/// Asks for size, resolution and ground. Pixels, centimetres and dots per inch follow one another.
class ExportDialog : public QDialog {
  Q_OBJECT

public:
  /// `shape` is what is shown now, in pixels.
  ExportDialog(QSize shape, bool transparent, QWidget* parent);

  [[nodiscard]] ExportChoice choice() const;

private:
  void followPixels();
  void followCentimeters();

  double aspect_;
  QSpinBox* width_ = nullptr;
  QSpinBox* height_ = nullptr;
  QCheckBox* keep_ = nullptr;
  QDoubleSpinBox* centimeters_ = nullptr;
  QSpinBox* dotsPerInch_ = nullptr;
  QCheckBox* transparent_ = nullptr;
};

} // namespace cortograph
