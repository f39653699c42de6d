// The menus, keys and dialogs of MainWindow.
#include "app/panels/export_dialog.h"
#include "app/panels/help_overlay.h"
#include "app/panels/maps_panel.h"
#include "app/panels/train_panel.h"
#include "app/panels/words.h"
#include "app/session/presets.h"
#include "app/session/shown.h"
#include "app/window/file_dialogs.h"
#include "app/window/main_window.h"
#include "base/error.h"
#include "base/version.h"
#include "map/shipped_maps.h"

#include <QAction>
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

constexpr double turnDegrees = 10;
constexpr double zoomStep = 1.1;

/// Returns the name of an entry's step, with the menu's title in front when it is a submenu.
QString stepName(const QMenu& menu, const QString& text) {
  const bool inside = qobject_cast<const QMenu*>(menu.parentWidget()) != nullptr;
  QString name = (inside ? menu.title() + ": " : QString()) + text;
  name.remove('&');
  return name.left(1).toLower() + name.mid(1);
}

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

void MainWindow::addSwitch(
    QMenu* menu, const QString& text, const QList<QKeySequence>& keys, IsOn isOn, Turn turn) {
  QAction* action = menu->addAction(text);
  action->setShortcuts(keys);
  action->setCheckable(true);
  action->setChecked(isOn(document()));
  connect(action,
          &QAction::triggered,
          this,
          [this, name = stepName(*menu, text), turn = std::move(turn)](bool on) {
            change(name, [&turn, on](Document& document) { turn(document, on); });
            showHistory(); // keeps the tick when the entry was chosen already
          });
  switches_.emplace_back(action, std::move(isOn));
}

void MainWindow::makeMenus() {
  makeFileMenu();
  makeEditMenu();
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

void MainWindow::makeEditMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Edit"));
  undo_ = addEntry(menu, tr("&Undo"), {QKeySequence("Ctrl+Z")}, [this] { undo(); });
  redo_ = addEntry(menu, tr("&Redo"), {QKeySequence("Ctrl+Shift+Z")}, [this] { redo(); });
  undo_->setObjectName("undoAction");
  redo_->setObjectName("redoAction");
  showHistory();
}

void MainWindow::fillDemoMenu(QMenu* menu) {
  menu->clear();
  try {
    std::map<std::string, QMenu*> subjects;
    for (const ShippedMap& map : shippedMaps()) {
      QMenu*& subject = subjects[map.subject];
      if (subject == nullptr) {
        subject = menu->addMenu(tr("Subject %1 (simulated)").arg(asMenuText(shown(map.subject))));
      }
      addEntry(subject, asMenuText(shown(map.network)), {}, [this, map] { openFiles({map.file}); });
    }
  } catch (const Error& error) {
    QAction* reason = menu->addAction(asMenuText(shown(error.sentence())));
    reason->setEnabled(false);
  }
}

void MainWindow::makeViewMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&View"));
  int key = Qt::Key_1;
  for (const View view : allViews) {
    addEntry(menu, "&" + capitalized(toString(view)), {QKeySequence(key++)}, [this, view] {
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
  addEntry(menu, tr("&Reset view"), {QKeySequence(Qt::Key_T)}, [this] { resetView(); });
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
    addSwitch(
        layouts,
        text,
        {},
        [arrangement = arrangement](const Document& document) {
          return document.style.arrangement == arrangement;
        },
        [arrangement = arrangement](Document& document, bool) {
          document.style.arrangement = arrangement;
        });
  }
  layouts->addSeparator();
  for (const Preset& preset : presets()) {
    addEntry(layouts, capitalized(preset.title), {}, [this, &preset] {
      change(tr("layout: %1").arg(QString::fromUtf8(preset.name)), preset.apply);
    });
  }
  addSwitch(
      menu,
      tr("Turn all panes to&gether"),
      {},
      [](const Document& document) { return document.style.linked; },
      [](Document& document, bool on) { document.style.linked = on; });
  addSwitch(
      menu,
      tr("&Pin vertices in all panes"),
      {},
      [](const Document& document) { return document.pinsLinked; },
      linkPins);
}

void MainWindow::makeColorEntries(QMenu* menu) {
  addSwitch(
      menu,
      tr("&Outline regions"),
      {QKeySequence(Qt::Key_O)},
      [](const Document& document) { return document.style.outlines.shown; },
      [](Document& document, bool on) { document.style.outlines.shown = on; });
  addSwitch(
      menu,
      tr("Region &labels"),
      {QKeySequence(Qt::Key_L)},
      [](const Document& document) { return document.style.outlines.labels; },
      [](Document& document, bool on) { document.style.outlines.labels = on; });
  addSwitch(
      menu,
      tr("Colours for the colour-&blind"),
      {},
      [](const Document& document) { return document.style.colors.safe; },
      [](Document& document, bool on) { document.style.colors.safe = on; });
  QMenu* visions = menu->addMenu(tr("See &as"));
  for (const Vision vision : everyVision) {
    addSwitch(
        visions,
        capitalized(titleOf(vision)),
        {},
        [vision](const Document& document) { return document.style.colors.vision == vision; },
        [vision](Document& document, bool) { document.style.colors.vision = vision; });
  }
}

void MainWindow::makeLegendMenu(QMenu* menu) {
  QMenu* entries = menu->addMenu(tr("Le&gends"));
  const auto addChoice = [&](const QString& text, auto LegendStyle::*which, auto choice) {
    addSwitch(
        entries,
        text,
        {},
        [which, choice](const Document& document) {
          const LegendStyle& legends = document.style.legends;
          return legends.shown && legends.*which == choice;
        },
        [which, choice](Document& document, bool) {
          document.style.legends.shown = true;
          document.style.legends.*which = choice;
        });
  };
  addChoice(tr("&Automatic"), &LegendStyle::place, LegendPlace::automatic);
  addChoice(tr("&Beside"), &LegendStyle::place, LegendPlace::right);
  addChoice(tr("B&elow"), &LegendStyle::place, LegendPlace::below);
  addSwitch(
      entries,
      tr("&None"),
      {},
      [](const Document& document) { return !document.style.legends.shown; },
      [](Document& document, bool none) { document.style.legends.shown = !none; });
  entries->addSeparator();
  addChoice(tr("&Small"), &LegendStyle::size, 0.8);
  addChoice(tr("N&ormal size"), &LegendStyle::size, 1.0);
  addChoice(tr("&Large"), &LegendStyle::size, 1.3);
  entries->addSeparator();
  addChoice(tr("Sans-seri&f letters"), &LegendStyle::font, Font::sans);
  addChoice(tr("Se&rif letters"), &LegendStyle::font, Font::serif);
  addChoice(tr("&Monospaced letters"), &LegendStyle::font, Font::mono);
}

void MainWindow::makeTrainMenu() {
  QMenu* menu = menuBar()->addMenu(tr("&Train"));
  QAction* start =
      addEntry(menu, tr("&Start training"), {QKeySequence("Ctrl+T")}, [this] { startTraining(); });
  QAction* keep =
      addEntry(menu, tr("Stop and &keep"), {}, [this] { Q_EMIT train_->keepRequested(); });
  QAction* cancel =
      addEntry(menu, tr("&Cancel training"), {}, [this] { Q_EMIT train_->cancelRequested(); });
  connect(menu, &QMenu::aboutToShow, this, [this, start, keep, cancel] {
    start->setEnabled(!training_->running() && !train_->request().network.spec.empty());
    keep->setEnabled(training_->canKeep());
    cancel->setEnabled(training_->running());
  });
  addEntry(menu, tr("Un&finished trainings…"), {}, [this] { findTrainings(false); });
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
  // Only while the scene has the focus, because lists and fields need the arrow keys.
  onScene(scene_, Qt::Key_Left, [this] { scene_->turn(-turnDegrees, 0); });
  onScene(scene_, Qt::Key_Right, [this] { scene_->turn(turnDegrees, 0); });
  onScene(scene_, Qt::Key_Up, [this] { scene_->turn(0, turnDegrees); });
  onScene(scene_, Qt::Key_Down, [this] { scene_->turn(0, -turnDegrees); });
  onScene(scene_, Qt::Key_Plus, [this] { scene_->zoom(zoomStep); });
  onScene(scene_, Qt::Key_Minus, [this] { scene_->zoom(1 / zoomStep); });
  onScene(scene_, Qt::Key_Escape, [this] { select(tr("clear selection"), {}); });
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
  const MapRow* row = id ? findRow(document(), *id) : nullptr;
  if (row == nullptr || row->state == RowState::training) {
    return;
  }
  askWhereToSave(this,
                 tr("Save the map"),
                 fileNameFor(row->title) + ".h5",
                 {tr("Maps (*.h5)")},
                 "h5",
                 [this, id = *id](const std::filesystem::path& file) { saveMap(id, file); });
}

void MainWindow::askForPicture() {
  auto* dialog = new ExportDialog(
      scene_->size() * scene_->devicePixelRatioF(), document().style.transparent, this);
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
      choose(folder, requireSubject, &TrainPanel::setSubject);
    });
  });
  connect(train_, &TrainPanel::surfacesBrowseRequested, this, [this] {
    askForFolder(this, tr("Choose surfaces"), [this](const std::filesystem::path& folder) {
      choose(folder, requireSurfaces, &TrainPanel::setSurfaces);
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
