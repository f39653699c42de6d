#pragma once

#include "app/jobs/kept_training.h"

#include <QDialog>

#include <optional>
#include <vector>

class QListWidget;
class QPushButton;

namespace cortograph {

/// The trainings that were not finished, or whose map was not saved: one can go on, be opened as a
/// map, or be discarded. It holds nothing up.
class TrainingsDialog : public QDialog {
  Q_OBJECT

public:
  explicit TrainingsDialog(QWidget* parent = nullptr);

  /// None can go on while a training runs.
  void showTrainings(const std::vector<KeptTraining>& trainings, bool running);

Q_SIGNALS:
  void resumeRequested(const cortograph::KeptTraining& training);
  void openRequested(const cortograph::KeptTraining& training);
  void discardRequested(const cortograph::KeptTraining& training);

private:
  [[nodiscard]] std::optional<KeptTraining> selected() const;
  void allowButtons();
  /// A button that asks for something with the selected training.
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
