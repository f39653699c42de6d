#include "app/jobs/kept_training.h"

#include "base/error.h"
#include "base/hdf5.h"
#include "base/log.h"
#include "base/pending_file.h"

#include <nlohmann/json.hpp>

#include <QDateTime>
#include <QLockFile>
#include <QStandardPaths>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <system_error>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

fs::path doneMapIn(const fs::path& folder) {
  return folder / "map.h5";
}

fs::path requestIn(const fs::path& folder) {
  return folder / "request.json";
}

/// Locks the folder of a training. Returns null when another window holds the lock, or when the
/// folder can't be written. The lock of a process that has ended is ignored.
std::shared_ptr<QLockFile> locked(const fs::path& folder) {
  auto lock = std::make_shared<QLockFile>(QString::fromStdString((folder / "lock").string()));
  lock->setStaleLockTime(0); // a training may take days
  return lock->tryLock() ? lock : nullptr;
}

/// Makes a new folder with a name that is free.
fs::path newFolder(const fs::path& parent, const QDateTime& now) {
  const std::string name = now.toString("yyyy-MM-dd hh.mm.ss").toStdString();
  fs::create_directories(parent);
  fs::path folder = parent / name;
  for (int number = 2; !fs::create_directory(folder); ++number) {
    folder = parent / (name + ", " + std::to_string(number));
  }
  return folder;
}

void writeRequest(const KeptTraining& training) {
  const TrainRequest& request = training.request;
  const Json json{{"begun", training.begun},
                  {"subject", request.subject},
                  {"surfaces", request.surfaces.string()},
                  {"network", request.network.spec},
                  {"heads", request.network.heads},
                  {"steps", request.steps}};
  PendingFile pending(requestIn(training.folder));
  std::ofstream stream(pending.temporary());
  stream << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  stream.close();
  if (!stream) {
    throw Error(ErrorKind::file,
                "Writing " + requestIn(training.folder).string() +
                    " failed; free some space on the disk.");
  }
  pending.commit();
}

/// Reads the request. It stays empty when the file is missing or damaged.
void readRequest(KeptTraining& training) {
  try {
    std::ifstream stream(requestIn(training.folder));
    const Json json = Json::parse(stream);
    TrainRequest request;
    request.subject = json.at("subject").get<std::string>();
    request.surfaces = json.at("surfaces").get<std::string>();
    request.network.spec = json.at("network").get<std::string>();
    request.network.heads = json.at("heads").get<int>();
    request.steps = json.at("steps").get<int>();
    training.begun = json.at("begun").get<std::string>();
    training.request = std::move(request);
  } catch (const Json::exception&) {
    training.begun = training.folder.filename().string();
  }
}

/// Returns the last step of the map on disk; 0 when it can't be read. Opening it reports why.
void readState(KeptTraining& training) {
  try {
    const Hdf5File file = Hdf5File::open(training.map());
    const std::vector<std::int64_t> steps = file.read<std::int64_t>("/history/step").values;
    training.step = steps.empty() ? 0 : static_cast<int>(steps.back());
    training.steps = static_cast<int>(
        numberOf<std::int64_t>(file.attributes("/"), "steps").value_or(training.step));
  } catch (const Error&) {
    training.step = 0;
    training.steps = 0;
  }
}

} // namespace

fs::path KeptTraining::map() const {
  return done ? doneMapIn(folder) : checkpointOf(doneMapIn(folder));
}

fs::path trainingsFolder() {
  return fs::path(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString()) /
         "trainings";
}

KeptTraining keepTraining(const fs::path& parent, const TrainRequest& request) {
  const QDateTime now = QDateTime::currentDateTime();
  KeptTraining training;
  training.request = request;
  training.begun = now.toString("yyyy-MM-dd hh:mm").toStdString();
  try {
    training.folder = newFolder(parent, now);
  } catch (const fs::filesystem_error& error) {
    throw Error(ErrorKind::file,
                "A folder in " + parent.string() + " can't be made (" + error.code().message() +
                    "); free some space, or let the folder be written.");
  }
  training.lock = locked(training.folder);
  writeRequest(training);
  return training;
}

std::optional<KeptTraining> onDisk(KeptTraining training) {
  std::error_code problem;
  training.done = fs::exists(doneMapIn(training.folder), problem);
  if (!problem && !fs::exists(training.map(), problem) && !problem) {
    discard(training);
    return std::nullopt;
  }
  readState(training);
  return training;
}

std::vector<KeptTraining> findKeptTrainings(const fs::path& parent) {
  std::vector<fs::path> folders;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, none)) {
    if (entry.is_directory(none)) {
      folders.push_back(entry.path());
    }
  }
  std::ranges::sort(folders);
  std::vector<KeptTraining> found;
  for (const fs::path& folder : folders) {
    KeptTraining training;
    training.folder = folder;
    training.lock = locked(folder);
    if (training.lock == nullptr) {
      continue;
    }
    readRequest(training);
    if (std::optional<KeptTraining> there = onDisk(std::move(training))) {
      found.push_back(std::move(*there));
    }
  }
  return found;
}

void discard(const KeptTraining& training) {
  if (training.lock != nullptr) {
    training.lock->unlock(); // it is a file of the folder
  }
  std::error_code ignored; // what stays is offered again
  fs::remove_all(training.folder, ignored);
}

TrainingEnd runKeptTraining(const TrainRequest& request,
                            std::optional<KeptTraining> kept,
                            const fs::path& parent,
                            const std::atomic<bool>& keeps,
                            const Control& control,
                            const std::function<void(TrainUpdate)>& publish) {
  TrainRequest asked = kept ? kept->request : request;
  try {
    asked.resume = kept.has_value();
    kept = kept ? kept : keepTraining(parent, request);
    asked.out = doneMapIn(kept->folder);
  } catch (const Error& error) {
    logWarning(std::string("The training has no checkpoints: ") + error.what());
  }
  std::shared_ptr<const Cortex> cortex;
  Outcome<TrainedMap> outcome = outcomeOf<TrainedMap>([&] {
    return runTraining(asked, control, [&](TrainUpdate update) {
      cortex = update.cortex;
      publish(std::move(update));
    });
  });
  TrainingEnd end{std::move(outcome.value), std::move(outcome.error), std::nullopt};
  if (kept) {
    end.kept = onDisk(*kept);
  }
  if (end.error && end.error->kind() == ErrorKind::canceled && end.kept && keeps) {
    Outcome<TrainedMap> last = outcomeOf<TrainedMap>([&] {
      return TrainedMap{std::make_shared<const BrainMap>(readMap(end.kept->map())), cortex};
    });
    end.trained = std::move(last.value);
    end.error = last.error ? last.error : end.error;
  }
  return end;
}

} // namespace cortograph
