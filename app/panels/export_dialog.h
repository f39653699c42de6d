#pragma once

#include <QDialog>
#include <QSize>

class QCheckBox;
class QDoubleSpinBox;
class QSpinBox;

namespace cortograph {

/// The settings of an exported picture.
struct ExportChoice {
  QSize pixels;
  double dotsPerInch = 300;
  bool transparent = false;
};

/// The dialog for size, resolution and background. A change of pixels, centimetres or dots per inch
/// updates the others.
class ExportDialog : public QDialog {
  Q_OBJECT

public:
  /// `shape` is the current size of the scene in pixels.
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
