#pragma once

#include "app/jobs/kept_training.h"

#include <QTemporaryDir>

namespace cortograph::test {

/// A place of its own for what the application keeps, for as long as it lives.
class DataHome {
public:
  DataHome() { qputenv("XDG_DATA_HOME", folder_.path().toUtf8()); }
  DataHome(const DataHome&) = delete;
  DataHome& operator=(const DataHome&) = delete;
  DataHome(DataHome&&) = delete;
  DataHome& operator=(DataHome&&) = delete;
  ~DataHome() { qunsetenv("XDG_DATA_HOME"); }

  /// A training as an earlier window left it: done, else stopped at the last step of the map's
  /// history.
  static KeptTraining leaveTraining(const BrainMap& map, bool done) {
    TrainRequest request;
    request.subject = "demo";
    request.network.spec = "demo:gabor";
    KeptTraining training = keepTraining(trainingsFolder(), request);
    training.done = done;
    writeMap(training.map(), map);
    training.lock.reset();
    return training;
  }

private:
  QTemporaryDir folder_;
};

} // namespace cortograph::test
