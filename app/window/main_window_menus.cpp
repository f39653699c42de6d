// The menus, keys and dialogs of MainWindow.
#include "app/panels/export_dialog.h"
#include "app/panels/help_overlay.h"
#include "app/panels/maps_panel.h"
#include "app/panels/train_panel.h"
#include "app/window/file_dialogs.h"
#include "app/window/main_window.h"
#include "base/error.h"
#include "base/version.h"
#include "map/demo_maps.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QShortcut>

#include <array>
#include <map>
#include <utility>

namespace cortograph {

namespace {

QString capitalised(std::string_view words) {
  QString name = QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
  name[0] = name[0].toUpper();
  return name;
}

constexpr double turnDegrees = 10;
constexpr double zoomStep = 1.1;

} // namespace

QAction* MainWindow::addEntry(QMenu* menu,
                              const QString& text,
                              const QList<QKeySequence>& keys,
                              std::function<void()> does) {
  QAction* action = menu->addAction(text);
  action->setShortcuts(keys);
  connect(action, &QAction::triggered, this, [does = std::move(does)] { does(); });
  return action;
}

void MainWindow::makeMenus() {
  makeFileMenu();
  makeViewMenu();
  makeTrainMenu();
  makeHelpMenu();
  makeSceneKeys();
  connect(maps_, &MapsPanel::openRequested, this, [this] {
    askForFiles(
        this, tr("Open"), everythingFilters(), [this](const Paths& files) { openFiles(files); });
  });
}

void MainWindow::makeFileMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&File"));
  addEntry(menu, tr("&Open…"), {QKeySequence::Open}, [this] { Q_EMIT maps_->openRequested(); });
  addEntry(
      menu, tr("Open sur&faces…"), {QKeySequence("Ctrl+Shift+O")}, [this] { askForSurfaces(); });
  addEntry(menu, tr("Open &image…"), {QKeySequence("Ctrl+I")}, [this] { askForImage(); });
  QMenu* demo = menu->addMenu(tr("Open &demo map"));
  connect(menu, &QMenu::aboutToShow, this, [this, demo] { fillDemoMenu(demo); });
  menu->addSeparator();
  addEntry(menu, tr("&Save map…"), {QKeySequence::Save}, [this] { askForMapFile(); });
  addEntry(menu, tr("&Export picture…"), {QKeySequence("Ctrl+E")}, [this] { askForPicture(); });
  menu->addSeparator();
  addEntry(menu, tr("&Quit"), {QKeySequence::Quit}, [this] { close(); });
}

void MainWindow::fillDemoMenu(QMenu* menu) {
  menu->clear();
  try {
    std::map<std::string, QMenu*> subjects;
    for (const DemoMap& map : demoMaps()) {
      QMenu*& subject = subjects[map.subject];
      if (subject == nullptr) {
        subject = menu->addMenu(tr("Subject %1 (simulated)").arg(map.subject.c_str()));
      }
      addEntry(
          subject, QString::fromStdString(map.network), {}, [this, map] { openFiles({map.file}); });
    }
  } catch (const Error& error) {
    QAction* reason = menu->addAction(QString::fromStdString(error.sentence()));
    reason->setEnabled(false);
  }
}

void MainWindow::makeViewMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&View"));
  int key = Qt::Key_1;
  for (const View view : allViews) {
    addEntry(menu, "&" + capitalised(toString(view)), {QKeySequence(key++)}, [this, view] {
      chooseView(view);
    });
  }
  menu->addSeparator();
  const std::array<std::pair<QString, Shape>, 3> shapes{{{tr("&Fold"), Shape::pial},
                                                         {tr("&Inflate"), Shape::inflated},
                                                         {tr("Fla&tten"), Shape::flat}}};
  const std::array<int, 3> shapeKeys{Qt::Key_R, Qt::Key_I, Qt::Key_F};
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    addEntry(menu,
             shapes.at(i).first,
             {QKeySequence(shapeKeys.at(i))},
             [this, shape = shapes.at(i).second] { chooseShape(shape); });
  }
  menu->addSeparator();
  addEntry(menu, tr("&Reset view"), {QKeySequence(Qt::Key_T)}, [this] { scene_->resetView(); });
  menu->addSeparator();
  makeLayoutMenu(menu);
  makeColorEntries(menu);
  makeLegendMenu(menu);
  menu->addSeparator();
  for (QAction* dock : dockActions_) {
    menu->addAction(dock);
  }
}

void MainWindow::makeLayoutMenu(QMenu* menu) {
  QMenu* layouts = menu->addMenu(tr("La&yout"));
  const std::array<std::pair<QString, Arrangement>, 4> arrangements{
      {{tr("A row for each &map"), Arrangement::maps},
       {tr("A row for each &picture"), Arrangement::kinds},
       {tr("&Subjects by networks"), Arrangement::subjects},
       {tr("&One after the other, six in a row"), Arrangement::wrapped}}};
  for (const auto& [text, arrangement] : arrangements) {
    addEntry(layouts, text, {}, [this, arrangement = arrangement] {
      document_.arrangement = arrangement;
      refresh();
    });
  }
  layouts->addSeparator();
  for (const Preset& preset : presets()) {
    addEntry(layouts, capitalised(preset.title), {}, [this, &preset] {
      preset.apply(document_);
      refresh();
    });
  }
  QAction* linked = addEntry(menu, tr("Turn all panes to&gether"), {}, [] {});
  linked->setCheckable(true);
  linked->setChecked(document_.linked);
  connect(linked, &QAction::toggled, this, [this](bool on) {
    document_.linked = on;
    showScene();
  });
}

void MainWindow::makeColorEntries(QMenu* menu) {
  const auto addSwitch = [&](const QString& text, int key, bool Outlines::*which) {
    QAction* action = addEntry(menu, text, {QKeySequence(key)}, [] {});
    action->setCheckable(true);
    action->setChecked(document_.outlines.*which);
    connect(action, &QAction::toggled, this, [this, which](bool on) {
      Outlines outlines = document_.outlines;
      outlines.*which = on;
      chooseOutlines(outlines);
    });
  };
  addSwitch(tr("&Outline regions"), Qt::Key_O, &Outlines::shown);
  addSwitch(tr("Region &labels"), Qt::Key_L, &Outlines::labels);
  QAction* safe = addEntry(menu, tr("Colours for the colour-&blind"), {}, [] {});
  safe->setCheckable(true);
  connect(safe, &QAction::toggled, this, [this](bool on) {
    chooseColors({on, document_.colors.vision});
  });
  QMenu* visions = menu->addMenu(tr("See &as"));
  auto* group = new QActionGroup(visions);
  for (const Vision vision : everyVision) {
    QAction* action = addEntry(visions, capitalised(titleOf(vision)), {}, [this, vision] {
      chooseColors({document_.colors.safe, vision});
    });
    action->setCheckable(true);
    action->setChecked(vision == Vision::full);
    group->addAction(action);
  }
}

void MainWindow::makeLegendMenu(QMenu* menu) {
  QMenu* legends = menu->addMenu(tr("Le&gends"));
  using Change = std::function<void(LegendStyle&)>;
  const auto addChoices = [&](const std::vector<std::pair<QString, Change>>& choices) {
    auto* group = new QActionGroup(legends);
    for (const auto& [text, change] : choices) {
      QAction* action = addEntry(legends, text, {}, [this, change = change] {
        LegendStyle style = document_.legends;
        change(style);
        chooseLegends(style);
      });
      action->setCheckable(true);
      LegendStyle changed = document_.legends;
      change(changed);
      action->setChecked(changed == document_.legends);
      group->addAction(action);
    }
  };
  const auto place = [](LegendPlace where) -> Change {
    return [where](LegendStyle& style) {
      style.shown = true;
      style.place = where;
    };
  };
  addChoices({{tr("&Automatic"), place(LegendPlace::automatic)},
              {tr("&Beside"), place(LegendPlace::right)},
              {tr("B&elow"), place(LegendPlace::below)},
              {tr("&None"), [](LegendStyle& style) { style.shown = false; }}});
  const auto size = [](double times) -> Change {
    return [times](LegendStyle& style) { style.size = times; };
  };
  legends->addSeparator();
  addChoices({{tr("&Small"), size(0.8)}, {tr("N&ormal size"), size(1)}, {tr("&Large"), size(1.3)}});
  const auto font = [](Font family) -> Change {
    return [family](LegendStyle& style) { style.font = family; };
  };
  legends->addSeparator();
  addChoices({{tr("&Plain letters"), font(Font::sans)},
              {tr("Se&rif letters"), font(Font::serif)},
              {tr("&Typewriter letters"), font(Font::mono)}});
}

void MainWindow::makeTrainMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Train"));
  QAction* start =
      addEntry(menu, tr("&Start training"), {QKeySequence("Ctrl+T")}, [this] { startTraining(); });
  QAction* cancel =
      addEntry(menu, tr("&Cancel training"), {}, [this] { Q_EMIT train_->cancelRequested(); });
  connect(menu, &QMenu::aboutToShow, this, [this, start, cancel] {
    start->setEnabled(!training_->running() && !train_->request().network.spec.empty());
    cancel->setEnabled(training_->running());
  });
  menu->addSeparator();
  addEntry(menu, tr("Choose s&ubject…"), {}, [this] { Q_EMIT train_->subjectBrowseRequested(); });
  addEntry(menu, tr("Choose &weights…"), {}, [this] { Q_EMIT train_->networkBrowseRequested(); });
  askForTrainingFiles();
}

void MainWindow::makeHelpMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Help"));
  addEntry(menu,
           tr("&Keys and mouse"),
           {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_H), QKeySequence(Qt::Key_Question)},
           [this] { help_->toggle(); });
  addEntry(menu, tr("&About Cortograph"), {}, [this] { showAbout(); });
}

void MainWindow::makeSceneKeys() {
  const auto onScene = [this](QWidget* where, int key, std::function<void()> does) {
    auto* shortcut = new QShortcut(QKeySequence(key), where, nullptr, nullptr, Qt::WidgetShortcut);
    connect(shortcut, &QShortcut::activated, this, std::move(does));
  };
  // Only while the scene has the focus: lists and fields need the arrows themselves.
  onScene(scene_, Qt::Key_Left, [this] { scene_->turn(-turnDegrees, 0); });
  onScene(scene_, Qt::Key_Right, [this] { scene_->turn(turnDegrees, 0); });
  onScene(scene_, Qt::Key_Up, [this] { scene_->turn(0, turnDegrees); });
  onScene(scene_, Qt::Key_Down, [this] { scene_->turn(0, -turnDegrees); });
  onScene(scene_, Qt::Key_Plus, [this] { scene_->zoom(zoomStep); });
  onScene(scene_, Qt::Key_Minus, [this] { scene_->zoom(1 / zoomStep); });
  onScene(scene_, Qt::Key_Escape, [this] { select({}); });
  onScene(help_, Qt::Key_Escape, [this] { help_->toggle(); });
}

void MainWindow::askForSurfaces() {
  askForFolder(this, tr("Open a folder of surfaces"), [this](const std::filesystem::path& folder) {
    openFiles({folder});
  });
}

void MainWindow::askForImage() {
  askForFiles(
      this, tr("Open an image"), imageFilters(), [this](const Paths& files) { openFiles(files); });
}

void MainWindow::askForMapFile() {
  const std::optional<int> id = maps_->selectedRow();
  const MapRow* row = id ? findRow(document_, *id) : nullptr;
  if (row == nullptr || row->state == RowState::training) {
    return;
  }
  askWhereToSave(this,
                 tr("Save the map"),
                 QString::fromStdString(row->title).replace('/', '-').replace(':', '-') + ".h5",
                 {tr("Maps (*.h5)")},
                 "h5",
                 [this, id = *id](const std::filesystem::path& file) { saveMap(id, file); });
}

void MainWindow::askForPicture() {
  auto* dialog =
      new ExportDialog(scene_->size() * scene_->devicePixelRatioF(), document_.transparent, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    askWhereToSave(this,
                   tr("Export the picture"),
                   "cortograph.png",
                   figureFilters(),
                   "png",
                   [this, choice = dialog->choice()](const std::filesystem::path& file) {
                     exportPicture(file, choice);
                   });
  });
  dialog->open();
}

void MainWindow::askForTrainingFiles() {
  connect(train_, &TrainPanel::subjectBrowseRequested, this, [this] {
    askForFolder(this, tr("Choose a subject"), [this](const std::filesystem::path& folder) {
      train_->setSubject(QString::fromStdString(folder.string()));
    });
  });
  connect(train_, &TrainPanel::surfacesBrowseRequested, this, [this] {
    askForFolder(this, tr("Choose surfaces"), [this](const std::filesystem::path& folder) {
      train_->setSurfaces(QString::fromStdString(folder.string()));
    });
  });
  connect(train_, &TrainPanel::networkBrowseRequested, this, [this] {
    askForFiles(this, tr("Choose weights"), weightsFilters(), [this](const Paths& files) {
      if (!files.empty()) {
        train_->setNetwork(QString::fromStdString(files.front().string()));
      }
    });
  });
}

void MainWindow::showAbout() {
  auto* about = new QMessageBox(
      QMessageBox::Information,
      tr("About Cortograph"),
      tr("<h3>Cortograph %1</h3><p>Paints vision networks onto the human cortex: which layer, "
         "place and scale of a network each brain vertex selects (FactorTopy; Yang, Gee, Shi, "
         "CVPR 2024).</p><p>The built-in demo is simulated.</p>")
          .arg(softwareVersion),
      QMessageBox::Ok,
      this);
  about->setAttribute(Qt::WA_DeleteOnClose);
  about->open();
}

} // namespace cortograph
