#include "support/test_case.h"
#include "window_on_demo.h"

using namespace cortograph;
using namespace cortograph::test;

/// What is dropped, opened and exported.
class WindowFilesTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

private Q_SLOTS:
  void mapsAndSurfacesDroppedTogetherAreDrawn() {
    const fs::path surfaces = test::dataPath("fsaverage5");
    CORTOGRAPH_NEED(surfaces);
    const auto cortex = readCortex(surfaces);
    const fs::path map = path("mine.h5");
    writeMap(map, test::syntheticMap(*cortex));
    const auto window = windowOnDemo();

    // Alone it says which surfaces it needs, and waits for them.
    drop(*window, {map});
    QTRY_COMPARE_WITH_TIMEOUT(window->messages().size(), 1, patience);
    QVERIFY(window->messages().at(0).contains("fsaverage5"));
    QVERIFY(window->messages().at(0).contains("Open surfaces"));
    drop(*window, {surfaces / "pial_left.gii.gz"});
    const auto onSurfaces = [&] {
      const auto& rows = window->scene().state().rows;
      return rows.size() == 1 && rows[0][0].cortex->mesh.name == "fsaverage5" &&
             rows[0][0].source.map;
    };
    QTRY_VERIFY_WITH_TIMEOUT(onSurfaces(), patience);
    QVERIFY(!child<QLabel>(*window, "simulatedLabel").isVisible());

    // A second window gets both at once, the map first.
    const auto other = windowOnDemo();
    drop(*other, {map, surfaces});
    QTRY_VERIFY_WITH_TIMEOUT(other->idle(), patience);
    QCOMPARE(other->scene().state().rows.size(), std::size_t{1});
    QCOMPARE(other->scene().state().rows[0][0].cortex->mesh.name, std::string("fsaverage5"));
    QVERIFY2(other->messages().isEmpty(), qPrintable(other->messages().join('\n')));
    QVERIFY(colorsIn(other->scene().capture(400, 300)) > 100);
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
    QCOMPARE(rows()[1][0].cortex->mesh.name, std::string("fsaverage5"));
    QVERIFY(!child<QLabel>(*window, "simulatedLabel").isVisible());
    QVERIFY(colorsIn(window->scene().capture(400, 300)) > 100);
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
      const Ranges& ranges = window->scene().state().style.ranges;
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
    writeMap(good, test::syntheticMap(*demoCortex()));
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

  void droppedWeightsAreRecognized() {
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
    QVERIFY(reading.isVisible()); // what was chosen before is chosen still
    QVERIFY2(window->messages()[0].contains("is a web page"), qPrintable(window->messages()[0]));
  }

  void aLongDrawingCanBeStopped() {
    const auto window = windowOnDemo();
    QTimer pressing;
    int presses = 0;
    connect(&pressing, &QTimer::timeout, window.get(), [&] {
      auto* dialog = window->findChild<QProgressDialog*>("drawingDialog");
      if (dialog != nullptr && dialog->isVisible() && !dialog->wasCanceled()) {
        ++presses;
        dialog->findChild<QPushButton*>()->click();
      }
    });
    pressing.start(1);
    window->exportPicture(path("large.png"), {{8000, 6000}, 300, false});
    QCOMPARE(presses, 1);
    QVERIFY(window->idle());
    QVERIFY(!fs::exists(path("large.png")));
    QVERIFY(window->messages().isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(window->scene().isSettled(), patience); // and draws as before
    QVERIFY(colorsIn(window->scene().capture(400, 300)) > 100);
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
};

CORTOGRAPH_TEST(WindowFilesTest, QApplication)
#include "window_files_test.moc"
