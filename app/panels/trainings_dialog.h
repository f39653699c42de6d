#pragma once

#include "app/jobs/kept_training.h"

#include <QDialog>

#include <optional>
#include <vector>

class QListWidget;
class QPushButton;

namespace cortograph {

/// A dialog with the trainings that did not finish or whose map was not saved. Each can be
/// continued, opened as a map, or discarded. The dialog does not block the window.
class TrainingsDialog : public QDialog {
  Q_OBJECT

public:
  explicit TrainingsDialog(QWidget* parent = nullptr);

  /// Lists trainings. None can be continued while another one runs.
  void showTrainings(const std::vector<KeptTraining>& trainings, bool running);

Q_SIGNALS:
  void resumeRequested(const cortograph::KeptTraining& training);
  void openRequested(const cortograph::KeptTraining& training);
  void discardRequested(const cortograph::KeptTraining& training);

private:
  [[nodiscard]] std::optional<KeptTraining> selected() const;
  void allowButtons();
  /// Adds a button that acts on the selected training.
  QPushButton* addButton(const QString& text,
                         const char* name,
                         const QString& tip,
                         void (TrainingsDialog::*request)(const KeptTraining&));

  std::vector<KeptTraining> trainings_;
  bool running_ = false;
  QListWidget* list_ = nullptr;
  QPushButton* resume_ = nullptr;
  QPushButton* open_ = nullptr;
  QPushButton* discard_ = nullptr;
};

} // namespace cortograph
