#include "base/error.h"
#include "base/parallel.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

using namespace cortograph;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// The thread of each task.
std::vector<std::thread::id> threadsOf(std::int64_t count) {
  std::vector<std::thread::id> of(static_cast<std::size_t>(count));
  inParallel(of.size(), [&](std::size_t i) { of[i] = std::this_thread::get_id(); });
  return of;
}

/// Lets the process have hardly more memory than now: no new thread gets its stack.
class NoMemoryForThreads {
public:
  NoMemoryForThreads() {
    getrlimit(RLIMIT_AS, &before_);
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    constexpr std::size_t spare = std::size_t{4} << 20U;
    rlimit least = before_;
    least.rlim_cur = pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) + spare;
    setrlimit(RLIMIT_AS, &least);
  }
  NoMemoryForThreads(const NoMemoryForThreads&) = delete;
  NoMemoryForThreads& operator=(const NoMemoryForThreads&) = delete;
  NoMemoryForThreads(NoMemoryForThreads&&) = delete;
  NoMemoryForThreads& operator=(NoMemoryForThreads&&) = delete;
  ~NoMemoryForThreads() { setrlimit(RLIMIT_AS, &before_); }

private:
  rlimit before_{};
};

} // namespace

class ParallelTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void cleanup() { setThreads(0); }

  void everyTaskRunsOnce() {
    for (const int threads : {1, 4}) {
      setThreads(threads);
      for (const std::size_t count : {0U, 1U, 3U, 50U}) {
        std::vector<int> runs(count);
        inParallel(count, [&runs](std::size_t i) { ++runs[i]; });
        QVERIFY(std::ranges::all_of(runs, [](int times) { return times == 1; }));
      }
    }
  }

  void countsAloneSayWhichThreadRunsWhat() {
    setThreads(3);
    const std::vector<std::thread::id> of = threadsOf(8);
    QVERIFY(of[0] == std::this_thread::get_id());
    const std::vector<std::size_t> firsts{0, 2, 5, 8};
    for (std::size_t share = 0; share < 3; ++share) {
      for (std::size_t i = firsts[share]; i < firsts[share + 1]; ++i) {
        QVERIFY(of[i] == of[firsts[share]]);
      }
    }
    QCOMPARE(std::set(of.begin(), of.end()).size(), std::size_t{3});
    setThreads(1);
    QVERIFY(std::ranges::all_of(
        threadsOf(8), [](std::thread::id id) { return id == std::this_thread::get_id(); }));
  }

  void allCoresUnlessSaidOtherwise() {
    QCOMPARE(threadsInUse(), std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
    setThreads(5);
    QCOMPARE(threadsInUse(), 5);
  }

  void theLowestTaskThatFailsIsTold() {
    for (const int threads : {1, 4}) {
      setThreads(threads);
      std::atomic<int> done{0};
      CORTOGRAPH_EXPECT_ERROR(inParallel(8,
                                         [&done](int i) {
                                           if (i == 3 || i == 7) {
                                             throw Error(ErrorKind::internal,
                                                         "task " + std::to_string(i));
                                           }
                                           ++done;
                                         }),
                              ErrorKind::internal,
                              "task 3");
      QCOMPARE(done.load(), threads == 1 ? 3 : 6); // of four shares of two, all but each second
    }
  }

  void tasksMayRunTasks() {
    setThreads(2);
    std::atomic<int> sum{0};
    inParallel(3, [&sum](int i) { inParallel(4, [&sum, i](int j) { sum += 10 * i + j; }); });
    QCOMPARE(sum.load(), 4 * 30 + 3 * 6);
  }

  void chunksAreEqualWhateverTheThreads() {
    for (const int threads : {1, 4}) {
      setThreads(threads);
      std::vector<std::int64_t> firsts(5);
      std::vector<std::int64_t> ends(5);
      inChunks(5, 12, [&](std::int64_t chunk, std::int64_t first, std::int64_t end) {
        firsts[static_cast<std::size_t>(chunk)] = first;
        ends[static_cast<std::size_t>(chunk)] = end;
      });
      QVERIFY((firsts == std::vector<std::int64_t>{0, 2, 4, 7, 9}));
      QVERIFY((ends == std::vector<std::int64_t>{2, 4, 7, 9, 12}));
    }
    std::atomic<int> empty{0};
    inChunks(4, 1, [&](std::int64_t, std::int64_t first, std::int64_t end) {
      empty += first == end ? 1 : 0;
    });
    QCOMPARE(empty.load(), 3);
  }

  void newThreadsAreMadeReady() {
    static std::atomic<int> started;
    started = 0;
    setThreads(3, [] { ++started; });
    inParallel(6, [](int) {});
    QCOMPARE(started.load(), 2); // not the calling one
  }

  void runsOnTheThreadsThereAre() {
    if (sanitized) {
      QSKIP("a sanitizer needs more memory than the test leaves");
    }
    constexpr int many = 64;
    setThreads(many);
    std::vector<std::thread::id> of(many);
    {
      const NoMemoryForThreads limit;
      inParallel(many,
                 [&of](int i) { of[static_cast<std::size_t>(i)] = std::this_thread::get_id(); });
    }
    QVERIFY(std::ranges::none_of(of, [](std::thread::id id) { return id == std::thread::id(); }));
    QVERIFY(of.back() == std::this_thread::get_id());
    QVERIFY(std::set(of.begin(), of.end()).size() < many);
  }
};

CORTOGRAPH_TEST(ParallelTest, QCoreApplication)
#include "parallel_test.moc"
