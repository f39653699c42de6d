#include "app/panels/maps_panel.h"
#include "app/panels/message_bar.h"
#include "app/window/main_window.h"
#include "base/picture.h"
#include "engine/engine.h"
#include "subject/demo/cortex/cortex.h"
#include "support/test_data.h"
#include "synthetic_map.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QUrl>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

using namespace cortograph;
namespace fs = std::filesystem;

namespace {

constexpr std::array<Rotation, 2> identityRotations{identityRotation, identityRotation};

constexpr int patience = 60'000; ///< milliseconds: the machine may be busy

/// The longest time that the event loop was away, between two ticks of a 5 ms timer.
class LongestGap : public QObject {
public:
  LongestGap() {
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, [this] {
      longest_ = std::max(longest_, sinceTick_.restart());
    });
    sinceTick_.start();
    timer_.start(5);
  }
  [[nodiscard]] qint64 milliseconds() const { return longest_; }

private:
  QTimer timer_;
  QElapsedTimer sinceTick_;
  qint64 longest_ = 0;
};

template <class Widget> Widget& child(QWidget& parent, const char* name) {
  auto* found = parent.findChild<Widget*>(name);
  if (found == nullptr) {
    qFatal("There is no widget %s", name);
  }
  return *found;
}

void drop(QWidget& window, const std::vector<fs::path>& files) {
  QMimeData data;
  QList<QUrl> urls;
  for (const fs::path& file : files) {
    urls.append(QUrl::fromLocalFile(QString::fromStdString(file.string())));
  }
  data.setUrls(urls);
  const QPoint where = window.rect().center();
  QDragEnterEvent enter(where, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &enter);
  QVERIFY(enter.isAccepted());
  QDropEvent dropped(where, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&window, &dropped);
}

std::size_t coloursIn(const Picture& picture) {
  std::set<std::array<std::uint8_t, 3>> colours;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t* pixel = picture.pixel(x, y);
      colours.insert({pixel[0], pixel[1], pixel[2]});
    }
  }
  return colours.size();
}

/// Shown, with the demo open and drawn.
std::unique_ptr<MainWindow> windowOnDemo(bool engine = false) {
  auto window = std::make_unique<MainWindow>();
  window->setEngineOnDemand(!engine);
  QSignalSpy rendered(&window->scene(), &SceneWidget::rendered);
  window->show();
  window->openDemo();
  const auto drawn = [&] { return !window->scene().state().rows.empty() && window->idle(); };
  if (!QTest::qWaitFor(drawn, patience)) {
    qFatal("The demo was not opened");
  }
  rendered.clear();
  window->scene().update();
  if (!rendered.wait(patience)) {
    qFatal("The demo was not drawn");
  }
  return window;
}

void startTraining(MainWindow& window, int steps) {
  child<QComboBox>(window, "networkCombo").setEditText("demo:gabor");
  child<QSpinBox>(window, "stepsSpin").setValue(steps);
  child<QPushButton>(window, "startButton").click();
}

} // namespace

class WindowTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

private Q_SLOTS:
  // First: the engine must not be in memory yet.
  void opensOnTheDemoAndThenLoadsTheEngine() {
    MainWindow window;
    QSignalSpy rendered(&window.scene(), &SceneWidget::rendered);
    QSignalSpy ready(&window, &MainWindow::engineReady);
    bool engineBeforeBrain = true;
    connect(&window.scene(), &SceneWidget::rendered, &window, [&] {
      if (!window.scene().state().rows.empty() && engineBeforeBrain) {
        engineBeforeBrain = engineLoaded() && ready.isEmpty();
      }
    });
    window.show();
    window.openDemo();
    QTRY_VERIFY_WITH_TIMEOUT(!window.scene().state().rows.empty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!engineBeforeBrain, patience);
    QVERIFY(child<QLabel>(window, "simulatedLabel").isVisible());
    QVERIFY(window.windowTitle().contains("simulated"));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
    QVERIFY(engineLoaded());
    QVERIFY(child<QComboBox>(window, "networkCombo").findText("demo:gabor") >= 0);
    QVERIFY2(window.messages().isEmpty(), qPrintable(window.messages().join('\n')));
    QVERIFY(coloursIn(window.scene().capture(400, 300)) > 100);
  }

  void panesAreSortedAndTurnedAlone() {
    const auto window = windowOnDemo();
    MainWindow& shown = *window;
    const auto choose = [&](const QString& text) {
      for (QAction* action : shown.findChildren<QAction*>()) {
        if (action->text().remove('&') == text) {
          action->trigger();
          return;
        }
      }
      QFAIL(qPrintable(text));
    };
    const auto rows = [&] { return shown.scene().state().rows; };
    const std::size_t maps = rows().size();
    const std::size_t kinds = rows().front().size();
    QVERIFY(maps > 1 && kinds > 1);
    choose("A row for each picture");
    QCOMPARE(rows().size(), kinds);
    QCOMPARE(rows().front().size(), maps);
    QVERIFY(std::ranges::all_of(rows().front(), [&](const Pane& pane) {
      return pane.kind == rows().front().front().kind;
    }));
    choose("A row for each map");

    auto& list = child<QListWidget>(shown, "mapList");
    const auto first = rows()[0][0].source.map;
    const auto second = rows()[1][0].source.map;
    QVERIFY(list.model()->moveRow({}, 0, {}, 2)); // as a drag does
    QVERIFY(rows()[0][0].source.map == second && rows()[1][0].source.map == first);

    QTRY_VERIFY_WITH_TIMEOUT(shown.scene().isSettled(), patience);
    choose("Turn all panes together");
    const QPoint start(shown.scene().width() / static_cast<int>(4 * kinds),
                       shown.scene().height() / static_cast<int>(2 * maps));
    QTest::mousePress(&shown.scene(), Qt::LeftButton, Qt::NoModifier, start);
    const QPointF end = start + QPoint(60, 0);
    QMouseEvent move(QEvent::MouseMove,
                     end,
                     shown.scene().mapTo(&shown, end),
                     shown.scene().mapToGlobal(end),
                     Qt::NoButton,
                     Qt::LeftButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(&shown.scene(), &move);
    QTest::mouseRelease(&shown.scene(), Qt::LeftButton, Qt::NoModifier, end.toPoint());
    const std::vector<Attitudes> own = shown.scene().camera().own;
    QCOMPARE(own.size(), maps * kinds);
    QVERIFY(own[0].solid.turned != identityRotations);
    for (std::size_t pane = 1; pane < own.size(); ++pane) {
      QVERIFY(own[pane].solid.turned == identityRotations);
    }
    choose("The weight of every layer");
    const auto wrapped = rows();
    QCOMPARE(wrapped.front().size(), std::size_t{6});
    QCOMPARE(wrapped.front().front().kind, std::string("layer-weight"));
    QVERIFY(wrapped.front().front().shape.isFlat());
  }

  void keysTurnAndFoldTheBrain() {
    const auto window = windowOnDemo();
    MainWindow& shown = *window;
    shown.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shown));
    shown.scene().setFocus();
    QTest::keyClick(&shown.scene(), Qt::Key_2);
    QVERIFY(shown.scene().view() == View::medial);
    QTest::keyClick(&shown.scene(), Qt::Key_4);
    QVERIFY(shown.scene().view() == View::ventral);
    const auto shape = [&] { return shown.scene().state().rows.at(0).at(0).shape; };
    const auto place = [&] {
      return unfoldingOf(*shown.scene().state().rows.at(0).at(0).cortex, shape());
    };
    auto& glide = child<QVariantAnimation>(shown, "glide");
    QSignalSpy settled(&shown, &MainWindow::settled);
    QTest::keyClick(&shown.scene(), Qt::Key_F);
    QVERIFY(!shown.idle() && !shape().isFlat()); // on its way
    QVERIFY(settled.wait(patience));
    QVERIFY(shape() == Shape::flat);
    QTest::keyClick(&shown.scene(), Qt::Key_R);
    glide.pause();
    glide.setCurrentTime(glide.duration() / 2);
    const double turning = place();
    QVERIFY(turning > 0.2 && turning < 0.8);
    QTest::keyClick(&shown.scene(), Qt::Key_F); // goes on from where it is
    QVERIFY2(std::abs(place() - turning) < 0.05, std::to_string(place()).c_str());
    QTest::keyClick(&shown.scene(), Qt::Key_R);
    settled.clear();
    QVERIFY(settled.wait(patience));
    QVERIFY(shape() == Shape::pial);
    QTest::keyClick(&shown.scene(), Qt::Key_I);
    QVERIFY(settled.wait(patience));
    QVERIFY(shape() == Shape::inflated);
    auto& help = child<QFrame>(shown, "helpOverlay");
    QTest::keyClick(&shown.scene(), Qt::Key_H);
    QVERIFY(help.isVisible());
    QTest::keyClick(&help, Qt::Key_Escape);
    QVERIFY(!help.isVisible());
    QTest::keyClick(&shown.scene(), Qt::Key_Question);
    QVERIFY(help.isVisible());
    // Letters typed into a field are text.
    auto& subject = child<QLineEdit>(shown, "subjectEdit");
    subject.setFocus();
    subject.selectAll();
    QTest::keyClicks(&subject, "fit");
    QCOMPARE(subject.text(), QString("fit"));
    QVERIFY(shape() == Shape::inflated);
  }

  void panelChoicesReachTheScene() {
    const auto window = windowOnDemo();
    const auto rows = [&] { return window->scene().state().rows; };
    const std::size_t columns = rows().at(0).size();
    auto& scale = child<QCheckBox>(*window, "kind-scale");
    QVERIFY(!scale.isChecked());
    scale.click();
    QCOMPARE(rows().at(0).size(), columns + 1);
    auto& shape = child<QComboBox>(*window, "shapeCombo");
    QCOMPARE(shape.count(), 5);
    shape.setCurrentIndex(shape.findText("Sphere"));
    Q_EMIT shape.activated(shape.currentIndex());
    QVERIFY(rows().at(0).at(0).shape == Shape::sphere);
    child<QToolButton>(*window, "view-ventral").click();
    QVERIFY(window->scene().view() == View::ventral);
    auto& list = child<QListWidget>(*window, "mapList");
    const std::size_t shown = rows().size();
    if (list.count() > 1) {
      list.item(0)->setCheckState(Qt::Unchecked);
      QCOMPARE(rows().size(), shown - 1);
    }
  }

  void legendMenuReachesTheScene() {
    const auto window = windowOnDemo();
    const auto choose = [&](const QString& text) {
      for (QAction* action : window->findChildren<QAction*>()) {
        if (action->text().remove('&') == text) {
          action->trigger();
          return action->isChecked();
        }
      }
      return false;
    };
    const auto legends = [&] { return window->scene().state().legends; };
    QVERIFY(legends() == LegendStyle());
    QVERIFY(choose("Below"));
    QVERIFY(choose("Large"));
    QVERIFY(choose("Serif letters"));
    QVERIFY(legends() == (LegendStyle{true, 1.3, LegendPlace::below, Font::serif}));
    QVERIFY(choose("None"));
    QVERIFY(!legends().shown);
    QVERIFY(choose("Beside"));
    QVERIFY(legends() == (LegendStyle{true, 1.3, LegendPlace::right, Font::serif}));
  }

  void aLineOrARegionSelectsVertices() {
    const auto window = windowOnDemo();
    SceneWidget& scene = window->scene();
    auto& words = child<QLabel>(*window, "selectionWords");
    auto& clear = child<QPushButton>(*window, "clearSelectionButton");
    QTRY_VERIFY_WITH_TIMEOUT(scene.isSettled(), patience);
    QVERIFY(!clear.isVisible());
    const int x = scene.width() / 16;
    const int y = scene.height() / 16;
    QTest::mousePress(&scene, Qt::LeftButton, Qt::ControlModifier, {x, y});
    for (const QPoint at : {QPoint(5 * x, y), QPoint(5 * x, 5 * y), QPoint(x, 5 * y)}) {
      const QPointF here(at);
      QMouseEvent move(QEvent::MouseMove,
                       here,
                       scene.mapToGlobal(here),
                       Qt::NoButton,
                       Qt::LeftButton,
                       Qt::ControlModifier);
      QCoreApplication::sendEvent(&scene, &move);
      QVERIFY(child<QWidget>(scene, "lasso").isVisible());
    }
    QTest::mouseRelease(&scene, Qt::LeftButton, Qt::ControlModifier, {x, 5 * y});
    QVERIFY(!child<QWidget>(scene, "lasso").isVisible());
    QVERIFY(scene.state().selection && scene.state().selection->size() > 10);
    QVERIFY2(words.text().contains("vertices"), qPrintable(words.text()));
    clear.click();
    QVERIFY(!scene.state().selection);

    auto& region = child<QComboBox>(*window, "regionCombo");
    region.setCurrentText("V1v");
    Q_EMIT region.textActivated("V1v");
    QVERIFY(scene.state().selection ==
            selectRegion(*scene.state().rows.at(0).at(0).source.map, "V1v"));
    QVERIFY2(words.text().contains("normalised R2"), qPrintable(words.text()));
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    scene.setFocus();
    QTest::keyClick(&scene, Qt::Key_Escape);
    QVERIFY(!scene.state().selection);
    QCOMPARE(region.currentIndex(), -1);
  }

  void sliderUnfoldsAndAClickPinsAVertex() {
    const auto window = windowOnDemo();
    const auto state = [&] { return window->scene().state(); };
    auto& slider = child<QSlider>(*window, "unfoldingSlider");
    auto& shape = child<QComboBox>(*window, "shapeCombo");
    QCOMPARE(slider.value(), slider.maximum() / 2); // inflated
    slider.setValue(slider.maximum() * 3 / 4);
    for (const auto& row : state().rows) {
      QVERIFY(row.at(0).shape == ShapeMix(Shape::inflated, Shape::flat, 0.5F));
    }
    QCOMPARE(shape.currentIndex(), -1);
    slider.setValue(slider.maximum());
    QVERIFY(state().rows.at(0).at(0).shape.isFlat());
    QCOMPARE(shape.currentText(), QString("Flat"));
    slider.setValue(slider.maximum() / 2);

    SceneWidget& scene = window->scene();
    QTRY_VERIFY_WITH_TIMEOUT(scene.isSettled(), patience);
    QSignalSpy clicked(&scene, &SceneWidget::vertexClicked);
    // A grid of places over the first pane, until one is on a brain.
    for (int y = 40; clicked.isEmpty() && y < scene.height() / 4; y += 10) {
      QTest::mouseClick(&scene, Qt::LeftButton, {}, {scene.width() / 8, y});
    }
    QCOMPARE(clicked.size(), 1);
    QVERIFY(state().pinned.has_value());
    auto& words = child<QLabel>(*window, "vertexWords");
    const QString side = state().pinned->side == Side::left ? "left" : "right";
    QVERIFY2(words.text().contains(
                 QString("vertex %1, %2 hemisphere").arg(state().pinned->vertex).arg(side)),
             qPrintable(words.text()));
    child<QPushButton>(*window, "unpinButton").click();
    QVERIFY(!state().pinned.has_value());

    const std::size_t rows = state().rows.size();
    QTest::mouseDClick(&scene, Qt::LeftButton, {}, {scene.width() / 8, 60});
    QCOMPARE(state().rows.size(), std::size_t{1});
    QCOMPARE(state().rows.at(0).size(), std::size_t{1});
    QTRY_VERIFY_WITH_TIMEOUT(scene.isSettled(), patience); // laid out anew
    QTest::mouseDClick(&scene, Qt::LeftButton, {}, {scene.width() / 2, scene.height() / 2});
    QCOMPARE(state().rows.size(), rows);
    auto& threshold = child<QDoubleSpinBox>(*window, "thresholdSpin");
    QCOMPARE(threshold.text(), threshold.specialValueText()); // as long as there is none
    threshold.setValue(0.2);
    QVERIFY(state().threshold == Threshold({"r2", 0.2, false, 0}));
  }

  void mapsAndSurfacesDroppedTogetherAreDrawn() {
    const fs::path surfaces = test::dataPath("fsaverage5");
    CORTOGRAPH_NEED(surfaces);
    const auto cortex = readCortex(surfaces);
    const fs::path map = path("mine.h5");
    writeMap(map, test::syntheticMap(*cortex, "fsaverage5"));
    const auto window = windowOnDemo();

    // Alone it says which surfaces it needs, and waits for them.
    drop(*window, {map});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 1, patience);
    QVERIFY(window->messages().at(0).contains("fsaverage5"));
    QVERIFY(window->messages().at(0).contains("Open surfaces"));
    drop(*window, {surfaces / "pial_left.gii.gz"});
    const auto onSurfaces = [&] {
      const auto& rows = window->scene().state().rows;
      return rows.size() == 1 && rows[0][0].cortex->name == "fsaverage5" && rows[0][0].source.map;
    };
    QTRY_VERIFY_WITH_TIMEOUT(onSurfaces(), patience);
    QVERIFY(!child<QLabel>(*window, "simulatedLabel").isVisible());

    // A second window gets both at once, the map first.
    const auto other = windowOnDemo();
    drop(*other, {map, surfaces});
    QTRY_VERIFY_WITH_TIMEOUT(other->idle(), patience);
    QCOMPARE(other->scene().state().rows.size(), std::size_t{1});
    QCOMPARE(other->scene().state().rows[0][0].cortex->name, std::string("fsaverage5"));
    QVERIFY2(other->messages().isEmpty(), qPrintable(other->messages().join('\n')));
    QVERIFY(coloursIn(other->scene().capture(400, 300)) > 100);
  }

  void droppedDataAreDrawnAndTheirRangeIsChosen() {
    const fs::path folder = test::dataPath("fsaverage5");
    CORTOGRAPH_NEED(folder);
    const auto window = windowOnDemo();
    drop(
        *window,
        {folder / "thick_left.gii.gz", folder / "sulc_left.gii.gz", folder / "thick_right.gii.gz"});
    const auto rows = [&] { return window->scene().state().rows; };
    QTRY_VERIFY_WITH_TIMEOUT(window->idle() && rows().size() == 2, patience);
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
    QCOMPARE(rows()[0][0].title, std::string("sulc"));
    QCOMPARE(rows()[1][0].title, std::string("thick"));
    QCOMPARE(rows()[1][0].cortex->name, std::string("fsaverage5"));
    QVERIFY(!child<QLabel>(*window, "simulatedLabel").isVisible());
    QVERIFY(coloursIn(window->scene().capture(400, 300)) > 100);
    QVERIFY(!child<QToolButton>(*window, "saveButton").isEnabled()); // no map

    auto& kind = child<QComboBox>(*window, "rangeKindCombo");
    auto& mode = child<QComboBox>(*window, "rangeModeCombo");
    auto& low = child<QLineEdit>(*window, "rangeLow");
    auto& high = child<QLineEdit>(*window, "rangeHigh");
    QCOMPARE(kind.currentText(), QString("Data"));
    const auto choose = [&](const char* text) {
      mode.setCurrentIndex(mode.findText(text));
      Q_EMIT mode.activated(mode.currentIndex());
    };
    const auto range = [&] {
      const Ranges& ranges = window->scene().state().ranges;
      return ranges.contains("data") ? toString(ranges.at("data")) : "usual";
    };
    choose("each its own");
    QCOMPARE(range(), std::string("own"));
    choose("of the data");
    QCOMPARE(range(), std::string("data"));
    const auto type = [](QLineEdit& field, const char* text) {
      field.selectAll();
      QTest::keyClicks(&field, text);
      QTest::keyClick(&field, Qt::Key_Return);
    };
    type(low, "1");
    QCOMPARE(range(), std::string("data")); // not before both ends are there
    type(high, "2.5");
    QCOMPARE(range(), std::string("1:2.5"));
    QCOMPARE(mode.currentText(), QString("given"));
    type(high, "0.5");
    QCOMPARE(window->messages().size(), 1);
    QVERIFY2(window->messages()[0].contains("lower one first"), qPrintable(window->messages()[0]));
    QCOMPARE(range(), std::string("1:2.5"));
    QCOMPARE(high.text(), QString("2.5"));
    choose("usual");
    QCOMPARE(range(), std::string("usual"));
    QVERIFY(low.text().isEmpty());
  }

  void wrongFilesAreToldAndTheOthersStillOpen() {
    const fs::path good = path("good.h5");
    writeMap(good, test::syntheticMap(*demoCortex(), "demo"));
    const fs::path cut = path("cut.h5");
    fs::copy_file(good, cut, fs::copy_options::overwrite_existing);
    fs::resize_file(cut, fs::file_size(cut) / 2);
    const fs::path garbled = path("garbled.png");
    std::ofstream(garbled) << "no picture at all";
    const fs::path text = path("letter.txt");
    std::ofstream(text) << "Dear reader";
    const fs::path empty = path("empty folder");
    fs::create_directory(empty);

    const auto window = windowOnDemo();
    const std::size_t before = window->document().rows.size();
    drop(*window, {cut, garbled, text, empty, good});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 4, patience);
    const QString told = window->messages().join('\n');
    for (const fs::path& file : {cut, garbled, text, empty}) {
      QVERIFY2(told.contains(QString::fromStdString(file.filename().string())), qPrintable(told));
    }
    QCOMPARE(window->document().rows.size(), before + 1);
    auto& bar = child<MessageBar>(*window, "messageBar");
    QVERIFY(bar.isVisible());
    child<QToolButton>(*window, "closeMessage").click();
    QVERIFY(!bar.isVisible());
  }

  void droppedWeightsAreRecognised() {
    const fs::path weights = test::fixturePath("backbones/timm_vit.safetensors");
    const fs::path sam = test::fixturePath("backbones/sam_vit.pth");
    CORTOGRAPH_NEED(weights);
    const auto window = windowOnDemo();
    const auto& reading = child<QLabel>(*window, "networkReading");
    const auto& heads = child<QSpinBox>(*window, "headsSpin");
    drop(*window, {weights});
    QTRY_VERIFY_WITH_TIMEOUT(reading.isVisible(), patience);
    QCOMPARE(reading.text(), QString("ViT-48/16 timm · 3 layers · 48 channels · 64 px"));
    QVERIFY(heads.isVisible()); // 48 channels are no published width
    drop(*window, {sam});
    QTRY_COMPARE_WITH_TIMEOUT(reading.text(),
                              QString("ViT-48/16 sam · 4 layers · 48 channels · 4 heads · 128 px"),
                              patience);
    QVERIFY(!heads.isVisible());
    QVERIFY(window->messages().isEmpty());
    const fs::path page = path("model.safetensors");
    std::ofstream(page) << "<!DOCTYPE html><html>Please log in</html>";
    drop(*window, {page});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 1, patience);
    QVERIFY(!reading.isVisible());
    QVERIFY2(window->messages()[0].contains("is a web page"), qPrintable(window->messages()[0]));
  }

  void exportedFiguresOpenAgain() {
    const auto window = windowOnDemo();
    SceneWidget& scene = window->scene();
    QTRY_VERIFY_WITH_TIMEOUT(scene.isSettled(), patience);
    scene.turn(25, 10);
    const Camera camera = scene.camera();
    const GridState state = scene.state();
    for (const char* name : {"picture.png", "picture.tif", "picture.svg", "picture.pdf"}) {
      const fs::path file = path(name);
      window->exportPicture(file, {{640, 360}, 150, false});
      QTRY_VERIFY_WITH_TIMEOUT(window->idle() && fs::exists(file), patience);
      QVERIFY2(window->messages().isEmpty(), name);
    }
    const Picture written = readPicture(path("picture.png"));
    const Picture expected = drawFigure(gridOf(window->document()), camera, 640, 360, {});
    QVERIFY(written.rgba == expected.rgba);

    const auto other = windowOnDemo();
    other->scene().setView(View::dorsal);
    for (const char* name : {"picture.png", "picture.tif", "picture.svg", "picture.pdf"}) {
      drop(*other, {path(name)});
      QTRY_VERIFY_WITH_TIMEOUT(other->idle(), patience);
      QVERIFY2(other->messages().isEmpty(), name);
      QVERIFY2(other->scene().camera() == camera, name);
      const GridState& shown = other->scene().state();
      QCOMPARE(shown.rows.size(), state.rows.size());
      for (std::size_t r = 0; r < shown.rows.size(); ++r) {
        QCOMPARE(shown.rows[r].size(), state.rows[r].size());
        for (std::size_t c = 0; c < shown.rows[r].size(); ++c) {
          QCOMPARE(shown.rows[r][c].kind, state.rows[r][c].kind);
          QVERIFY(shown.rows[r][c].shape == state.rows[r][c].shape);
          QVERIFY(shown.rows[r][c].source.map->layer.values ==
                  state.rows[r][c].source.map->layer.values);
        }
      }
      other->scene().setView(View::dorsal);
    }
    // Where nothing can be written it says so, and the window goes on.
    window->exportPicture(path("no such folder") / "picture.png", {{640, 360}, 300, false});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 1, patience);
    window->exportPicture(path("picture.bmp"), {{640, 360}, 300, false});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 2, patience);
    QVERIFY2(window->messages()[1].contains(".svg"), qPrintable(window->messages()[1]));
  }

  void trainsProbesAndSaves() {
    const auto window = windowOnDemo(true);
    const std::size_t before = window->document().rows.size();
    QSignalSpy ended(window.get(), &MainWindow::trainingEnded);
    std::set<const BrainMap*> live;
    connect(&window->scene(), &SceneWidget::rendered, this, [&] {
      if (window->document().rows.size() > before) {
        live.insert(window->document().rows.back().map.get());
      }
    });
    LongestGap gap;
    QElapsedTimer clock;
    clock.start();
    startTraining(*window, 40);
    QVERIFY(!child<QPushButton>(*window, "startButton").isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 3 * patience);
    qInfo("longest gap between ticks while training: %lld ms; %zu live maps were drawn",
          static_cast<long long>(gap.milliseconds()),
          live.size());
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
    QVERIFY(live.size() >= 3);
    // A training on this thread would be one gap; what is left are frames of software OpenGL.
    QVERIFY2(gap.milliseconds() < clock.elapsed() / 4,
             qPrintable(QString::number(gap.milliseconds())));
    QCOMPARE(window->document().rows.size(), before + 1);
    const MapRow trained = window->document().rows.back();
    QVERIFY(trained.state == RowState::unsaved);
    QVERIFY(!trained.map->parameters.empty());

    // An image: the trained map is painted, one whose network is gone is told.
    const fs::path stranger = path("stranger.h5");
    writeMap(stranger, test::syntheticMap(*demoCortex(), "demo"));
    Picture picture(64, 64);
    for (std::size_t i = 0; i < picture.rgba.size(); ++i) {
      picture.rgba[i] = i % 4 == 3 ? 255 : static_cast<std::uint8_t>(i * 7);
    }
    const fs::path image = path("stripes.png");
    writePng(image, picture);
    drop(*window, {stranger, image});
    QTRY_VERIFY_WITH_TIMEOUT(
        window->document().probe && window->idle() && window->messages().size() == 1, patience);
    QVERIFY(window->messages().at(0).contains("synthetic"));
    const MapRow* painted = findRow(window->document(), trained.id);
    QVERIFY(painted->probe != nullptr);
    QCOMPARE(painted->probe->image, std::string("stripes.png"));
    QCOMPARE(painted->probe->response.size(), painted->map->size());
    QCOMPARE(child<QLabel>(*window, "probeName").text(), QString("stripes.png"));
    child<QPushButton>(*window, "clearImageButton").click();
    QVERIFY(!window->document().probe);

    const fs::path file = path("trained.h5");
    window->saveMap(trained.id, file);
    QTRY_VERIFY_WITH_TIMEOUT(window->idle() && isMap(file), patience);
    QVERIFY(findRow(window->document(), trained.id)->state == RowState::saved);
    QCOMPARE(readMap(file).layer.values, trained.map->layer.values);
  }

  void cancelStopsAndTheWindowGoesOn() {
    const auto window = windowOnDemo(true);
    const std::size_t before = window->document().rows.size();
    QSignalSpy ended(window.get(), &MainWindow::trainingEnded);
    startTraining(*window, 100'000);
    QTRY_COMPARE_WITH_TIMEOUT(window->document().rows.size(), before + 1, 3 * patience);
    child<QPushButton>(*window, "cancelButton").click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    QCOMPARE(window->document().rows.size(), before);
    QVERIFY(window->messages().isEmpty());
    QVERIFY(child<QPushButton>(*window, "startButton").isEnabled());
    QVERIFY(!child<QPushButton>(*window, "cancelButton").isEnabled());
    // Again, and stopped while the network still looks at the images.
    startTraining(*window, 2);
    QTRY_VERIFY_WITH_TIMEOUT(!child<QLabel>(*window, "trainStatus").text().isEmpty(), patience);
    child<QPushButton>(*window, "cancelButton").click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, patience);
  }
};

int main(int argc, char** argv) {
  const QApplication application(argc, argv);
  WindowTest tests;
  return QTest::qExec(&tests, argc, argv);
}
#include "window_test.moc"
