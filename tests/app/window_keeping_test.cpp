#include "app/session/grid.h"
#include "app/window/end_signals.h"
#include "data_home.h"
#include "support/test_case.h"
#include "window_on_demo.h"

#include <QMessageBox>

#include <csignal>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr int steps = 190;          ///< validated at 100, and at the end
constexpr int validated = 100;      ///< the first validation
constexpr int busy = 10 * patience; ///< milliseconds that a training may take

void startTraining(MainWindow& window, int count) {
  child<QComboBox>(window, "networkCombo").setEditText("demo:gabor");
  child<QSpinBox>(window, "stepsSpin").setValue(count);
  child<QPushButton>(window, "startButton").click();
}

/// Trains until a state is on disk.
void trainToTheFirstValidation(MainWindow& window) {
  startTraining(window, 1000);
  QVERIFY(!child<QPushButton>(window, "keepButton").isEnabled());
  QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>(window, "keepButton").isEnabled(), busy);
}

QString r2Of(const BrainMap& map) {
  return QLocale().toString(summarize(map.r2).mean, 'f', 3);
}

void pressIn(MainWindow& window, const char* box, const char* text) {
  const auto question = [&]() -> const QMessageBox* { // one that was answered may not be gone yet
    for (const auto* one : window.findChildren<QMessageBox*>(box)) {
      if (one->isVisible()) {
        return one;
      }
    }
    return nullptr;
  };
  QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, patience);
  for (auto* button : question()->findChildren<QPushButton*>()) {
    if (button->text().remove('&') == text) {
      QVERIFY2(button->isEnabled(), text);
      QTest::mouseClick(button, Qt::LeftButton);
      return;
    }
  }
  QFAIL(text);
}

} // namespace

/// A training of the window outlives a stop, a close and a signal.
class WindowKeepingTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aStoppedTrainingGoesOnToTheSameMap() {
    const DataHome home;
    const auto window = windowOnDemo(true);
    QSignalSpy ended(window.get(), &MainWindow::trainingEnded);
    startTraining(*window, steps);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>(*window, "keepButton").isEnabled(), busy);
    QTest::mouseClick(&child<QPushButton>(*window, "keepButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
    const MapRow stopped = window->document().rows.back();
    QVERIFY(stopped.state == RowState::kept);
    QVERIFY(!stopped.map->parameters.empty() && !stopped.map->r2.empty());
    QCOMPARE(stopped.map->history.step.back(), std::int64_t{validated});
    QCOMPARE(child<QLabel>(*window, "r2Reading").text(), r2Of(*stopped.map));
    QVERIFY(child<QLabel>(*window, "stepReading").text().startsWith("100 "));

    action(*window, "Unfinished trainings…").trigger();
    QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QDialog*>("trainingsDialog") != nullptr, patience);
    QTest::mouseClick(&child<QPushButton>(*window, "resumeTrainingButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, busy);
    QVERIFY2(window->messages().isEmpty(), qPrintable(window->messages().join('\n')));
    const MapRow resumed = *findRow(window->document(), stopped.id);
    QVERIFY(resumed.state == RowState::unsaved);

    startTraining(*window, steps);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 3, busy);
    const MapRow unbroken = window->document().rows.back();
    QVERIFY(unbroken.id != resumed.id);
    QCOMPARE(resumed.map->layer.values, unbroken.map->layer.values);
    QCOMPARE(resumed.map->readoutWeight.values, unbroken.map->readoutWeight.values);
    QCOMPARE(resumed.map->r2, unbroken.map->r2);
    QVERIFY(resumed.map->attributes == unbroken.map->attributes);
    QCOMPARE(child<QLabel>(*window, "r2Reading").text(), r2Of(*unbroken.map));
  }

  void aTrainingIsNotLostByClosing() {
    const DataHome home;
    auto window = windowOnDemo(true);
    trainToTheFirstValidation(*window);
    QVERIFY(!window->close());
    pressIn(*window, "trainingDialog", "Stay");
    QVERIFY(window->isVisible() && child<QPushButton>(*window, "cancelButton").isEnabled());
    QVERIFY(!window->close());
    pressIn(*window, "trainingDialog", "Stop and keep");
    QTRY_VERIFY_WITH_TIMEOUT(!window->isVisible(), patience);
    window.reset();

    window = windowOnDemo();
    window->offerTrainings();
    QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QDialog*>("trainingsDialog") != nullptr, patience);
    const auto& list = child<QListWidget>(*window, "trainingsList");
    QCOMPARE(list.count(), 1);
    QVERIFY2(list.item(0)->text().startsWith("demo:gabor on demo, step "),
             qPrintable(list.item(0)->text()));
    const std::size_t before = window->document().rows.size();
    QTest::mouseClick(&child<QPushButton>(*window, "openTrainingButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(window->document().rows.size(), before + 1, patience);
    QVERIFY(window->document().rows.back().state == RowState::kept);
    QVERIFY(isDrawn(window->document().rows.back()));
    QTest::mouseClick(&child<QPushButton>(*window, "discardTrainingButton"), Qt::LeftButton);
    QVERIFY(window->document().rows.back().state == RowState::unsaved); // it is only here now
    QVERIFY(findKeptTrainings(trainingsFolder()).empty());
  }

  void aCanceledTrainingCanStillBeOpened() {
    const DataHome home;
    auto window = windowOnDemo(true);
    QSignalSpy ended(window.get(), &MainWindow::trainingEnded);
    const std::size_t before = window->document().rows.size();
    trainToTheFirstValidation(*window);
    child<QPushButton>(*window, "cancelButton").click();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    QCOMPARE(window->document().rows.size(), before);
    const QString status = child<QLabel>(*window, "trainStatus").text();
    QVERIFY2(status.contains("Unfinished trainings"), qPrintable(status));
    QVERIFY(window->close()); // asks nothing
    window.reset();
    const std::vector<KeptTraining> found = findKeptTrainings(trainingsFolder());
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].canResume() && found[0].step >= validated);
    QVERIFY(!readMap(found[0].map()).parameters.empty());
  }

  void aSignalEndsATrainingWithItsCheckpointWhole() {
    const DataHome home;
    auto window = windowOnDemo(true);
    QSignalSpy ended(window.get(), &MainWindow::ended);
    const EndSignals signals;
    connect(&signals, &EndSignals::received, window.get(), [&window] { window->end(); });
    trainToTheFirstValidation(*window);
    std::raise(SIGHUP);
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, patience);
    window.reset();
    const std::vector<KeptTraining> found = findKeptTrainings(trainingsFolder());
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(!readMap(found[0].map()).parameters.empty());
  }
};

CORTOGRAPH_TEST(WindowKeepingTest, QApplication)
#include "window_keeping_test.moc"
