#pragma once

#include "app/jobs/train_job.h"

#include <QWidget>

#include <optional>
#include <string>
#include <utility>
#include <vector>

class QComboBox;
class QFormLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace cortograph {

/// The panel of a training: its choices, its buttons, and its readings.
class TrainPanel : public QWidget {
  Q_OBJECT

public:
  explicit TrainPanel(QWidget* parent = nullptr);

  /// Sets the networks that come with the program, each with name and title.
  void setBuiltInNetworks(const std::vector<std::pair<std::string, std::string>>& networks);
  void setSubject(const QString& subject);
  void setSurfaces(const QString& folder);
  void setNetwork(const QString& network);
  /// Shows the properties of the chosen network. Shows a field for the heads when the weights do
  /// not state them.
  void showNetwork(const NetworkInfo& info);
  /// Chooses the previous network again, because the one of networkNamed() can't be read. Does
  /// nothing when another was typed meanwhile.
  void refuseNetwork(const QString& network);
  [[nodiscard]] TrainRequest request() const;
  /// Shows the choices of a training that was not started by this panel.
  void showRequest(const TrainRequest& request);

  /// Locks the fields while a training runs.
  void setRunning(bool running);
  /// Sets whether the running training has a state on disk, which can be kept.
  void setCanKeep(bool can);
  void showProgress(const Progress& progress);
  void showSnapshot(const TrainSnapshot& snapshot);
  /// Shows the readings of the trained map.
  void showResult(const BrainMap& map);
  /// Shows the outcome of the training, or why it can't start.
  void showStatus(const QString& status);

Q_SIGNALS:
  void startRequested();
  void cancelRequested();
  void keepRequested(); ///< stop, and keep the last state on disk
  void subjectBrowseRequested();
  void surfacesBrowseRequested();
  void networkBrowseRequested();
  /// Emitted when a network was chosen, or typed and confirmed.
  void networkNamed(const QString& network);

private:
  void makeFields(QFormLayout* form);
  void makeReadings(QFormLayout* form);
  void makeButtons(QHBoxLayout* row);
  void allowStart();
  void nameNetwork();
  void forgetNetwork();
  void showReading(const std::optional<NetworkInfo>& info);

  QWidget* fields_ = nullptr;
  QLineEdit* subject_ = nullptr;
  QLineEdit* surfaces_ = nullptr;
  QComboBox* network_ = nullptr;
  QLabel* networkReading_ = nullptr;
  QSpinBox* heads_ = nullptr;
  QFormLayout* form_ = nullptr;
  QSpinBox* steps_ = nullptr;
  QPushButton* start_ = nullptr;
  QPushButton* keep_ = nullptr;
  QPushButton* cancel_ = nullptr;
  QProgressBar* bar_ = nullptr;
  QLabel* step_ = nullptr;
  QLabel* loss_ = nullptr;
  QLabel* r2_ = nullptr;
  QLabel* timeLeft_ = nullptr;
  QLabel* status_ = nullptr;
  /// The last network that could be read.
  struct Choice {
    QString network;
    std::optional<NetworkInfo> info; ///< empty: not described yet
    int heads = 0;
  };
  Choice accepted_;
  QString namedNetwork_; ///< by the last networkNamed()
  bool running_ = false;
};

} // namespace cortograph
