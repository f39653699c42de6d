#include "base/error.h"
#include "base/log.h"
#include "core/base/full_disk.h"
#include "core/encoder/small_training.h"
#include "map/left_out.h"
#include "map/scores.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>

using namespace cortograph;
using namespace cortograph::test;

namespace {

namespace fs = std::filesystem;

/// A small training that validates at steps 3, 6, 9 and 12.
TrainJob jobIn(const QTemporaryDir& folder) {
  TrainJob job = smallJob();
  job.settings.validateEvery = 3;
  job.out = folder.filePath("m.h5").toStdString();
  return job;
}

/// Trains until `steps` are done and is stopped then.
void breakOff(const TrainJob& job, int steps) {
  Control control;
  control.onProgress = [&](const Progress& progress) {
    if (progress.unit == "steps" && progress.done >= steps) {
      control.cancel.cancel();
    }
  };
  CORTOGRAPH_EXPECT_ERROR((void)loadEngine().train(job, control, {}), ErrorKind::canceled, "");
}

/// Everything but the command and the like: bit by bit, and what is no number equals itself.
bool sameResult(const BrainMap& a, const BrainMap& b) {
  const auto bits = [](const std::vector<float>& x, const std::vector<float>& y) {
    return x.size() == y.size() && std::equal(x.begin(), x.end(), y.begin(), [](float p, float q) {
             return p == q || (std::isnan(p) && std::isnan(q));
           });
  };
  return bits(a.layer.values, b.layer.values) && bits(a.space.values, b.space.values) &&
         bits(a.scale.values, b.scale.values) &&
         bits(a.readoutWeight.values, b.readoutWeight.values) &&
         bits(a.readoutBias.values, b.readoutBias.values) && a.parameters == b.parameters &&
         bits(a.r2, b.r2) && a.history.step == b.history.step &&
         bits(a.history.loss, b.history.loss) && bits(a.history.r2, b.history.r2) &&
         a.attributes == b.attributes;
}

/// What is logged while it lives.
class Log {
public:
  Log() {
    setLogSink([this](LogLevel, std::string_view line) { text += std::string(line) + "\n"; });
  }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;
  Log(Log&&) = delete;
  Log& operator=(Log&&) = delete;
  ~Log() { setLogSink({}); }

  std::string text;
};

} // namespace

class CheckpointTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aResumedTrainingIsTheUnbrokenOne_data() {
    QTest::addColumn<int>("stopped");
    QTest::addColumn<bool>("best");
    QTest::addColumn<bool>("stream");
    QTest::addColumn<bool>("lacking");
    QTest::newRow("just after a checkpoint") << 6 << false << false << false;
    QTest::newRow("between two") << 8 << false << false << false;
    QTest::newRow("best kept") << 10 << true << false << false;
    QTest::newRow("tokens computed as they are needed") << 5 << false << true << false;
    QTest::newRow("a vertex left out") << 6 << true << false << true;
  }

  void aResumedTrainingIsTheUnbrokenOne() {
    QFETCH(const int, stopped);
    QFETCH(const bool, best);
    QFETCH(const bool, stream);
    QFETCH(const bool, lacking);
    const QTemporaryDir folder;
    TrainJob job = jobIn(folder);
    if (lacking) {
      Array<float> responses = responsesOf(job.subject.training);
      responses.row(5)[7] = std::numeric_limits<float>::quiet_NaN();
      job.subject.training.responses = Responses(std::move(responses));
    }
    job.settings.keepBest = best;
    job.settings.decay = Decay::cosine;
    job.settings.warmupSteps = 4;
    job.streamTokens = stream;
    const BrainMap unbroken = train(job);
    QVERIFY(!fs::exists(checkpointOf(job.out)));

    breakOff(job, stopped);
    QVERIFY(isMap(checkpointOf(job.out)));
    const BrainMap saved = readMap(checkpointOf(job.out));
    QCOMPARE(saved.history.step.back(), stopped / 3 * 3);
    QCOMPARE(leftOutCount(saved), std::size_t{lacking ? 1U : 0U});
    QCOMPARE(std::isnan(saved.readoutBias.values[7]), lacking);
    job.resume = true;
    const Log log;
    QVERIFY(sameResult(train(job), unbroken));
    QVERIFY2(log.text.find("after step " + std::to_string(stopped / 3 * 3)) != std::string::npos,
             log.text.c_str());
    QVERIFY(sameResult(readMap(job.out), unbroken));
    QVERIFY(!fs::exists(checkpointOf(job.out)));
  }

  void withoutACheckpointResumingIsStarting() {
    const QTemporaryDir folder;
    TrainJob job = jobIn(folder);
    const BrainMap unbroken = train(job);
    job.resume = true;
    QVERIFY(sameResult(train(job), unbroken));
  }

  void startingAnewSaysWhatItReplaces() {
    const QTemporaryDir folder;
    const TrainJob job = jobIn(folder);
    breakOff(job, 4);
    const Log log;
    (void)train(job);
    QVERIFY2(log.text.find("--resume") != std::string::npos, log.text.c_str());
  }

  void aCheckpointOfAnotherTrainingIsRefused() {
    const QTemporaryDir folder;
    TrainJob job = jobIn(folder);
    breakOff(job, 4);
    job.resume = true;
    TrainJob other = job;
    other.settings.learningRate = 2e-3;
    CORTOGRAPH_EXPECT_ERROR(
        (void)train(other), ErrorKind::mismatch, "learning_rate", "m.checkpoint.h5");
    other = job;
    other.tokenSettings.layers = {0, 1};
    CORTOGRAPH_EXPECT_ERROR((void)train(other), ErrorKind::mismatch, "layers", "\"0,1\"");
    // Another network of the same shape.
    other = job;
    other.resume = false;
    other.network.spec = "demo:random";
    breakOff(other, 4);
    other.resume = true;
    other.network.spec = "demo:supervised";
    CORTOGRAPH_EXPECT_ERROR((void)train(other), ErrorKind::mismatch, "network");
    // A map that is no checkpoint, and no map at all.
    fs::remove(checkpointOf(job.out));
    TrainJob whole = job;
    whole.out = folder.filePath("w.h5").toStdString();
    (void)train(whole);
    fs::rename(whole.out, checkpointOf(job.out));
    CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::format, "no training state");
    fs::resize_file(checkpointOf(job.out), 5000);
    CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::format, "m.checkpoint.h5");
  }

  void aFullDiskCostsACheckpointNotTheTraining() {
    const QTemporaryDir folder;
    const TrainJob job = jobIn(folder);
    const BrainMap unbroken = train(job);
    fs::remove(job.out);
    const Log log;
    {
      const FullDisk full(20'000);
      CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::file, "m.h5");
    }
    QVERIFY2(log.text.find("without a checkpoint at step 3") != std::string::npos,
             log.text.c_str());
    QVERIFY2(log.text.find("without a checkpoint at step 9") != std::string::npos,
             log.text.c_str());
    QVERIFY(fs::is_empty(folder.path().toStdString()));
    QVERIFY(sameResult(train(job), unbroken));
  }

  void patienceEndsATrainingThatDoesNotImprove() {
    const QTemporaryDir folder;
    TrainJob job = jobIn(folder);
    job.settings.steps = 3000;
    job.settings.learningRate = 0.05; // overshoots: the best is soon behind it
    job.settings.patience = 2;
    const BrainMap map = train(job);
    const int done = std::stoi(textOf(map.attributes, "steps_done"));
    const int kept = std::stoi(textOf(map.attributes, "kept_step"));
    QVERIFY(done < 3000);
    QCOMPARE(kept, done - 2 * 3);
    float best = -std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < map.history.step.size(); ++i) {
      if (!std::isnan(map.history.r2[i])) {
        best = std::max(best, map.history.r2[i]);
      }
    }
    QVERIFY(std::abs(summarize(map.r2).mean - best) < 1e-5);
    // The map is that of the step which is named.
    job.settings.patience = 0;
    job.settings.steps = kept;
    QCOMPARE(train(job).readoutWeight, map.readoutWeight);
  }

  void aTrainingThatFailsNamesTheLastGoodCheckpoint() {
    const QTemporaryDir folder;
    TrainJob job = jobIn(folder);
    job.settings.learningRate = 1e30;
    job.settings.warmupSteps = 12;
    job.settings.validateEvery = 1;
    Array<float> responses({images, job.subject.vertices.size()});
    std::fill(responses.values.begin(), responses.values.end(), 1e30F);
    std::ranges::fill(responses.row(0), -1e30F); // responses that never change are left out
    job.subject.training.responses = Responses(std::move(responses));
    CORTOGRAPH_EXPECT_ERROR(
        (void)train(job), ErrorKind::mismatch, "at step ", "m.checkpoint.h5, of step ");
    QVERIFY(isMap(checkpointOf(job.out)));
  }

  void streamedTokensTeachTheSame() {
    const QTemporaryDir folder;
    TrainJob job = smallJob();
    const BrainMap held = train(job);
    job.streamTokens = true;
    // The network sees other images together: sums end in other digits.
    QVERIFY(distance(train(job).readoutWeight.values, held.readoutWeight.values) < 1e-5);
    TokensJob tokens;
    tokens.network = job.network;
    tokens.images = job.subject.training.images;
    tokens.out = folder.filePath("t.h5").toStdString();
    QCOMPARE(loadEngine().extractTokens(tokens, {}), images);
    job.network = {};
    job.tokens = tokens.out;
    const BrainMap streamed = train(job);
    job.streamTokens = false;
    QVERIFY(sameResult(train(job), streamed));
    QVERIFY(distance(streamed.readoutWeight.values, held.readoutWeight.values) < 1e-5);
  }

  void snapshotsTellRegionsAndWaiting() {
    TrainJob job = smallJob();
    job.settings.validateEvery = 3;
    std::vector<std::uint8_t> member(job.subject.vertices.size());
    member[4] = member[7] = 1;
    job.subject.regions.push_back({"pair", "test", member});
    job.subject.regions.push_back({"empty", "test", std::vector<std::uint8_t>(member.size())});
    std::shared_ptr<const TrainSnapshot> last;
    TrainObserver observer;
    observer.snapshotsPerSecond = 0;
    observer.onSnapshot = [&last](const auto& snapshot) { last = snapshot; };
    const BrainMap map = loadEngine().train(job, {}, observer);
    QCOMPARE(last->step, job.settings.steps);
    QCOMPARE(last->r2ByRegion.size(), std::size_t{2});
    QCOMPARE(last->r2ByRegion[0].first, std::string("pair"));
    QCOMPARE(last->r2ByRegion[0].second, (static_cast<double>(map.r2[4]) + map.r2[7]) / 2);
    QVERIFY(std::isnan(last->r2ByRegion[1].second));
    QVERIFY(last->secondsPerStep > 0);
    QVERIFY(last->secondsWaitingPerStep >= 0 &&
            last->secondsWaitingPerStep <= last->secondsPerStep);
  }
};

CORTOGRAPH_TEST(CheckpointTest, QCoreApplication)
#include "checkpoint_test.moc"
