#include "base/error.h"
#include "base/hdf5.h"
#include "base/log.h"
#include "core/base/full_disk.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "tokens/token_batches.h"
#include "tokens/token_file.h"

#include <QTemporaryDir>

#include <atomic>
#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// Pictures of one colour each; the same number is the same content.
std::vector<Stimulus> pictures(const std::vector<int>& numbers) {
  std::vector<Stimulus> images;
  for (const int number : numbers) {
    auto picture = std::make_shared<Picture>(40, 30);
    for (std::size_t i = 0; i < picture->rgba.size(); ++i) {
      picture->rgba[i] = static_cast<std::uint8_t>(i % 4 == 3 ? 255 : 3 * number + 1);
    }
    images.push_back({"picture " + std::to_string(number), {}, picture});
  }
  return images;
}

NetworkSource gaborSource() {
  NetworkSource source;
  source.spec = "demo:gabor";
  return source;
}

/// A network that remembers how many images it was shown, and can fail at one.
class CountingNetwork final : public Network {
public:
  explicit CountingNetwork(const NetworkSource& source = gaborSource())
      : CountingNetwork(openNetwork(source, torch::kCPU)) {}

  [[nodiscard]] Tokens tokens(const torch::Tensor& images,
                              const CancelToken& cancel) const override {
    count_ += static_cast<int>(images.size(0));
    if (failAt_ > 0 && count_ >= failAt_) {
      throw Error(ErrorKind::internal, "The network failed.");
    }
    return network_->tokens(images, cancel);
  }
  /// Since the last call.
  int counted() { return count_.exchange(0); }
  void failAt(int count) { failAt_ = count; }

private:
  explicit CountingNetwork(std::unique_ptr<const Network> network)
      : Network(network->info(), network->preparation(), torch::kCPU),
        network_(std::move(network)) {}

  std::unique_ptr<const Network> network_;
  mutable std::atomic<int> count_{0};
  int failAt_ = 0;
};

/// What the log says while it lives.
class LogCapture {
public:
  LogCapture() {
    setLogSink(
        [this](LogLevel, std::string_view message) { text_ += std::string(message) + "\n"; });
  }
  LogCapture(const LogCapture&) = delete;
  LogCapture& operator=(const LogCapture&) = delete;
  LogCapture(LogCapture&&) = delete;
  LogCapture& operator=(LogCapture&&) = delete;
  ~LogCapture() { setLogSink({}); }
  [[nodiscard]] bool has(const std::string& words) const {
    return text_.find(words) != std::string::npos;
  }
  [[nodiscard]] const char* text() const { return text_.c_str(); }

private:
  std::string text_;
};

Control canceledAt(double images) {
  Control control;
  control.onProgress = [cancel = control.cancel, images](const Progress& progress) {
    if (progress.done >= images) {
      cancel.cancel();
    }
  };
  return control;
}

bool sameTokens(const fs::path& a, const fs::path& b) {
  const Tokens left = readTokenFile(a);
  const Tokens right = readTokenFile(b);
  bool same = left.layers() == right.layers();
  for (std::size_t i = 0; same && i < left.layers(); ++i) {
    same = torch::equal(left.local[i], right.local[i]) &&
           torch::equal(left.global[i], right.global[i]);
  }
  return same;
}

} // namespace

class TokenResumeTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void goesOnAfterACancel() {
    const TokensJob whole = jobOf({0, 1, 2, 3, 4, 5, 6, 7}, "whole.h5");
    CountingNetwork network;
    writeTokenFile(whole, network, {});
    QCOMPARE(network.counted(), 8);
    TokensJob job = jobOf({0, 1, 2, 3, 4, 5, 6, 7}, "cut.h5");
    int computed = 0;
    for (const int images : {2, 6}) {
      const LogCapture log;
      CORTOGRAPH_EXPECT_ERROR(
          writeTokenFile(job, network, canceledAt(images)), ErrorKind::canceled, "");
      QVERIFY2(log.has(std::to_string(images) + " of 8 images are kept"), log.text());
      QVERIFY(!fs::exists(job.out));
      computed += network.counted();
    }
    std::vector<double> done;
    Control control;
    control.onProgress = [&done](const Progress& progress) {
      QCOMPARE(progress.total, 8.0);
      done.push_back(progress.done);
    };
    writeTokenFile(job, network, control);
    QCOMPARE(done, (std::vector<double>{6, 8}));
    QCOMPARE(computed + network.counted(), 8);
    QVERIFY(bytesOf(job.out) == bytesOf(whole.out));
    QVERIFY(!fs::exists(partialOf(job)));
  }

  void leavesAWholeFileAsItIs() {
    const TokensJob job = jobOf({0, 1, 2}, "whole.h5");
    CountingNetwork network;
    writeTokenFile(job, network, {});
    const auto time = fs::last_write_time(job.out);
    const LogCapture log;
    QCOMPARE(writeTokenFile(job, network, {}), std::size_t{3});
    QCOMPARE(network.counted(), 3);
    QVERIFY2(log.has("already holds the tokens of these 3 images"), log.text());
    QVERIFY(fs::last_write_time(job.out) == time);
  }

  void computesOnlyAddedImages() {
    CountingNetwork network;
    writeTokenFile(jobOf({0, 1, 2}, "grown.h5"), network, {});
    QCOMPARE(network.counted(), 3);
    const TokensJob grown = jobOf({5, 2, 1, 6, 0, 7}, "grown.h5");
    const LogCapture log;
    writeTokenFile(grown, network, {});
    QCOMPARE(network.counted(), 3);
    QVERIFY2(log.has("Tokens of 3 images are taken from"), log.text());
    const TokensJob anew = jobOf({5, 2, 1, 6, 0, 7}, "anew.h5");
    writeTokenFile(anew, network, {});
    QVERIFY(sameTokens(grown.out, anew.out));
    QCOMPARE(readTokenFileInfo(grown.out).imageNames[3], std::string("picture 6"));
  }

  // What a cancelled run of other images has done is not lost, nor that of the one after it.
  void takesFromAPartialOfOtherImages() {
    CountingNetwork network;
    const TokensJob first = jobOf({0, 1, 2, 3}, "t.h5");
    CORTOGRAPH_EXPECT_ERROR(writeTokenFile(first, network, canceledAt(2)), ErrorKind::canceled, "");
    QCOMPARE(network.counted(), 2);
    const TokensJob second = jobOf({7, 1, 0, 8}, "t.h5");
    CORTOGRAPH_EXPECT_ERROR(
        writeTokenFile(second, network, canceledAt(1)), ErrorKind::canceled, "");
    QCOMPARE(network.counted(), 0);
    const TokensJob third = jobOf({0, 9, 1}, "t.h5");
    writeTokenFile(third, network, {});
    QCOMPARE(network.counted(), 1);
    const TokensJob anew = jobOf({0, 9, 1}, "anew.h5");
    writeTokenFile(anew, network, {});
    QVERIFY(sameTokens(third.out, anew.out));
    QVERIFY(!fs::exists(partialOf(third)));
    QVERIFY(!fs::exists(partialOf(third) + "-before"));
  }

  void computesAllForAnotherRecipe_data() {
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("words");
    QTest::newRow("preprocessing") << 0 << "another preprocessing (";
    QTest::newRow("grid") << 1 << "another grid (8; now 4)";
    QTest::newRow("layers") << 2 << "another layers (0,1,2,3,4,5; now 0,1)";
    QTest::newRow("stored type") << 3 << "another stored type (float32; now float16)";
    QTest::newRow("activation") << 4 << "another activation (";
  }
  void computesAllForAnotherRecipe() {
    QFETCH(int, what);
    QFETCH(QString, words);
    TokensJob job = jobOf({0, 1, 2}, "t.h5");
    CountingNetwork before;
    writeTokenFile(job, before, {});
    const std::string whole = bytesOf(job.out);
    if (what == 0) {
      job.network.preprocess = Preprocess::native;
    } else if (what == 1) {
      job.tokens.grid = {4, 4};
    } else if (what == 2) {
      job.tokens.layers = {0, 1};
    } else if (what == 3) {
      job.float16 = true;
    } else {
      job.network.activation = "quick_gelu";
    }
    CountingNetwork network(job.network);
    const LogCapture log;
    CORTOGRAPH_EXPECT_ERROR(writeTokenFile(job, network, canceledAt(2)), ErrorKind::canceled, "");
    QVERIFY(bytesOf(job.out) == whole); // until the new one is
    writeTokenFile(job, network, {});
    QCOMPARE(network.counted(), 3);
    QVERIFY2(log.has(words.toStdString()), log.text());
    QVERIFY(bytesOf(job.out) != whole);
  }

  void keepsWhatIsDoneWhenTheNetworkFails() {
    CountingNetwork network;
    const TokensJob job = jobOf({0, 1, 2, 3, 4, 5}, "t.h5");
    network.failAt(5);
    CORTOGRAPH_EXPECT_ERROR(writeTokenFile(job, network, {}), ErrorKind::internal, "failed");
    network.failAt(0);
    QVERIFY(network.counted() >= 5);
    QVERIFY(fs::exists(partialOf(job)));
    CORTOGRAPH_EXPECT_ERROR(TokenFile(fs::path(partialOf(job))), ErrorKind::format, "only 4 of 6");
    writeTokenFile(job, network, {});
    QCOMPARE(network.counted(), 2);
  }

  void keepsWhatIsDoneOnAFullDisk() {
    CountingNetwork network;
    TokensJob job = jobOf({0, 1, 2, 3, 4, 5}, "t.h5");
    job.tokens.layers = {0}; // rows follow each other
    std::unique_ptr<FullDisk> full;
    Control control;
    control.onProgress = [&full](const Progress& progress) {
      if (progress.done >= 2 && !full) {
        full = std::make_unique<FullDisk>(60'000);
      }
    };
    CORTOGRAPH_EXPECT_ERROR(writeTokenFile(job, network, control), ErrorKind::file, "space");
    full.reset();
    QVERIFY(network.counted() >= 2);
    QVERIFY(fs::exists(partialOf(job)) && !fs::exists(job.out));
    writeTokenFile(job, network, {});
    QVERIFY(network.counted() <= 4);
    const TokensJob anew = [&] {
      TokensJob other = jobOf({0, 1, 2, 3, 4, 5}, "anew.h5");
      other.tokens.layers = {0};
      return other;
    }();
    writeTokenFile(anew, network, {});
    QVERIFY(bytesOf(job.out) == bytesOf(anew.out));
  }

  void refusesWhatDoesNotFitTheDisk() {
    CountingNetwork network;
    TokensJob job = jobOf({0, 1, 2}, "t.h5");
    writeTokenFile(job, network, {});
    const std::string whole = bytesOf(job.out);
    job.tokens.grid = {16384, 16384}; // 1.5 petabytes
    CORTOGRAPH_EXPECT_ERROR(
        writeTokenFile(job, network, {}), ErrorKind::file, "GB free", "float16");
    QVERIFY(bytesOf(job.out) == whole && !fs::exists(partialOf(job)));
    QCOMPARE(network.counted(), 3);
  }

  void beginsAnewAfterADamagedPartial() {
    CountingNetwork network;
    const TokensJob job = jobOf({0, 1}, "t.h5");
    writeBytes(partialOf(job), "\x89HDF\r\n\x1a\nand then nothing");
    const LogCapture log;
    writeTokenFile(job, network, {});
    QCOMPARE(network.counted(), 2);
    QVERIFY2(log.has("can't be read and is begun anew"), log.text());
  }

  void twoRunsDoNotMix() {
    CountingNetwork network;
    const TokensJob job = jobOf({0, 1, 2}, "t.h5");
    Control control;
    bool refused = false;
    control.onProgress = [&](const Progress&) {
      CORTOGRAPH_EXPECT_ERROR(
          writeTokenFile(job, network, {}), ErrorKind::file, "Another run is making", "t.h5");
      refused = true;
    };
    writeTokenFile(job, network, control);
    QVERIFY(refused);
    QVERIFY(fs::exists(job.out));
  }

  void tokensDoNotDependOnTheBatch() {
    CountingNetwork network;
    TokensJob job = jobOf({0, 1, 2, 3, 4}, "a.h5");
    writeTokenFile(job, network, {});
    const fs::path batchesOfTwo = job.out;
    job = jobOf({0, 1, 2, 3, 4}, "b.h5");
    job.tokens.batch = 5;
    writeTokenFile(job, network, {});
    QVERIFY(sameTokens(batchesOfTwo, job.out));
  }

  void halfPrecisionNeedsCuda() {
    TokensJob job = jobOf({0, 1}, "t.h5");
    job.tokens.half = true;
    CountingNetwork network;
    CORTOGRAPH_EXPECT_ERROR(
        writeTokenFile(job, network, {}), ErrorKind::unsupported, "Half precision", "CUDA");
    QVERIFY(!fs::exists(partialOf(job)));
  }

  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

private:
  [[nodiscard]] TokensJob jobOf(const std::vector<int>& numbers, const char* name) const {
    TokensJob job;
    job.network = gaborSource();
    job.tokens.batch = 2;
    job.images = pictures(numbers);
    job.out = folder_->filePath(name).toStdString();
    return job;
  }
  static std::string partialOf(const TokensJob& job) { return job.out.string() + ".partial"; }

  std::unique_ptr<QTemporaryDir> folder_;
};

CORTOGRAPH_TEST(TokenResumeTest, QCoreApplication)
#include "token_resume_test.moc"
