#include "app/window/main_window.h"

// How a network is looked at, agreed to, and trained on.

#include "app/panels/maps_panel.h"
#include "app/panels/train_panel.h"
#include "engine/engine.h"
#include "weights/weight_source.h"

#include <utility>

namespace cortograph {

void MainWindow::describeNetwork(const NetworkSource& source) {
  describing_.drop();
  describing_ = files_.start<NetworkInfo>(
      this,
      [source](const Control& control) {
        return loadEngine().describeNetwork(source, control.cancel);
      },
      [this, source](const Outcome<NetworkInfo>& outcome) {
        if (outcome.value) {
          takeNetwork(source, *outcome.value);
        } else {
          startNext_ = false;
          train_->showStatus({});
          tell(*outcome.error);
        }
      });
}

/// A program is described first as data, then by running it where the user agrees.
void MainWindow::takeNetwork(const NetworkSource& source, const NetworkInfo& info) {
  train_->showNetwork(info);
  described_ = source.spec;
  program_.reset();
  if (info.program) {
    program_ = Program{source.spec, info.hash};
  }
  if (std::exchange(startNext_, false)) {
    startTraining();
  } else if (info.program && info.layers.empty()) {
    NetworkSource trusted = source;
    if (Consent::grant(trusted, *program_)) {
      describeNetwork(trusted);
    } else {
      consent_->offer(*program_);
    }
  }
}

void MainWindow::takeConsent(const Program& program, bool agreed) {
  const bool start = std::exchange(startNext_, false);
  if (!agreed) {
    train_->showStatus({});
    note(tr("%1 is not run.").arg(QString::fromStdString(program.file)));
    return;
  }
  if (program_ && program_->hash == program.hash) {
    if (start) {
      startTraining();
    }
    NetworkSource trusted;
    trusted.spec = program_->file;
    if (Consent::grant(trusted, program)) {
      describeNetwork(trusted);
    }
  }
  probing_->retry(program);
  refresh();
}

/// A network that is a file is described first: if it is a program, the user is asked.
void MainWindow::startTraining() {
  if (training_->running()) {
    return;
  }
  TrainRequest request = train_->request();
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
  training_->start(request);
}

void MainWindow::showTraining(const TrainUpdate& update) {
  train_->showSnapshot(*update.snapshot);
  if (!update.snapshot->map || !update.cortex) {
    return;
  }
  showTrainedMap(RowState::training, update.snapshot->map, update.cortex);
}

/// In the row of the training, which is made when there is none.
void MainWindow::showTrainedMap(RowState state,
                                const std::shared_ptr<const BrainMap>& map,
                                const CortexPointer& cortex) {
  const bool isNew = !trainingRow_;
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
      row->cortex = cortex;
    }
  });
  if (isNew) {
    maps_->selectRow(*trainingRow_);
  }
}

void MainWindow::endTraining(const Outcome<TrainedMap>& outcome) {
  train_->setRunning(false);
  if (outcome.value) {
    showTrainedMap(RowState::unsaved, outcome.value->map, outcome.value->cortex);
    if (!outcome.value->cortex->folder.empty()) {
      take([&](Document& document) { addCortex(document, outcome.value->cortex); });
    }
    train_->showStatus(tr("Done. Save the map to keep it."));
  } else {
    if (trainingRow_) {
      take([id = *trainingRow_](Document& document) { removeRow(document, id); });
    }
    const bool canceled = outcome.error->kind() == ErrorKind::canceled;
    train_->showStatus(canceled ? tr("Cancelled; no map was kept.") : tr("Failed."));
    if (!canceled) {
      tell(*outcome.error);
    }
  }
  trainingRow_.reset();
  refresh();
  Q_EMIT trainingEnded();
}

} // namespace cortograph
