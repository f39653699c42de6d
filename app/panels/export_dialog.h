#pragma once

#include <QDialog>
#include <QSize>

class QSpinBox;

namespace cortograph {

/// Asks for the size of a picture to export.
class ExportDialog : public QDialog {
  Q_OBJECT

public:
  /// `shape`: the scene's size, whose proportions are proposed.
  ExportDialog(QSize shape, QWidget* parent);
  [[nodiscard]] QSize pixels() const;

private:
  QSpinBox* width_ = nullptr;
  QSpinBox* height_ = nullptr;
};

} // namespace cortograph
