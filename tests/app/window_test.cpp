#include "support/test_case.h"
#include "window_on_demo.h"

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr std::array<Rotation, 2> identityRotations{identityRotation, identityRotation};

} // namespace

/// What keys, mouse, panels and menus do.
class WindowTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
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
    window.openShippedMaps();
    QTRY_VERIFY_WITH_TIMEOUT(!window.scene().state().rows.empty(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!engineBeforeBrain, patience);
    QVERIFY(child<QLabel>(window, "simulatedLabel").isVisible());
    QVERIFY(window.windowTitle().contains("simulated"));
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patience);
    QVERIFY(engineLoaded());
    QVERIFY(child<QComboBox>(window, "networkCombo").findText("demo:gabor") >= 0);
    QVERIFY2(window.messages().isEmpty(), qPrintable(window.messages().join('\n')));
    QVERIFY(colorsIn(window.scene().capture(400, 300)) > 100);
  }

  void panesAreSortedAndTurnedAlone() {
    const auto window = windowOnDemo();
    MainWindow& shown = *window;
    const auto choose = [&shown](const char* text) { action(shown, text).trigger(); };
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
    auto& shapes = child<QComboBox>(shown, "shapeCombo");
    shapes.setCurrentText("Sphere");
    Q_EMIT shapes.activated(shapes.currentIndex());
    glide.pause();
    glide.setCurrentTime(glide.duration() / 2);
    QVERIFY(shape() == ShapeMix(Shape::inflated, Shape::sphere, shape().part)); // straight there
    QVERIFY(shape().part > 0.2F && shape().part < 0.8F);
    glide.resume();
    QVERIFY(settled.wait(patience));
    QVERIFY(shape() == Shape::sphere);
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
    QVERIFY(shape() == Shape::sphere);
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
    QTRY_VERIFY_WITH_TIMEOUT(rows().at(0).at(0).shape == Shape::sphere, patience);
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
    const auto choose = [&](const char* text) {
      QAction& entry = action(*window, text);
      entry.trigger();
      return entry.isChecked();
    };
    const auto legends = [&] { return window->scene().state().style.legends; };
    QVERIFY(legends() == LegendStyle());
    QVERIFY(choose("Below"));
    QVERIFY(choose("Large"));
    QVERIFY(choose("Serif letters"));
    QVERIFY(legends() == (LegendStyle{true, 1.3, LegendPlace::below, Font::serif}));
    QVERIFY(choose("None"));
    QVERIFY(!legends().shown);
    QVERIFY(!action(*window, "Below").isChecked());
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

  void regionsAreTicked() {
    const auto window = windowOnDemo();
    const std::optional<RegionNames>& outlined = window->document().style.outlines.regions;
    const auto names = [&outlined](const char* region) {
      return outlined && std::ranges::find(*outlined, region) != outlined->end();
    };
    auto& tree = child<QTreeWidget>(*window, "regionTree");
    const QList<QTreeWidgetItem*> found = tree.findItems("V1v", Qt::MatchRecursive);
    QCOMPARE(found.size(), 1);
    QTreeWidgetItem& region = *found.front();
    QCOMPARE(region.checkState(0), Qt::Checked);
    QCOMPARE(region.parent()->checkState(0), Qt::Checked);
    QVERIFY(!outlined);
    region.setCheckState(0, Qt::Unchecked);
    QVERIFY(!names("V1v") && names("V1d"));
    QCOMPARE(region.parent()->checkState(0), Qt::PartiallyChecked);
    QVERIFY(window->scene().state().style.outlines.regions == outlined);
    region.parent()->setCheckState(0, Qt::Unchecked);
    QVERIFY(!names("V1d"));
    region.parent()->setCheckState(0, Qt::Checked);
    QCOMPARE(region.checkState(0), Qt::Checked);
    QVERIFY(!outlined);
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
    const std::optional<VertexOf> pinned = state().rows.at(0).at(0).pinned;
    QVERIFY(pinned.has_value());
    QVERIFY(state().rows.at(1).at(1).pinned == pinned);
    auto& words = child<QLabel>(*window, "vertexWords");
    const QString side = pinned->side == Side::left ? "left" : "right";
    QVERIFY2(
        words.text().contains(QString("vertex %1, %2 hemisphere").arg(pinned->vertex).arg(side)),
        qPrintable(words.text()));
    child<QPushButton>(*window, "unpinButton").click();
    QVERIFY(!state().rows.at(0).at(0).pinned);

    action(*window, "Pin vertices in all panes").trigger();
    QTRY_VERIFY_WITH_TIMEOUT(scene.isSettled(), patience);
    for (int y = 40; clicked.size() == 1 && y < scene.height() / 4; y += 10) {
      QTest::mouseClick(&scene, Qt::LeftButton, {}, {scene.width() / 8, y});
    }
    QVERIFY(state().rows.at(0).at(0).pinned == pinned);
    QVERIFY(!state().rows.at(0).at(1).pinned && !state().rows.at(1).at(0).pinned);

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
    QVERIFY(state().style.threshold == Threshold({"r2", 0.2, false}));
  }
};

CORTOGRAPH_TEST(WindowTest, QApplication)
#include "window_test.moc"
