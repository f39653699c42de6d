#include "analysis/truth_report.h"
#include "engine/engine.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <array>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace {

std::filesystem::path subjectFolder() {
  return dataPath("subject-simulated");
}

double meanOf(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Mean scale of the local vertices of V1, V2 and V3, and of all others.
struct Scales {
  double local = 0;
  double other = 0;
};

Scales scalesOf(const BrainMap& map, const Truth& truth) {
  std::array<std::vector<float>, 2> scale;
  for (std::size_t n = 0; n < map.size(); ++n) {
    const bool local = truth.local.at(n) != 0 && hierarchyRank(truth.area.at(n)).value_or(3) < 3;
    scale.at(local ? 0 : 1).push_back(map.scale.values.at(n));
  }
  return {meanOf(scale[0]), meanOf(scale[1])};
}

TrainJob jobWith(const std::string& network, int steps) {
  TrainJob job;
  job.subject = openSubject(subjectFolder().string(), dataPath("fsaverage5"));
  job.network.spec = network;
  job.settings.steps = steps;
  job.settings.bottleneck = 64;
  job.settings.learningRate = 2e-3; // at 4e-3 some seeds lose the place
  job.settings.regularizationSteps = steps;
  return job;
}

TruthReport reportOn(const TrainJob& job, const BrainMap& map) {
  ScoreJob score;
  score.map = std::make_shared<const BrainMap>(map);
  score.subject = job.subject;
  score.network = job.network;
  score.images = ScoredImages::test;
  const TruthReport report = reportTruth(map,
                                         job.subject,
                                         loadEngine().score(score, {}),
                                         loadEngine().cluster({score.map, {}, {}, {}}, {}),
                                         {});
  qInfo("%s: place correlation x %.4f, y %.4f, off by %.3f; local ROC %.3f; layers %.2f to %.2f, "
        "rho %.2f; test R2 %.4f, %.2f of the ceiling (%.2f local, %.2f global), r noise-free %.2f; "
        "clusters %.3f, p %.3f, rotated %.3f, p %.3f of %zu",
        job.network.spec.c_str(),
        report.earlyPlace.rX,
        report.earlyPlace.rY,
        report.earlyPlace.displacement,
        report.localRoc,
        report.hierarchy.layer.front(),
        report.hierarchy.layer.back(),
        report.hierarchy.rho,
        report.r2,
        report.ofCeiling,
        report.ofCeilingLocal,
        report.ofCeilingGlobal,
        report.signalCorrelation,
        report.clusters.agreement,
        report.clusters.permutedP,
        report.clusters.rotatedAgreement,
        report.clusters.rotatedP,
        report.clusters.rotations);
  return report;
}

} // namespace

/// An encoder finds in the responses what they were simulated from.
class TruthTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void placeScaleAndScoreAreRecovered();
  void aRandomNetworkDoesWorse();
  void shuffledResponsesTeachNothing();

private:
  static constexpr int steps = 1200;
  std::optional<TruthReport> gabor_;
};

void TruthTest::placeScaleAndScoreAreRecovered() {
  CORTOGRAPH_NEED(subjectFolder());
  const TrainJob job = jobWith("demo:gabor", steps);
  const BrainMap map = loadEngine().train(job, {}, {});
  QCOMPARE(map.size(), std::size_t{2015});
  QVERIFY(std::filesystem::equivalent(textOf(map.attributes, "surfaces"), dataPath("fsaverage5")));
  gabor_ = reportOn(job, map);
  QVERIFY(gabor_->earlyPlace.vertices > 500);
  QVERIFY(gabor_->earlyPlace.rX > 0.9);
  QVERIFY(gabor_->earlyPlace.rY > 0.9);
  QVERIFY(gabor_->localRoc > 0.9);
  QVERIFY(gabor_->ofCeiling > 0.35);
  const Scales scales = scalesOf(map, *job.subject.truth);
  QVERIFY(scales.local < 0.25);
  QVERIFY(scales.other > 0.5);
}

void TruthTest::aRandomNetworkDoesWorse() {
  CORTOGRAPH_NEED(subjectFolder());
  QVERIFY(gabor_.has_value());
  const TrainJob job = jobWith("demo:random", steps);
  const TruthReport random = reportOn(job, loadEngine().train(job, {}, {}));
  QVERIFY(random.ofCeilingLocal < 0.6 * gabor_->ofCeilingLocal);
}

void TruthTest::shuffledResponsesTeachNothing() {
  CORTOGRAPH_NEED(subjectFolder());
  TrainJob job = jobWith("demo:gabor", 100);
  const Responses& responses = job.subject.training.responses;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < responses.images(); ++i) {
    order.push_back((i * 7 + 3) % responses.images()); // 7 has no factor of 600
  }
  job.subject.training.responses = Responses(responses.rows(order));
  QVERIFY(meanOf(loadEngine().train(job, {}, {}).r2) < 0.02);
}

CORTOGRAPH_TEST(TruthTest, QCoreApplication)
#include "truth_test.moc"
