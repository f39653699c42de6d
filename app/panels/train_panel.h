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
  /// The network that networkNamed() told of can't be read: the one before is chosen again, unless
  /// another was typed meanwhile.
  void refuseNetwork(const QString& network);
  [[nodiscard]] TrainRequest request() const;
  /// The fields say what is trained when that was not chosen here.
  void showRequest(const TrainRequest& request);

  /// The fields are locked while a training runs.
  void setRunning(bool running);
  /// Whether a state of the running training is on disk, to stop at and keep.
  void setCanKeep(bool can);
  void showProgress(const Progress& progress);
  void showSnapshot(const TrainSnapshot& snapshot);
  /// The readings are those of the map that came of it.
  void showResult(const BrainMap& map);
  /// The last line: how it ended, or why it cannot start.
  void showStatus(const QString& status);

Q_SIGNALS:
  void startRequested();
  void cancelRequested();
  void keepRequested(); ///< stop, and keep the last state on disk
  void subjectBrowseRequested();
  void surfacesBrowseRequested();
  void networkBrowseRequested();
  /// It was set, or typed to the end.
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
  /// The last network that was no refused one.
  struct Choice {
    QString network;
    std::optional<NetworkInfo> info; ///< empty: not described
    int heads = 0;
  };
  Choice accepted_;
  QString namedNetwork_; ///< that networkNamed() told of last
  bool running_ = false;
};

} // namespace cortograph
