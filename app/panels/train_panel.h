#pragma once

#include "app/jobs/train_job.h"

#include <QWidget>

#include <string>
#include <utility>
#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace cortograph {

/// What to train on, and how the training stands.
class TrainPanel : public QWidget {
  Q_OBJECT

public:
  explicit TrainPanel(QWidget* parent = nullptr);

  /// Name and title of each network that the program brings.
  void setBuiltInNetworks(const std::vector<std::pair<std::string, std::string>>& networks);
  void setSubject(const QString& subject);
  void setSurfaces(const QString& folder);
  void setNetwork(const QString& network);
  /// What the chosen weights were recognised as; heads are asked for when nothing tells them.
  void showNetwork(const NetworkInfo& info);
  [[nodiscard]] TrainRequest request() const;

  /// The fields are locked while a training runs.
  void setRunning(bool running);
  void showProgress(const Progress& progress);
  void showSnapshot(const TrainSnapshot& snapshot);
  /// The last line: how it ended, or why it cannot start.
  void showStatus(const QString& status);

Q_SIGNALS:
  void startRequested();
  void cancelRequested();
  void subjectBrowseRequested();
  void surfacesBrowseRequested();
  void networkBrowseRequested();
  /// It was set, or typed to the end.
  void networkNamed(const QString& network);

private:
  void makeFields(QFormLayout* form);
  void makeReadings(QFormLayout* form);
  void allowStart();
  void nameNetwork();
  void forgetNetwork();

  QWidget* fields_ = nullptr;
  QLineEdit* subject_ = nullptr;
  QLineEdit* surfaces_ = nullptr;
  QComboBox* network_ = nullptr;
  QLabel* networkReading_ = nullptr;
  QSpinBox* heads_ = nullptr;
  QFormLayout* form_ = nullptr;
  QSpinBox* steps_ = nullptr;
  QPushButton* start_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QLabel* step_ = nullptr;
  QLabel* loss_ = nullptr;
  QLabel* r2_ = nullptr;
  QLabel* timeLeft_ = nullptr;
  QLabel* status_ = nullptr;
  QString namedNetwork_; ///< that networkNamed() told of last
  bool running_ = false;
};

} // namespace cortograph
