#include "data_home.h"
#include "support/test_case.h"
#include "window_on_demo.h"

using namespace cortograph;
using namespace cortograph::test;

namespace {

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

void startTraining(MainWindow& window, int steps) {
  child<QComboBox>(window, "networkCombo").setEditText("demo:gabor");
  child<QSpinBox>(window, "stepsSpin").setValue(steps);
  child<QPushButton>(window, "startButton").click();
}

} // namespace

/// Training, and predicting what images evoke.
class WindowTrainingTest : public QObject {
  Q_OBJECT

  const DataHome home_;
  QTemporaryDir folder_;

  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

private Q_SLOTS:
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
    // What the panel says is what the map holds.
    QCOMPARE(child<QLabel>(*window, "r2Reading").text(),
             QLocale().toString(summarize(trained.map->r2).mean, 'f', 3));

    // An image: the trained map is painted, one whose network is gone is told.
    const fs::path stranger = path("stranger.h5");
    writeMap(stranger, test::syntheticMap(*demoCortex()));
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

CORTOGRAPH_TEST(WindowTrainingTest, QApplication)
#include "window_training_test.moc"
