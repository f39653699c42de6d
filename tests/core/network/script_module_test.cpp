#include "base/error.h"
#include "base/seal.h"
#include "network/module/script_module.h"
#include "network/network.h"
#include "small_module.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <csignal>
#include <fstream>
#include <thread>

#if defined(__linux__)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#endif

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

constexpr const char* endless = "def forward(self, x):\n"
                                "  while True:\n"
                                "    x = x + 1\n"
                                "  return [x]\n";

/// Processes that this one has started and not waited for.
std::vector<int> startedProcesses() {
  std::vector<int> found;
  for (const auto& task : fs::directory_iterator("/proc/self/task")) {
    std::ifstream list(task.path() / "children");
    for (int child = 0; list >> child;) {
      found.push_back(child);
    }
  }
  return found;
}

/// Processor time of a process, in clock ticks (proc(5)).
long ticksOf(int process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::string word;
  for (int field = 1; field < 14; ++field) {
    file >> word;
  }
  long user = 0;
  file >> user;
  return user;
}

#if defined(__linux__)
/// Lets the calling thread, and what it starts, make no filter of its own.
void forbidSealing() {
  sock_filter filter[] = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                          BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
                          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
                          BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  const sock_fprog program{4, filter};
  QCOMPARE(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
  QCOMPARE(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program), 0L);
}
#endif

} // namespace

/// Modules that do more than compute, or never end.
class ScriptModuleTest : public QObject {
  Q_OBJECT

  const QTemporaryDir folder_;
  const fs::path path_ = folder_.filePath("hostile.pt").toStdString();
  const fs::path touched_ = folder_.filePath("touched").toStdString();

  void write(const std::string& code) const { convolutional(code).save(path_.string()); }
  /// Loads the module and runs it on an image.
  void run(const ModuleLimits& limits = {}, const CancelToken& cancel = {}) const {
    const ScriptModule module(WeightFile::open(path_), Trust::sealed, cancel, limits);
    (void)module.layers({32, 48}, cancel);
  }
  [[nodiscard]] std::string at(const fs::path& file) const { return "\"" + file.string() + "\""; }

private Q_SLOTS:
  void initTestCase() {
    if (!canSealProcesses()) {
      QSKIP("This system can't seal processes.");
    }
  }

  /// None stays, as a zombie or otherwise.
  void cleanup() {
    QVERIFY(startedProcesses().empty());
    QVERIFY(!fs::exists(touched_));
  }

  void describingRunsNothing() {
    write("def forward(self, x):\n"
          "  return [x]\n"
          "def __getstate__(self):\n"
          "  return self.first\n"
          "def __setstate__(self, state: Tensor):\n"
          "  while True:\n"
          "    state = state + 1\n"
          "  self.first = state\n"
          "  self.second = state\n");
    NetworkSource source;
    source.spec = path_.string();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(describeNetwork(source).layers.empty());
    QVERIFY(clock.elapsed() < 10'000);
  }

  void opensNoFiles_data() {
    QTest::addColumn<QString>("code");
    const QString file = QString::fromStdString(at(touched_));
    const auto forward = [](const QString& line) {
      return "def forward(self, x):\n  " + line + "\n  return [x + y.sum()]\n";
    };
    QTest::newRow("read") << forward("y = torch.from_file(\"/etc/passwd\", False, 10)");
    QTest::newRow("write") << forward("y = torch.from_file(" + file + ", True, 10)");
  }
  void opensNoFiles() {
    QFETCH(QString, code);
    write(code.toStdString());
    CORTOGRAPH_EXPECT_ERROR(
        run(), ErrorKind::unsupported, "hostile.pt", "Operation not permitted", "only compute");
  }

  /// LibTorch does not look whether torch.save could write, so the module goes on.
  void savesNothing_data() {
    QTest::addColumn<QString>("code");
    const QString file = QString::fromStdString(at(touched_));
    const QString forward = "def forward(self, x):\n  %1\n  return [x]\n";
    QTest::newRow("torch.save") << forward.arg("torch.save(x, " + file + ")");
    QTest::newRow("with a blank") << forward.arg("torch.save (x, " + file + ")");
    QTest::newRow("when loaded") << "def forward(self, x):\n"
                                    "  return [x]\n"
                                    "def __getstate__(self):\n"
                                    "  return self.first\n"
                                    "def __setstate__(self, state: Tensor):\n"
                                    "  torch.save(state, " +
                                        file +
                                        ")\n"
                                        "  self.first = state\n"
                                        "  self.second = state\n";
  }
  void savesNothing() {
    QFETCH(QString, code);
    write(code.toStdString());
    std::ofstream(folder_.filePath("kept").toStdString()) << "kept";
    run();
    QVERIFY(!fs::exists(touched_));
  }

  void keepsFilesThatAreThere() {
    const fs::path kept = folder_.filePath("kept").toStdString();
    std::ofstream(kept) << "kept";
    write("def forward(self, x):\n  torch.save(x, " + at(kept) + ")\n  return [x]\n");
    run();
    QCOMPARE(fs::file_size(kept), std::uintmax_t{4});
  }

  void memoryIsLimited_data() {
    QTest::addColumn<QString>("code");
    QTest::newRow("a terabyte at once") << "def forward(self, x):\n"
                                           "  return [x + torch.zeros([1024, 1024, 1024, 256])]\n";
    QTest::newRow("more and more") << "def forward(self, x):\n"
                                      "  all = [x]\n"
                                      "  while True:\n"
                                      "    all.append(torch.ones([1024, 1024]))\n"
                                      "  return all\n";
  }
  void memoryIsLimited() {
    QFETCH(QString, code);
    write(code.toStdString());
    CORTOGRAPH_EXPECT_ERROR(
        run({.memory = 500'000'000}), ErrorKind::memory, "hostile.pt", "500 MB", "--image-size");
    CORTOGRAPH_EXPECT_ERROR(run({.memory = 1000}), ErrorKind::memory, "hostile.pt");
  }

  void timeIsLimited() {
    write(endless);
    const ScriptModule module(
        WeightFile::open(path_), Trust::sealed, {}, {.toRun = std::chrono::seconds(2)});
    QElapsedTimer clock;
    clock.start();
    CORTOGRAPH_EXPECT_ERROR((void)module.tokens(torch::zeros({1, 3, 32, 48})),
                            ErrorKind::unsupported,
                            "hostile.pt",
                            "within 2 seconds");
    QVERIFY(clock.elapsed() >= 2000);
    QVERIFY(startedProcesses().empty());
    // It has ended; asking again says why.
    CORTOGRAPH_EXPECT_ERROR((void)module.tokens(torch::zeros({1, 3, 32, 48})),
                            ErrorKind::unsupported,
                            "within 2 seconds");
  }

  void isCanceledWithinASecond() {
    write(endless);
    const ScriptModule module(WeightFile::open(path_), Trust::sealed);
    const CancelToken cancel;
    QElapsedTimer sinceCancel;
    std::jthread canceling([&, process = startedProcesses().at(0)] {
      const long before = ticksOf(process);
      while (ticksOf(process) < before + 20) { // until it is at work
        std::this_thread::yield();
      }
      sinceCancel.start();
      cancel.cancel();
    });
    CORTOGRAPH_EXPECT_ERROR(
        (void)module.tokens(torch::zeros({1, 3, 32, 48}), cancel), ErrorKind::canceled, "");
    QVERIFY(sinceCancel.elapsed() < 1000);
  }

  void isCanceledWhileItLoads() {
    write(endless);
    const CancelToken cancel;
    cancel.cancel();
    CORTOGRAPH_EXPECT_ERROR(run({}, cancel), ErrorKind::canceled, "");
  }

  void aProcessThatEndsIsTold_data() {
    QTest::addColumn<int>("signal");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("says");
    const auto kindOf = [](ErrorKind kind) { return static_cast<int>(kind); };
    QTest::newRow("out of memory")
        << SIGKILL << kindOf(ErrorKind::memory) << QByteArray("memory runs out");
    QTest::newRow("crash") << SIGSEGV << kindOf(ErrorKind::unsupported) << QByteArray("signal 11");
  }
  void aProcessThatEndsIsTold() {
    QFETCH(int, signal);
    QFETCH(int, kind);
    QFETCH(QByteArray, says);
    write(endless);
    const ScriptModule module(WeightFile::open(path_), Trust::sealed);
    const std::vector<int> process = startedProcesses();
    QCOMPARE(process.size(), std::size_t{1});
    QCOMPARE(kill(process.front(), signal), 0);
    CORTOGRAPH_EXPECT_ERROR((void)module.tokens(torch::zeros({1, 3, 32, 48})),
                            static_cast<ErrorKind>(kind),
                            "hostile.pt",
                            says.constData());
  }

  /// Errors of the module itself are one line, and it can be asked again.
  void anErrorIsNoEnd() {
    write("def forward(self, x):\n"
          "  assert x.size(0) == 1, \"one image,\\nplease\"\n"
          "  return [x]\n");
    const ScriptModule module(WeightFile::open(path_), Trust::sealed);
    try {
      (void)module.tokens(torch::zeros({2, 3, 32, 48}));
      QFAIL("no error was thrown");
    } catch (const Error& error) {
      QVERIFY2(error.sentence().find("one image,") != std::string::npos, error.what());
      QVERIFY2(error.sentence().find('\n') == std::string::npos, error.what());
    }
    QCOMPARE(module.tokens(torch::zeros({1, 3, 32, 48})).layers(), std::size_t{1});
  }

#if defined(__linux__)
  /// As on a system without seccomp: refused, unless the user says so.
  void withoutASealItIsRefused() {
    write("def forward(self, x):\n  return [x]\n");
    std::jthread([this] {
      forbidSealing();
      QVERIFY(!canSealProcesses());
      CORTOGRAPH_EXPECT_ERROR(
          run(), ErrorKind::unsupported, "hostile.pt", "seccomp", "--trust-unsealed");
      const ScriptModule module(WeightFile::open(path_), Trust::unsealed);
      QCOMPARE(module.layers({32, 48}).size(), std::size_t{1});
    }).join();
  }
#endif

  /// Unsealed it may open files, but not write to them, and memory is limited all the same.
  void unsealedItIsLimited() {
    const fs::path kept = folder_.filePath("kept").toStdString();
    write("def forward(self, x):\n  torch.save(x, " + at(kept) + ")\n  return [x]\n");
    const ScriptModule saves(WeightFile::open(path_), Trust::unsealed);
    QCOMPARE(saves.layers({32, 48}).size(), std::size_t{1});
    QCOMPARE(fs::file_size(kept), std::uintmax_t{0});
    write("def forward(self, x):\n  return [x + torch.zeros([1024, 1024, 1024, 256])]\n");
    const ScriptModule large(WeightFile::open(path_), Trust::unsealed, {}, {.memory = 500'000'000});
    CORTOGRAPH_EXPECT_ERROR((void)large.layers({32, 48}), ErrorKind::memory, "500 MB");
  }
};

CORTOGRAPH_TEST(ScriptModuleTest, QCoreApplication)
#include "script_module_test.moc"
