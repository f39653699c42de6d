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

/// The panel for the settings and the progress of a training.
class TrainPanel : public QWidget {
  Q_OBJECT

public:
  explicit TrainPanel(QWidget* parent = nullptr);

  /// Sets the names and titles of the built-in networks.
  void setBuiltInNetworks(const std::vector<std::pair<std::string, std::string>>& networks);
  void setSubject(const QString& subject);
  void setSurfaces(const QString& folder);
  void setNetwork(const QString& network);
  /// Shows how the chosen weights were recognised, and the field for heads when these are unknown.
  void showNetwork(const NetworkInfo& info);
  [[nodiscard]] TrainRequest request() const;

  /// Disables the fields while a training runs.
  void setRunning(bool running);
  void showProgress(const Progress& progress);
  void showSnapshot(const TrainSnapshot& snapshot);
  /// Shows in the last line how the training ended, or why it can't start.
  void showStatus(const QString& status);

Q_SIGNALS:
  void startRequested();
  void cancelRequested();
  void subjectBrowseRequested();
  void surfacesBrowseRequested();
  void networkBrowseRequested();
  /// A network was set, or its typing was finished.
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
  QString namedNetwork_; ///< the last argument of networkNamed()
  bool running_ = false;
};

} // namespace cortograph
