#include "app/window/main_window.h"

// The jobs that the window gives to its threads, and what it does with the results.

#include "app/panels/maps_panel.h"
#include "app/panels/probe_panel.h"
#include "app/panels/train_panel.h"
#include "app/session/shown.h"
#include "base/text.h"
#include "engine/engine.h"
#include "viewer/figure/figure.h"

#include <QLabel>
#include <QProgressDialog>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <utility>

namespace cortograph {

namespace {

/// The abilities of the engine, requested once on its thread.
struct EngineFacts {
  bool cuda = false;
};

/// Returns a reader that reads only the shown shape first, when that is a single one. (Not the flat
/// shape, whose mesh is not closed.)
CortexReader readerFor(const ShapeMix& shown) {
  if (shown.part > 0 || shown.isFlat()) {
    return readCortex;
  }
  return [shape = shown.from](const std::filesystem::path& folder) {
    return readCortexInPart(folder, shape);
  };
}

/// Returns the file's name for the name of a step; empty when opening it is not a step.
QString fileNameOf(const Opened& opened) {
  const auto nameOf = [](const std::filesystem::path& file) {
    return shown(file.filename().string());
  };
  if (const auto* map = std::get_if<OpenedMap>(&opened)) {
    return nameOf(map->file);
  }
  if (const auto* numbers = std::get_if<OpenedData>(&opened)) {
    return shown(numbers->data->name);
  }
  if (const auto* image = std::get_if<OpenedImage>(&opened)) {
    return nameOf(image->file);
  }
  const auto* figure = std::get_if<OpenedFigure>(&opened);
  return figure == nullptr ? QString() : nameOf(figure->file);
}

MapRow rowOf(const OpenedMap& opened, bool builtIn) {
  MapRow row;
  row.title = opened.map->title();
  row.file = opened.file;
  row.map = opened.map;
  row.builtIn = builtIn;
  return row;
}

/// Returns the edit that takes an opened file into a document that has its cortex already; nothing
/// when opening it is not a step. The edit sets `added` to the new row. `opened` must outlive it.
ViewSession::Edit editFor(const Opened& opened, bool builtIn, std::optional<int>& added) {
  if (const auto* map = std::get_if<OpenedMap>(&opened)) {
    return [map, builtIn, &added](Document& document) {
      MapRow row = rowOf(*map, builtIn);
      row.cortex = cortexFor(map->map->vertices, document.cortices);
      added = addMap(document, std::move(row));
    };
  }
  if (const auto* numbers = std::get_if<OpenedData>(&opened)) {
    return [numbers, &added](Document& document) {
      added = addData(document, numbers->data, numbers->cortex);
    };
  }
  if (const auto* image = std::get_if<OpenedImage>(&opened)) {
    return [image](Document& document) {
      setProbe(document,
               {.file = image->file,
                .name = image->file.filename().string(),
                .picture = image->picture});
    };
  }
  if (const auto* figure = std::get_if<OpenedFigure>(&opened)) {
    return [figure](Document& document) { restore(document, *figure); };
  }
  return {};
}

/// Draws on the GUI thread, to which OpenGL belongs. A long drawing shows a dialog and can be
/// cancelled.
Plate drawn(MainWindow& window, Control control, const std::function<Plate(const Control&)>& draw) {
  constexpr int parts = 1000;
  constexpr int milliseconds = 300;
  QProgressDialog dialog(
      MainWindow::tr("Drawing the picture…"), MainWindow::tr("Cancel"), 0, parts, &window);
  dialog.setObjectName("drawingDialog");
  dialog.setWindowModality(Qt::WindowModal);
  dialog.setMinimumDuration(milliseconds);
  QObject::connect(
      &dialog, &QProgressDialog::canceled, &window, [control] { control.cancel.cancel(); });
  control.onProgress = [&dialog](const Progress& progress) {
    dialog.setValue(static_cast<int>(parts * progress.done / progress.total)); // processes events
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
      [files,
       known = document().cortices,
       readers = FileReaders{.cortex = readerFor(document().look.shape), .savedView = sessionIn}](
          const Control& control) { return cortograph::openFiles(files, known, control, readers); },
      [this](const Outcome<OpenedFiles>& outcome) {
        if (outcome.value) {
          receive(*outcome.value, false);
        } else {
          tell(*outcome.error);
        }
        --pending_;
        if (document().rows.empty() && document().cortices.empty()) {
          openShippedMaps();
        }
        checkSettled();
      });
}

void MainWindow::receive(const OpenedFiles& files, bool builtIn) {
  receiveSurfaces(files);
  std::vector<ViewSession::Edit> edits;
  QString name;
  std::optional<int> added;
  for (const Opened& opened : files.opened) {
    receiveForTraining(opened);
    if (const ViewSession::Edit edit = editFor(opened, builtIn, added)) {
      edits.push_back(edit);
      name = fileNameOf(opened);
    }
  }
  const QString words =
      edits.size() == 1 ? name : tr("%n files", nullptr, static_cast<int>(edits.size()));
  if (!edits.empty()) {
    endGlide();
    apply({.name = tr("open %1").arg(words).toStdString(), .transient = builtIn},
          [&edits](Document& document) {
            for (const ViewSession::Edit& edit : edits) {
              edit(document);
            }
          });
    refresh(); // also when everything was open already
  }
  if (added && !builtIn) {
    maps_->selectRow(*added);
  }
  for (const Opened& opened : files.opened) {
    tellProblemsOf(opened);
  }
  for (const Error& error : files.errors) {
    tell(error);
  }
}

/// Takes the surfaces that were opened, and those that opened maps and data lie on.
void MainWindow::receiveSurfaces(const OpenedFiles& files) {
  std::vector<CortexPointer> cortices;
  for (const Opened& opened : files.opened) {
    if (const auto* cortex = std::get_if<CortexPointer>(&opened)) {
      cortices.push_back(*cortex);
      if (const std::filesystem::path& folder = (*cortex)->folder; !folder.empty()) {
        train_->setSurfaces(QString::fromStdString(folder.string()));
        note(tr("Opened the surfaces of %1").arg(shown((*cortex)->mesh.name)));
      }
    } else if (const auto* map = std::get_if<OpenedMap>(&opened)) {
      cortices.push_back(map->cortex);
    } else if (const auto* numbers = std::get_if<OpenedData>(&opened)) {
      const auto& open = document().cortices;
      const bool isOpen = std::ranges::find(open, numbers->cortex) != open.end();
      cortices.push_back(isOpen ? nullptr : numbers->cortex);
    }
  }
  std::erase(cortices, nullptr);
  if (cortices.empty()) {
    return;
  }
  take([&cortices](Document& document) {
    for (const CortexPointer& cortex : cortices) {
      addCortex(document, cortex);
    }
  });
  for (const CortexPointer& cortex : cortices) {
    complete(cortex);
  }
}

void MainWindow::receiveForTraining(const Opened& opened) {
  if (const auto* network = std::get_if<OpenedNetwork>(&opened)) {
    train_->setNetwork(QString::fromStdString(network->file.string()));
  } else if (const auto* subject = std::get_if<OpenedSubject>(&opened)) {
    train_->setSubject(QString::fromStdString(subject->folder.string()));
  }
}

void MainWindow::tellProblemsOf(const Opened& opened) {
  if (const auto* map = std::get_if<OpenedMap>(&opened)) {
    if (!cortexFor(map->map->vertices, document().cortices)) {
      tell(needsSurfaces(map->file, map->map->vertices));
    }
  } else if (const auto* numbers = std::get_if<OpenedData>(&opened)) {
    if (!numbers->cortex) {
      tell(needsSurfaces(*numbers->data));
    }
  } else if (const auto* figure = std::get_if<OpenedFigure>(&opened)) {
    for (const Error& difference : figure->differences) {
      tell(difference);
    }
  }
}

/// Reads the other shapes when the first has been drawn.
void MainWindow::complete(const CortexPointer& part) {
  if (part->complete) {
    return;
  }
  ++pending_;
  const auto done = [this, part](const Outcome<CortexPointer>& outcome) {
    --pending_;
    if (outcome.value && (*outcome.value)->vertexCount() == part->vertexCount()) {
      take([&](Document& document) { replaceCortex(document, part, *outcome.value); });
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

void MainWindow::forgetProbe() {
  change(tr("remove the image"), clearProbe);
}

void MainWindow::choose(const std::filesystem::path& folder,
                        void (*require)(const std::filesystem::path&),
                        void (TrainPanel::*set)(const QString&)) {
  ++pending_;
  files_.start<bool>(
      this,
      [folder, require](const Control& /*control*/) {
        require(folder);
        return true;
      },
      [this, folder, set](const Outcome<bool>& outcome) {
        --pending_;
        if (outcome.error) {
          tell(*outcome.error);
        } else {
          (train_->*set)(QString::fromStdString(folder.string()));
        }
        checkSettled();
      });
}

void MainWindow::startEngine() {
  engineAsked_ = true;
  engineState_->setText(tr("loading the encoder…"));
  engine_.start<EngineFacts>(
      this,
      [](const Control& /*control*/) {
        const Engine& engine = loadEngine();
        return EngineFacts{.cuda = engine.hasCuda()};
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
  saveMap(id, file, {});
}

void MainWindow::saveMap(int id,
                         const std::filesystem::path& file,
                         const std::function<void()>& then) {
  const MapRow* row = findRow(document(), id);
  if (row == nullptr || !row->map) {
    return;
  }
  write(
      file,
      [map = row->map, file](const Control& /*control*/) { writeMap(file, *map); },
      [this, id, file, then] {
        take([&](Document& document) {
          if (MapRow* saved = findRow(document, id)) {
            saved->file = file;
            saved->state = RowState::saved;
          }
        });
        discardSaved(id);
        note(tr("Saved %1").arg(shown(file.string())));
        if (then) {
          then();
        }
      });
}

void MainWindow::write(const std::filesystem::path& file,
                       const std::function<void(const Control&)>& work,
                       const std::function<void()>& done) {
  ++pending_;
  std::erase_if(writing_, [](const Job& job) { return !job.active(); });
  writing_.push_back(files_.start<std::filesystem::path>(
      this,
      [file, work](const Control& control) {
        work(control);
        return file;
      },
      [this, done](const Outcome<std::filesystem::path>& outcome) {
        --pending_;
        if (outcome.value) {
          done();
        } else {
          tell(*outcome.error);
          closesWhenDone_ = closesWhenDone_ && outcome.error->kind() == ErrorKind::canceled;
        }
        refresh();
        goOnClosing();
      }));
}

void MainWindow::exportPicture(const std::filesystem::path& file, const ExportChoice& choice) {
  change(tr("background of exported pictures"),
         [&choice](Document& document) { document.style.transparent = choice.transparent; });
  const int width = choice.pixels.width();
  const int height = choice.pixels.height();
  const Document document = session_.document(); // the window's may change when jobs end
  const std::vector<Camera> cameras{scene_->camera()};
  const FigureFormat* format = nullptr;
  drawing_ = CancelToken();
  Outcome<Plate> plate = outcomeOf<Plate>([&] {
    format = &figureFormatFor(file);
    return drawn(*this, {*drawing_, {}}, [&](const Control& control) {
      return drawFigure(gridOf(document),
                        {.cameras = cameras, .width = width, .height = height},
                        *format,
                        control);
    });
  });
  drawing_.reset();
  if (plate.error) {
    closesWhenDone_ = closesWhenDone_ && plate.error->kind() == ErrorKind::canceled;
    tell(*plate.error);
    goOnClosing();
    return;
  }
  const std::string command = "cortograph figure --like " + shellWord(file.string()) + " --size " +
                              std::to_string(width) + "x" + std::to_string(height) + " --dpi " +
                              std::to_string(std::lround(choice.dotsPerInch)) + " --out " +
                              shellWord(file.string());
  write(
      file,
      [plate = std::make_shared<const Plate>(std::move(*plate.value)),
       file,
       format,
       document,
       cameras,
       command,
       dotsPerInch = choice.dotsPerInch](const Control& control) {
        const SavedView session = savedViewOf(document, cameras, command, control);
        control.cancel.throwIfCanceled();
        format->write(file, *plate, {session.command, toJson(session)}, dotsPerInch);
      },
      [this, file] { note(tr("Exported %1").arg(shown(file.string()))); });
}

} // namespace cortograph
