// The changes that the window makes to its session, and how it shows them.
#include "app/panels/maps_panel.h"
#include "app/panels/probe_panel.h"
#include "app/panels/regions_panel.h"
#include "app/panels/train_panel.h"
#include "app/panels/vertex_panel.h"
#include "app/session/shown.h"
#include "app/session/vertex_text.h"
#include "app/window/main_window.h"
#include "app/window/pictures.h"

#include <QAction>
#include <QLabel>
#include <QScopedValueRollback>
#include <QStyle>
#include <QToolTip>
#include <QVariantAnimation>

#include <utility>

namespace cortograph {

namespace {

const std::string viewKey = "view";

/// Returns the title of a row for the names of steps.
QString titleOf(const Document& document, int id) {
  const MapRow* row = findRow(document, id);
  return row == nullptr ? MainWindow::tr("map") : shown(row->title);
}

} // namespace

void MainWindow::change(const QString& name,
                        const ViewSession::Edit& edit,
                        const std::string& mergeKey) {
  apply({.name = name.toStdString(), .mergeKey = mergeKey}, edit);
}

void MainWindow::take(const ViewSession::Edit& edit) {
  apply(transientStep, edit);
}

void MainWindow::apply(const Step& step, const ViewSession::Edit& edit) {
  const Outcome<bool> done = outcomeOf<bool>([&] {
    session_.apply(step, edit);
    return true;
  });
  if (done.error) {
    tell(*done.error);
    refresh(); // so that the panels show the unchanged document
  }
}

void MainWindow::undo() {
  endGlide();
  session_.undo();
}

void MainWindow::redo() {
  endGlide();
  session_.redo();
}

void MainWindow::showChange(const DocumentChange& change) {
  if (unfolding_) {
    scene_->unfold(gridOf(document()));
    maps_->showDocument(document());
  } else if (change.maps || change.style) {
    refresh();
  } else if (change.selection) {
    showMarks();
  }
  if (change.camera && scene_->camera() != document().camera) {
    scene_->setCamera(document().camera);
  }
  showHistory();
}

void MainWindow::showHistory() {
  const auto show = [](QAction& action, const QString& verb, std::string_view name) {
    const QString words = asMenuText(shown(name));
    action.setText(words.isEmpty() ? verb : verb + " " + words);
    action.setEnabled(!words.isEmpty());
  };
  show(*undo_, tr("&Undo"), session_.undoName());
  show(*redo_, tr("&Redo"), session_.redoName());
  for (const auto& [action, isOn] : switches_) {
    action->setChecked(isOn(document()));
  }
}

void MainWindow::connectPanels() {
  connect(maps_, &MapsPanel::removeRequested, this, &MainWindow::askToRemove);
  connect(maps_, &MapsPanel::rowShown, this, [this](int id, bool shown) {
    change((shown ? tr("show %1") : tr("hide %1")).arg(titleOf(document(), id)),
           [id, shown](Document& document) {
             if (MapRow* row = findRow(document, id)) {
               row->shown = shown;
             }
           });
  });
  connect(maps_, &MapsPanel::rowMoved, this, [this](int id, int place) {
    change(tr("move %1").arg(titleOf(document(), id)), [id, place](Document& document) {
      moveRow(document, id, static_cast<std::size_t>(place));
    });
  });
  connect(maps_, &MapsPanel::kindToggled, this, [this](const std::string& kind, bool shown) {
    change((shown ? tr("show %1") : tr("hide %1")).arg(QString::fromStdString(kind)),
           [target = maps_->target(), &kind, shown](Document& document) {
             setKindShown(document, target, kind, shown);
           });
  });
  connect(maps_, &MapsPanel::shapeChosen, this, &MainWindow::chooseShape);
  connect(maps_, &MapsPanel::viewChosen, this, &MainWindow::chooseView);
  connect(maps_, &MapsPanel::resetRequested, this, &MainWindow::resetView);
  connect(maps_, &MapsPanel::targetChanged, this, [this] { maps_->showDocument(document()); });
  connect(maps_, &MapsPanel::editingEnded, this, [this] { session_.closeStep(); });
  connect(maps_, &MapsPanel::saveRequested, this, &MainWindow::askForMapFile);
  connect(maps_, &MapsPanel::exportRequested, this, &MainWindow::askForPicture);
  connect(probe_, &ProbePanel::openRequested, this, &MainWindow::askForImage);
  connect(probe_, &ProbePanel::clearRequested, this, &MainWindow::forgetProbe);
  connect(train_, &TrainPanel::startRequested, this, &MainWindow::startTraining);
  connect(train_, &TrainPanel::networkNamed, this, [this](const QString& network) {
    NetworkSource source;
    source.spec = network.toStdString();
    startNext_ = false; // it was requested with another network
    resumesNext_.reset();
    describeNetwork(source);
  });
  connect(train_, &TrainPanel::keepRequested, this, [this] {
    train_->showStatus(tr("Stopping after this step…"));
    training_->stopAndKeep();
  });
  connect(train_, &TrainPanel::cancelRequested, this, [this] {
    train_->showStatus(tr("Stopping after this step…"));
    training_->cancel();
  });
  connectChoices();
}

void MainWindow::connectChoices() {
  connect(maps_, &MapsPanel::unfolded, this, &MainWindow::unfold);
  connect(maps_, &MapsPanel::layerChosen, this, [this](int layer) {
    change(
        tr("layer %1").arg(layer),
        [layer](Document& document) { document.style.layer = layer; },
        "layer");
  });
  connect(maps_, &MapsPanel::thresholdChosen, this, [this](std::optional<double> r2) {
    change(
        tr("R2 threshold"),
        [r2](Document& document) {
          document.style.threshold =
              r2 ? std::optional(Threshold{.kind = "r2", .value = *r2, .percentile = false})
                 : std::nullopt;
        },
        "threshold");
  });
  connect(maps_,
          &MapsPanel::rangeChosen,
          this,
          [this](const std::string& kind, const RangeChoice& range) {
            change(tr("range of %1").arg(QString::fromStdString(kind)),
                   [&](Document& document) { setRange(document, kind, range); });
          });
  connect(maps_, &MapsPanel::referenceChosen, this, [this](std::optional<int> id) {
    change(tr("map to compare with"), [id](Document& document) { document.reference = id; });
  });
  connect(regions_,
          &RegionsPanel::outlineToggled,
          this,
          [this](const std::vector<std::string>& names, bool outlined) {
            const QString what = names.size() == 1
                                     ? shown(names.front())
                                     : tr("%n region(s)", nullptr, static_cast<int>(names.size()));
            change((outlined ? tr("outline %1") : tr("no outline of %1")).arg(what),
                   [&](Document& document) { outlineRegions(document, names, outlined); });
          });
}

void MainWindow::connectScene() {
  connect(scene_, &SceneWidget::vertexClicked, this, [this](const Picked& picked) {
    change(tr("pin vertex"), [&picked](Document& document) { pinVertex(document, picked); });
  });
  connect(scene_, &SceneWidget::paneDoubleClicked, this, [this](int row, int column) {
    change(document().enlarged ? tr("show all panes") : tr("enlarge pane"),
           [row, column](Document& document) { toggleEnlarged(document, row, column); });
  });
  connect(scene_, &SceneWidget::hovered, this, [this](const std::optional<Picked>& picked) {
    // Also where it has no tag, it is markup.
    QToolTip::showText(QCursor::pos(),
                       picked ? "<qt>" + vertexText(scene_->state(), picked->vertex) + "</qt>"
                              : QString(),
                       scene_);
  });
  connect(scene_, &SceneWidget::lassoed, this, [this](const VertexSelection& selection) {
    select(tr("select vertices"), selection.size() == 0 ? std::nullopt : std::optional(selection));
  });
  connect(scene_, &SceneWidget::dragged, this, [this] { takeCamera({}); });
  connect(scene_, &SceneWidget::nudged, this, [this] { takeCamera(viewKey); });
  connect(vertex_, &VertexPanel::unpinRequested, this, [this] {
    change(tr("unpin"), [](Document& document) { document.pins.clear(); });
  });
  connect(
      vertex_, &VertexPanel::clearRequested, this, [this] { select(tr("clear selection"), {}); });
  connect(vertex_, &VertexPanel::regionChosen, this, [this](const std::string& name) {
    change(tr("select %1").arg(shown(name)),
           [&name](Document& document) { selectRegion(document, name); });
    showMarks(); // also when the region was selected already
  });
}

void MainWindow::refresh() {
  probing_->follow(document());
  showProbe();
  showScene();
  maps_->showDocument(documentOnTheWay());
  vertex_->showWords(pinnedText(scene_->state()));
  vertex_->showSelection(selectionText(scene_->state()));
  const std::vector<RegionChoice> regions = regionsOf(document());
  vertex_->showRegions(regions);
  regions_->showRegions(regions);
  showHistory();
  const bool simulated = showsSimulated(document());
  simulated_->setVisible(simulated);
  setWindowTitle(simulated ? tr("Cortograph – simulated data") : tr("Cortograph"));
  const int waiting = probing_->waiting();
  const QString after = training_->running() ? tr(" after the training") : QString();
  probe_->showStatus(waiting > 0 ? tr("Predicting: %n map(s) to go", nullptr, waiting) + after
                                 : QString());
  checkSettled();
}

void MainWindow::showScene() {
  try {
    scene_->setState(gridOf(documentOnTheWay()));
  } catch (const Error& error) {
    tell(error);
  }
}

void MainWindow::showProbe() {
  const std::optional<ProbeImage>& probe = document().probe;
  if (probe == shownProbe_) {
    return;
  }
  shownProbe_ = probe;
  probe_->showImage(probe && probe->picture ? imageOf(*probe->picture) : QImage(),
                    probe ? shown(probe->name) : QString());
}

void MainWindow::showMarks() {
  showScene();
  vertex_->showWords(pinnedText(scene_->state()));
  vertex_->showSelection(selectionText(scene_->state()));
}

Document MainWindow::documentOnTheWay() const {
  Document shown = document();
  for (const auto& [id, from] : glideFrom_) {
    MapRow* row = findRow(shown, id);
    if (row != nullptr && row->cortex != nullptr) {
      row->look.shape = onTheWay(*row->cortex, from, row->look.shape.from, glideShare_);
    }
  }
  return shown;
}

void MainWindow::chooseShape(Shape shape) {
  const Document seen = documentOnTheWay();
  const std::optional<int> target = maps_->target();
  endGlide();
  if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0) {
    for (const MapRow& row : seen.rows) {
      if (row.cortex != nullptr && (!target || row.id == *target)) {
        glideFrom_.emplace_back(row.id, row.look.shape);
      }
    }
  }
  change(tr("%1 shape").arg(QString::fromUtf8(toString(shape))),
         [target, shape](Document& document) { setShape(document, target, shape); });
  if (!glideFrom_.empty()) {
    gliding_->start();
  }
}

void MainWindow::glide(double share) {
  glideShare_ = share;
  const Document seen = documentOnTheWay();
  scene_->unfold(gridOf(seen));
  maps_->showDocument(seen);
}

void MainWindow::endGlide() {
  gliding_->stop();
  glideFrom_.clear();
  glideShare_ = 0;
}

void MainWindow::unfold(double place) {
  const bool wasOnTheWay = !glideFrom_.empty();
  endGlide();
  const QScopedValueRollback<bool> quickly(unfolding_, true);
  change(
      tr("unfold"),
      [target = maps_->target(), place](Document& document) {
        setUnfolding(document, target, place);
      },
      "unfold");
  if (wasOnTheWay) {
    showScene(); // the slider may be where the animation would have ended, which is no change
  }
}

void MainWindow::select(const QString& name, const std::optional<VertexSelection>& selection) {
  change(name, [&selection](Document& document) { document.selection = selection; });
}

void MainWindow::chooseView(View view) {
  change(tr("%1 view").arg(QString::fromUtf8(toString(view))),
         [view](Document& document) { document.camera = {.view = view, .shared = {}, .own = {}}; });
}

void MainWindow::resetView() {
  change(tr("reset view"), [](Document& document) {
    document.camera = {.view = document.camera.view, .shared = {}, .own = {}};
  });
}

void MainWindow::takeCamera(const std::string& mergeKey) {
  change(
      tr("move view"),
      [this](Document& document) { document.camera = scene_->camera(); },
      mergeKey);
}

} // namespace cortograph
