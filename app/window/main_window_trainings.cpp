// The trainings of the window, and their states on disk.
#include "app/panels/maps_panel.h"
#include "app/panels/train_panel.h"
#include "app/panels/trainings_dialog.h"
#include "app/session/shown.h"
#include "app/window/main_window.h"
#include "weights/weight_source.h"

#include <algorithm>
#include <utility>

namespace cortograph {

void MainWindow::startTraining() {
  resumesNext_.reset();
  startWanted();
}

/// Describes a network that is a file first, since the user must be asked if it is a program.
void MainWindow::startWanted() {
  if (training_->running()) {
    return;
  }
  TrainRequest request = resumesNext_ ? resumesNext_->request : train_->request();
  const std::string& network = request.network.spec;
  if (!isBuiltInNetwork(network)) {
    if (network != described_) {
      startNext_ = true;
      train_->showStatus(tr("Reading the network…"));
      describeNetwork(request.network);
      return;
    }
    if (program_ && !Consent::grant(request.network, *program_)) {
      startNext_ = true;
      consent_->ask(*program_);
      return;
    }
  }
  engineAsked_ = true;
  train_->setRunning(true);
  if (std::optional<KeptTraining> training = std::exchange(resumesNext_, std::nullopt)) {
    training->request = request;
    continueTraining(*training);
  } else {
    training_->start(request);
  }
  showTrainings();
}

/// Continues a training, in the row that shows its map if there is one.
void MainWindow::continueTraining(const KeptTraining& training) {
  const auto held = std::ranges::find_if(
      held_, [&](const HeldTraining& one) { return one.training.folder == training.folder; });
  trainingRow_ = held == held_.end() ? std::nullopt : held->row;
  if (trainingRow_) {
    take([id = *trainingRow_](Document& document) {
      if (MapRow* row = findRow(document, id)) {
        row->state = RowState::training;
      }
    });
  }
  runningFolder_ = training.folder;
  training_->resume(training);
}

void MainWindow::showTraining(const TrainUpdate& update) {
  train_->showSnapshot(*update.snapshot);
  train_->setCanKeep(update.onDisk);
  if (!update.snapshot->map || !update.cortex) {
    return;
  }
  showTrainedMap(RowState::training, update.snapshot->map, update.cortex);
}

/// Shows a snapshot in the row of the training. Makes the row when there is none.
void MainWindow::showTrainedMap(RowState state,
                                const std::shared_ptr<const BrainMap>& map,
                                const CortexPointer& cortex) {
  const bool isNew = !trainingRow_ || findRow(document(), *trainingRow_) == nullptr;
  if (isNew) {
    trainingRow_ = document().nextId; // the same in every state of the history
  }
  take([&, id = *trainingRow_](Document& document) {
    if (isNew) {
      MapRow row;
      row.id = id;
      row.title = map->title();
      row.map = map;
      (void)addMap(document, std::move(row));
    }
    if (MapRow* row = findRow(document, id)) {
      row->state = state;
      row->map = map;
      row->cortex = cortex ? cortex : cortexFor(map->vertices, document.cortices);
    }
  });
  if (isNew) {
    maps_->selectRow(*trainingRow_);
  }
}

void MainWindow::endTraining(const TrainingEnd& end) {
  train_->setRunning(false);
  if (end.trained) {
    const TrainedMap& trained = *end.trained;
    showTrainedMap(end.error ? RowState::kept : RowState::unsaved, trained.map, trained.cortex);
    if (trained.cortex && !trained.cortex->folder.empty()) {
      take([&](Document& document) { addCortex(document, trained.cortex); });
    }
    train_->showResult(*trained.map);
    train_->showStatus(end.error ? tr("Stopped and kept at step %1: Train > Unfinished trainings… "
                                      "goes on from there.")
                                       .arg(end.kept->step)
                                 : tr("Done. Save the map to keep it."));
  } else {
    endEarly(end);
  }
  if (end.kept) {
    hold(*end.kept, end.trained ? trainingRow_ : std::nullopt);
  }
  runningFolder_.clear();
  trainingRow_.reset();
  showTrainings();
  refresh();
  Q_EMIT trainingEnded();
  goOnClosing();
}

void MainWindow::endEarly(const TrainingEnd& end) {
  if (trainingRow_) {
    take([id = *trainingRow_](Document& document) { removeRow(document, id); });
  }
  const bool canceled = end.error->kind() == ErrorKind::canceled;
  const QString how = canceled ? tr("Cancelled") : tr("Failed");
  train_->showStatus(
      end.kept
          ? tr("%1; step %2 is under Train > Unfinished trainings….").arg(how).arg(end.kept->step)
      : canceled ? tr("%1; no map was kept.").arg(how)
                 : tr("%1.").arg(how));
  if (!canceled) {
    tell(*end.error);
    closesWhenDone_ = false; // it is to be read
  }
}

void MainWindow::offerTrainings() {
  findTrainings(true);
}

void MainWindow::findTrainings(bool atStart) {
  ++pending_;
  files_.start<std::vector<KeptTraining>>(
      this,
      [parent = trainingsFolder()](const Control& /*control*/) {
        return findKeptTrainings(parent);
      },
      [this, atStart](const Outcome<std::vector<KeptTraining>>& outcome) {
        --pending_;
        for (const KeptTraining& training : outcome.value.value_or(std::vector<KeptTraining>())) {
          hold(training, std::nullopt);
        }
        if (!unfinished().empty()) {
          makeTrainingsDialog();
        } else if (!atStart) {
          note(tr("There is no unfinished training"));
        }
        checkSettled();
      });
}

void MainWindow::makeTrainingsDialog() {
  if (trainings_ == nullptr) {
    trainings_ = new TrainingsDialog(this);
    trainings_->setAttribute(Qt::WA_DeleteOnClose);
    connect(trainings_, &TrainingsDialog::resumeRequested, this, &MainWindow::resumeTraining);
    connect(trainings_, &TrainingsDialog::openRequested, this, &MainWindow::openTraining);
    connect(trainings_, &TrainingsDialog::discardRequested, this, &MainWindow::discardTraining);
  }
  showTrainings();
  trainings_->show();
  trainings_->raise();
}

/// Lists the trainings in their dialog while it is open.
void MainWindow::showTrainings() {
  if (trainings_ == nullptr) {
    return;
  }
  const std::vector<KeptTraining> trainings = unfinished();
  trainings_->showTrainings(trainings, training_->running());
  if (trainings.empty()) {
    trainings_->close();
  }
}

/// Returns all trainings on disk except the running one and those whose finished maps are open and
/// not saved.
std::vector<KeptTraining> MainWindow::unfinished() const {
  std::vector<KeptTraining> trainings;
  for (const HeldTraining& held : held_) {
    if (held.training.folder != runningFolder_ && !(held.training.done && held.row)) {
      trainings.push_back(held.training);
    }
  }
  return trainings;
}

void MainWindow::resumeTraining(const KeptTraining& training) {
  if (training_->running()) {
    return;
  }
  train_->showRequest(training.request);
  resumesNext_ = training;
  startWanted();
  if (trainings_ != nullptr) {
    trainings_->close();
  }
}

void MainWindow::openTraining(const KeptTraining& training) {
  const auto held = std::ranges::find_if(
      held_, [&](const HeldTraining& one) { return one.training.folder == training.folder; });
  if (held != held_.end() && held->row && findRow(document(), *held->row) != nullptr) {
    maps_->selectRow(*held->row);
    return;
  }
  ++pending_;
  files_.start<OpenedFiles>(
      this,
      [file = training.map(), known = document().cortices](const Control& control) {
        return cortograph::openFiles({file}, known, control, {});
      },
      [this, training](const Outcome<OpenedFiles>& outcome) {
        --pending_;
        if (outcome.error) {
          tell(*outcome.error);
        } else {
          receiveTraining(training, *outcome.value);
        }
        refresh();
      });
}

void MainWindow::receiveTraining(const KeptTraining& training, const OpenedFiles& files) {
  receiveSurfaces(files);
  for (const Opened& opened : files.opened) {
    if (const auto* read = std::get_if<OpenedMap>(&opened)) {
      trainingRowOf(training, *read);
      tellProblemsOf(opened);
    }
  }
  for (const Error& error : files.errors) {
    tell(error);
  }
}

/// Makes the row that the end of the training would have made.
void MainWindow::trainingRowOf(const KeptTraining& training, const OpenedMap& read) {
  const int id = document().nextId;
  take([&](Document& document) {
    MapRow row;
    row.id = id;
    row.title = read.map->title();
    row.state = training.done ? RowState::unsaved : RowState::kept;
    row.map = read.map;
    row.cortex = cortexFor(read.map->vertices, document.cortices);
    (void)addMap(document, std::move(row));
  });
  maps_->selectRow(id);
  hold(training, id);
  showTrainings();
}

void MainWindow::discardTraining(const KeptTraining& training) {
  const auto held = std::ranges::find_if(
      held_, [&](const HeldTraining& one) { return one.training.folder == training.folder; });
  if (held == held_.end()) {
    return;
  }
  if (held->row) { // its map is nowhere else now
    take([id = *held->row](Document& document) {
      MapRow* row = findRow(document, id);
      if (row != nullptr && row->state == RowState::kept) {
        row->state = RowState::unsaved;
      }
    });
  }
  discard(held->training); // at once: a window that closes drops what waits
  held_.erase(held);
  showTrainings();
}

/// Records a training on disk with its present state. Its row stays the same.
void MainWindow::hold(const KeptTraining& training, std::optional<int> row) {
  const auto held = std::ranges::find_if(
      held_, [&](const HeldTraining& one) { return one.training.folder == training.folder; });
  if (held == held_.end()) {
    held_.push_back({training, row});
  } else {
    *held = {training, row ? row : held->row};
  }
}

/// Removes a training from disk, because its map was saved elsewhere.
void MainWindow::discardSaved(int row) {
  for (const HeldTraining& held : held_) {
    if (held.row == row && held.training.done) {
      discardTraining(KeptTraining(held.training));
      return;
    }
  }
}

/// Removes the trainings whose maps were open and are neither saved nor wanted.
void MainWindow::discardUnwanted() {
  for (const HeldTraining& held : held_) {
    if (held.training.done && held.row) {
      discard(held.training);
    }
  }
  held_.clear();
}

} // namespace cortograph
