#include "app/jobs/worker.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QSemaphore>

#include <atomic>
#include <memory>
#include <vector>

using namespace cortograph;

class WorkerTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void outcomesArriveHereInOrder() {
    Worker worker("test");
    std::vector<int> arrived;
    QThread* ran = nullptr;
    for (int i = 0; i < 5; ++i) {
      worker.start<int>(
          this,
          [i, &ran](const Control&) {
            ran = QThread::currentThread();
            return i;
          },
          [&arrived, this](const Outcome<int>& outcome) {
            QCOMPARE(QThread::currentThread(), thread());
            arrived.push_back(*outcome.value);
          });
    }
    QTRY_COMPARE(arrived, (std::vector<int>{0, 1, 2, 3, 4}));
    QVERIFY(ran != thread());
  }

  void whateverIsThrownComesAsAnError_data() {
    QTest::addColumn<int>("thrown");
    QTest::addColumn<int>("kind");
    QTest::newRow("Error") << 0 << static_cast<int>(ErrorKind::mismatch);
    QTest::newRow("memory") << 1 << static_cast<int>(ErrorKind::memory);
    QTest::newRow("standard") << 2 << static_cast<int>(ErrorKind::internal);
    QTest::newRow("anything") << 3 << static_cast<int>(ErrorKind::internal);
  }
  void whateverIsThrownComesAsAnError() {
    QFETCH(int, thrown);
    QFETCH(int, kind);
    Worker worker("test");
    std::optional<Error> error;
    worker.start<int>(
        this,
        [thrown](const Control&) -> int {
          switch (thrown) {
          case 0:
            throw Error(ErrorKind::mismatch, "left and right");
          case 1:
            throw std::bad_alloc();
          case 2:
            throw std::runtime_error("oops");
          default:
            throw 5;
          }
        },
        [&error](const Outcome<int>& outcome) { error = outcome.error; });
    QTRY_VERIFY(error.has_value());
    QCOMPARE(static_cast<int>(error->kind()), kind);
  }

  void aCanceledJobSaysSoWhetherItRanOrNot() {
    Worker worker("test");
    QSemaphore running;
    int canceled = 0;
    const auto count = [&canceled](const Outcome<int>& outcome) {
      QVERIFY(outcome.error && outcome.error->kind() == ErrorKind::canceled);
      ++canceled;
    };
    const Job first = worker.start<int>(
        this,
        [&running](const Control& control) -> int {
          running.release();
          while (true) {
            control.cancel.throwIfCanceled();
          }
        },
        count);
    const Job second = worker.start<int>(
        this, [](const Control&) { return 1; }, count);
    running.acquire();
    QVERIFY(first.active());
    second.cancel();
    first.cancel();
    QTRY_COMPARE(canceled, 2);
    QVERIFY(!first.active());
  }

  void aDroppedJobDeliversNothing() {
    Worker worker("test");
    bool dropped = false;
    bool after = false;
    Job job = worker.start<int>(
        this,
        [](const Control&) { return 1; },
        [&dropped](const Outcome<int>&) { dropped = true; });
    job.drop();
    worker.start<int>(
        this, [](const Control&) { return 2; }, [&after](const Outcome<int>&) { after = true; });
    QTRY_VERIFY(after);
    QVERIFY(!dropped);
  }

  void aReceiverThatIsGoneIsNotCalled() {
    Worker worker("test");
    auto receiver = std::make_unique<QObject>();
    QSemaphore mayEnd;
    bool called = false;
    bool after = false;
    worker.start<int>(
        receiver.get(),
        [&mayEnd](const Control&) {
          mayEnd.acquire();
          return 1;
        },
        [&called](const Outcome<int>&) { called = true; });
    receiver.reset();
    mayEnd.release();
    worker.start<int>(
        this, [](const Control&) { return 2; }, [&after](const Outcome<int>&) { after = true; });
    QTRY_VERIFY(after);
    QVERIFY(!called);
  }

  void theNewestUpdateWinsAndTheLastOneComes() {
    Worker worker("test");
    constexpr int updates = 200'000;
    std::vector<int> seen;
    QElapsedTimer clock;
    clock.start();
    const auto publish =
        worker.newestWins<int>(this, [&seen](const int& value) { seen.push_back(value); });
    bool done = false;
    worker.start<int>(
        this,
        [publish](const Control&) {
          for (int i = 1; i <= updates; ++i) {
            publish(i);
          }
          return 0;
        },
        [&done](const Outcome<int>&) { done = true; });
    QTRY_VERIFY(done);
    QTRY_COMPARE(seen.back(), updates);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    const qint64 most = clock.elapsed() / Worker::millisecondsBetweenUpdates + 2;
    QVERIFY2(static_cast<qint64>(seen.size()) <= most, qPrintable(QString::number(seen.size())));
  }

  void progressStopsWithTheJob() {
    Worker worker("test");
    int late = 0;
    bool done = false;
    worker.start<int>(
        this,
        [](const Control& control) {
          control.report({"counting", 1, 2, "things", {}});
          control.report({"counting", 2, 2, "things", {}});
          return 0;
        },
        [&done](const Outcome<int>&) { done = true; },
        [&done, &late](const Progress&) { late += done ? 1 : 0; });
    QTRY_VERIFY(done);
    // Longer than an update may be held back.
    bool passed = false;
    QTimer::singleShot(2 * Worker::millisecondsBetweenUpdates, this, [&passed] { passed = true; });
    QTRY_VERIFY(passed);
    QCOMPARE(late, 0);
  }

  void theDestructorStopsWhatRunsAndForgetsWhatWaits() {
    std::atomic<bool> stopped{false};
    std::atomic<bool> second{false};
    bool delivered = false;
    {
      Worker worker("test");
      QSemaphore running;
      worker.start<int>(
          this,
          [&](const Control& control) -> int {
            running.release();
            while (!control.cancel.canceled()) {
            }
            stopped = true;
            throw Error(ErrorKind::canceled, "Cancelled.");
          },
          [&delivered](const Outcome<int>&) { delivered = true; });
      worker.start<int>(
          this,
          [&second](const Control&) {
            second = true;
            return 1;
          },
          [&delivered](const Outcome<int>&) { delivered = true; });
      running.acquire();
    }
    QVERIFY(stopped);
    QVERIFY(!second);
    QCoreApplication::processEvents();
    QVERIFY(!delivered);
  }
};

CORTOGRAPH_TEST(WorkerTest, QCoreApplication)
#include "worker_test.moc"
