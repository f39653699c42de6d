#include "app/window/main_window.h"

// What the window hands to its threads, and what it does with the answers.

#include "app/panels/maps_panel.h"
#include "app/panels/probe_panel.h"
#include "app/panels/train_panel.h"
#include "app/window/pictures.h"
#include "engine/engine.h"
#include "viewer/figure/figure.h"

#include <QLabel>
#include <QProgressDialog>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace cortograph {

namespace {

/// What the engine can do, asked once on its thread.
struct EngineFacts {
  bool cuda = false;
};

/// One shape is read first, where the picture shows one alone. (The flat one lacks the cuts.)
CortexReader readerFor(const ShapeMix& shown) {
  if (shown.part > 0 || shown.isFlat()) {
    return readCortex;
  }
  return [shape = shown.from](const std::filesystem::path& folder) {
    return readCortexInPart(folder, shape);
  };
}

/// Draws on the windows' thread, where OpenGL is; long drawings show a dialog, and can be stopped.
Plate drawn(MainWindow& window, const std::function<Plate(const Control&)>& draw) {
  constexpr int parts = 1000;
  constexpr int milliseconds = 300;
  QProgressDialog dialog(
      MainWindow::tr("Drawing the picture…"), MainWindow::tr("Cancel"), 0, parts, &window);
  dialog.setObjectName("drawingDialog");
  dialog.setWindowModality(Qt::WindowModal);
  dialog.setMinimumDuration(milliseconds);
  Control control;
  QObject::connect(
      &dialog, &QProgressDialog::canceled, &window, [control] { control.cancel.cancel(); });
  control.onProgress = [&dialog](const Progress& progress) {
    dialog.setValue(static_cast<int>(parts * progress.done / progress.total)); // answers the window
  };
  return draw(control);
}

} // namespace

void MainWindow::openShippedMaps() {
  ++pending_;
  files_.start<OpenedFiles>(
      this,
      [](const Control& control) { return openShipped(control); },
      [this](const Outcome<OpenedFiles>& outcome) {
        if (outcome.value) {
          receive(*outcome.value, true);
        } else {
          tell(*outcome.error);
        }
        --pending_;
        checkSettled();
      });
}

void MainWindow::openFiles(const std::vector<std::filesystem::path>& files) {
  ++pending_;
  files_.start<OpenedFiles>(
      this,
      [files, known = document_.cortices, read = readerFor(document_.look.shape)](
          const Control& control) { return cortograph::openFiles(files, known, control, read); },
      [this](const Outcome<OpenedFiles>& outcome) {
        if (outcome.value) {
          receive(*outcome.value, false);
        } else {
          tell(*outcome.error);
        }
        --pending_;
        if (document_.rows.empty() && document_.cortices.empty()) {
          openShippedMaps();
        }
        checkSettled();
      });
}

void MainWindow::receive(const OpenedFiles& files, bool builtIn) {
  for (const Opened& opened : files.opened) {
    if (const auto* cortex = std::get_if<CortexPointer>(&opened)) {
      addCortex(document_, *cortex);
      complete(*cortex);
      if (const std::filesystem::path& folder = (*cortex)->folder; !folder.empty()) {
        train_->setSurfaces(QString::fromStdString(folder.string()));
        note(tr("Opened the surfaces of %1").arg(QString::fromStdString((*cortex)->name)));
      }
    } else if (const auto* map = std::get_if<OpenedMap>(&opened)) {
      receiveMap(*map, builtIn);
    } else if (const auto* numbers = std::get_if<OpenedData>(&opened)) {
      receiveData(*numbers);
    } else if (const auto* image = std::get_if<OpenedImage>(&opened)) {
      receiveImage(*image);
    } else if (const auto* figure = std::get_if<OpenedFigure>(&opened)) {
      receiveFigure(*figure);
    } else if (const auto* network = std::get_if<OpenedNetwork>(&opened)) {
      train_->setNetwork(QString::fromStdString(network->file.string()));
    } else if (const auto* subject = std::get_if<OpenedSubject>(&opened)) {
      train_->setSubject(QString::fromStdString(subject->folder.string()));
    }
  }
  for (const Error& error : files.errors) {
    tell(error);
  }
  refresh();
}

/// Reads the other shapes once the first is seen.
void MainWindow::complete(const CortexPointer& part) {
  if (part->complete) {
    return;
  }
  ++pending_;
  const auto done = [this, part](const Outcome<CortexPointer>& outcome) {
    --pending_;
    if (outcome.value && (*outcome.value)->vertexCount() == part->vertexCount()) {
      replaceCortex(document_, part, *outcome.value);
    } else if (outcome.error) {
      tell(*outcome.error);
    }
    refresh();
  };
  connect(
      scene_,
      &SceneWidget::rendered,
      this,
      [this, part, done] {
        files_.start<CortexPointer>(
            this, [folder = part->folder](const Control&) { return readCortex(folder); }, done);
      },
      Qt::SingleShotConnection);
}

void MainWindow::receiveMap(const OpenedMap& opened, bool builtIn) {
  if (opened.cortex) {
    addCortex(document_, opened.cortex);
    complete(opened.cortex);
  }
  MapRow row;
  row.title = opened.map->title();
  row.file = opened.file;
  row.map = opened.map;
  row.cortex = cortexFor(opened.map->vertices, document_.cortices);
  row.builtIn = builtIn;
  if (!row.cortex) {
    tell(needsSurfaces(opened.file, opened.map->vertices));
  }
  const int id = addMap(document_, std::move(row));
  maps_->showDocument(document_);
  if (!builtIn) {
    maps_->selectRow(id);
  }
}

void MainWindow::receiveData(const OpenedData& opened) {
  const auto& open = document_.cortices;
  if (!opened.cortex) {
    tell(needsSurfaces(*opened.data));
  } else if (std::ranges::find(open, opened.cortex) == open.end()) {
    addCortex(document_, opened.cortex);
  }
  const int id = addData(document_, opened.data, opened.cortex);
  maps_->showDocument(document_);
  maps_->selectRow(id);
}

void MainWindow::receiveImage(const OpenedImage& opened) {
  const QString name = QString::fromStdString(opened.file.filename().string());
  probeImage_ = imageOf(*opened.picture);
  probe_->showImage(probeImage_, name);
  probing_->restart();
  setProbe(document_, {opened.file, name.toStdString()});
}

void MainWindow::receiveFigure(const OpenedFigure& opened) {
  probing_->restart();
  restore(document_, opened);
  const std::string& name =
      opened.session.document.probe ? opened.session.document.probe->name : std::string();
  probeImage_ = opened.image ? imageOf(*opened.image) : QImage();
  probe_->showImage(probeImage_, QString::fromStdString(name));
  refresh(); // the camera is of these panes
  if (!opened.session.cameras.empty()) {
    scene_->setCamera(opened.session.cameras.front());
  }
  for (const Error& difference : opened.differences) {
    tell(difference);
  }
}

void MainWindow::forgetProbe() {
  probing_->restart();
  clearProbe(document_);
  probe_->showImage({}, {});
  refresh();
  checkSettled();
}

void MainWindow::describeNetwork(const QString& network) {
  describing_.drop();
  NetworkSource source;
  source.spec = network.toStdString();
  describing_ = files_.start<NetworkInfo>(
      this,
      [source](const Control&) { return loadEngine().describeNetwork(source); },
      [this](const Outcome<NetworkInfo>& outcome) {
        if (outcome.value) {
          train_->showNetwork(*outcome.value);
        } else {
          tell(*outcome.error);
        }
      });
}

void MainWindow::startTraining() {
  if (training_->running()) {
    return;
  }
  engineAsked_ = true;
  train_->setRunning(true);
  training_->start(train_->request());
}

void MainWindow::showTraining(const TrainUpdate& update) {
  train_->showSnapshot(*update.snapshot);
  if (!update.snapshot->map || !update.cortex) {
    return;
  }
  if (!trainingRow_) {
    trainingRow_ = addTrainingRow(update.snapshot->map);
  }
  if (MapRow* row = findRow(document_, *trainingRow_)) {
    row->map = update.snapshot->map;
    row->cortex = update.cortex;
  }
  refresh();
}

int MainWindow::addTrainingRow(const std::shared_ptr<const BrainMap>& map) {
  MapRow row;
  row.title = map->title();
  row.state = RowState::training;
  row.map = map;
  const int id = addMap(document_, std::move(row));
  maps_->showDocument(document_);
  maps_->selectRow(id);
  return id;
}

void MainWindow::endTraining(const Outcome<TrainedMap>& outcome) {
  train_->setRunning(false);
  const std::optional<int> live = std::exchange(trainingRow_, {});
  if (outcome.value) {
    const int id = live ? *live : addTrainingRow(outcome.value->map);
    if (MapRow* row = findRow(document_, id)) {
      row->state = RowState::unsaved;
      row->map = outcome.value->map;
      row->cortex = outcome.value->cortex;
    }
    if (!outcome.value->cortex->folder.empty()) {
      addCortex(document_, outcome.value->cortex);
    }
    train_->showStatus(tr("Done. Save the map to keep it."));
  } else {
    if (live) {
      removeRow(document_, *live);
    }
    const bool cancelled = outcome.error->kind() == ErrorKind::cancelled;
    train_->showStatus(cancelled ? tr("Cancelled; nothing was kept.") : tr("Failed."));
    if (!cancelled) {
      tell(*outcome.error);
    }
  }
  refresh();
  Q_EMIT trainingEnded();
}

void MainWindow::startEngine() {
  engineAsked_ = true;
  engineState_->setText(tr("loading the encoder…"));
  engine_.start<EngineFacts>(
      this,
      [](const Control& /*control*/) {
        const Engine& engine = loadEngine();
        return EngineFacts{engine.hasCuda()};
      },
      [this](const Outcome<EngineFacts>& outcome) {
        if (outcome.value) {
          engineState_->setText(outcome.value->cuda ? tr("encoder on the GPU")
                                                    : tr("encoder on the CPU"));
        } else {
          engineState_->setText(tr("no encoder"));
          tell(*outcome.error);
        }
        Q_EMIT engineReady();
      });
}

void MainWindow::saveMap(int id, const std::filesystem::path& file) {
  const MapRow* row = findRow(document_, id);
  if (row == nullptr || !row->map) {
    return;
  }
  ++pending_;
  files_.start<std::filesystem::path>(
      this,
      [map = row->map, file](const Control& /*control*/) {
        writeMap(file, *map);
        return file;
      },
      [this, id](const Outcome<std::filesystem::path>& outcome) {
        --pending_;
        if (outcome.error) {
          tell(*outcome.error);
        } else if (MapRow* saved = findRow(document_, id)) {
          saved->file = *outcome.value;
          saved->state = RowState::saved;
          note(tr("Saved %1").arg(QString::fromStdString(saved->file.string())));
        }
        refresh();
      });
}

void MainWindow::exportPicture(const std::filesystem::path& file, const ExportChoice& choice) {
  document_.transparent = choice.transparent;
  const int width = choice.pixels.width();
  const int height = choice.pixels.height();
  const Document document = document_; // jobs that end meanwhile change the window's
  const std::vector<Camera> cameras{scene_->camera()};
  const FigureFormat* format = nullptr;
  Outcome<Plate> plate = outcomeOf<Plate>([&] {
    format = &figureFormatFor(file);
    return drawn(*this, [&](const Control& control) {
      return drawFigure(gridOf(document), {cameras, width, height}, *format, control);
    });
  });
  if (plate.error) {
    tell(*plate.error);
    return;
  }
  const std::string command = "cortograph figure --like \"" + file.string() + "\" --size " +
                              std::to_string(width) + "x" + std::to_string(height) + " --dpi " +
                              std::to_string(std::lround(choice.dotsPerInch)) + " --out \"" +
                              file.string() + "\"";
  ++pending_;
  files_.start<std::filesystem::path>(
      this,
      [plate = std::move(*plate.value),
       file,
       format,
       document,
       cameras,
       command,
       dotsPerInch = choice.dotsPerInch](const Control& control) {
        const SavedView session = savedViewOf(document, cameras, command, control);
        format->write(file, plate, {session.command, toJson(session)}, dotsPerInch);
        return file;
      },
      [this](const Outcome<std::filesystem::path>& outcome) {
        --pending_;
        if (outcome.error) {
          tell(*outcome.error);
        } else {
          note(tr("Exported %1").arg(QString::fromStdString(outcome.value->string())));
        }
        checkSettled();
      });
}

} // namespace cortograph
