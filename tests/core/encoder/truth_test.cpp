#include "engine/engine.h"
#include "support/npz.h"
#include "support/test_data.h"

#include <cmath>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace {

std::filesystem::path subjectFolder() {
  return dataPath("subject-simulated");
}

/// What the simulated responses were made from; left vertices, then right.
struct Truth {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<bool> localInEarlyAreas; ///< V1, V2 or V3, answering to one place

  Truth() {
    const auto arrays = readNpz(subjectFolder() / "truth.npz");
    for (const std::string side : {"lh", "rh"}) {
      const Array<float>& place = arrays.at(side + "_xy");
      for (std::size_t n = 0; n < place.rows(); ++n) {
        const float area = arrays.at(side + "_area").values[n];
        x.push_back(place.row(n)[0]);
        y.push_back(place.row(n)[1]);
        localInEarlyAreas.push_back(arrays.at(side + "_local").values[n] != 0 && area >= 1 &&
                                    area <= 3);
      }
    }
  }
};

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto count = static_cast<double>(a.size());
  const double meanA = std::accumulate(a.begin(), a.end(), 0.0) / count;
  const double meanB = std::accumulate(b.begin(), b.end(), 0.0) / count;
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) * (a[i] - meanA);
    bb += (b[i] - meanB) * (b[i] - meanB);
  }
  return ab / std::sqrt(aa * bb);
}

struct Recovered {
  double x = 0; ///< correlations of selected with true place
  double y = 0;
  double r2 = 0;         ///< mean
  double localR2 = 0;    ///< mean over local vertices in early areas
  double ofCeiling = 0;  ///< mean R2 over mean noise ceiling
  double localScale = 0; ///< mean selected scale of local vertices in early areas
  double otherScale = 0; ///< and of all that are not local there
};

double meanOf(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

Recovered recovered(const BrainMap& map) {
  const Truth truth;
  std::array<std::vector<double>, 2> selected;
  std::array<std::vector<double>, 2> wanted;
  std::array<std::vector<double>, 2> scale;
  std::vector<double> r2;
  std::vector<double> localR2;
  std::vector<double> ceiling;
  for (std::size_t n = 0; n < map.size(); ++n) {
    r2.push_back(map.r2.at(n));
    ceiling.push_back(map.noiseCeiling.at(n));
    const bool local = truth.localInEarlyAreas.at(n);
    scale.at(local ? 0 : 1).push_back(map.scale.values.at(n));
    if (local) {
      localR2.push_back(map.r2.at(n));
      selected[0].push_back(map.space.row(n)[0]);
      selected[1].push_back(map.space.row(n)[1]);
      wanted[0].push_back(truth.x.at(n));
      wanted[1].push_back(truth.y.at(n));
    }
  }
  return {correlation(selected[0], wanted[0]),
          correlation(selected[1], wanted[1]),
          meanOf(r2),
          meanOf(localR2),
          meanOf(r2) / meanOf(ceiling),
          meanOf(scale[0]),
          meanOf(scale[1])};
}

TrainJob jobWith(const std::string& network, int steps) {
  TrainJob job;
  job.subject = openSubject(subjectFolder().string(), dataPath("fsaverage5"));
  job.network.spec = network;
  job.settings.steps = steps;
  job.settings.bottleneck = 64;
  job.settings.learningRate = 2e-3; // at 4e-3 some seeds lose the place
  job.settings.regularisationSteps = steps;
  return job;
}

void print(const char* name, const Recovered& found) {
  qInfo("%s: place correlation x %.4f, y %.4f; mean R2 %.4f, %.4f local, %.2f of the ceiling; "
        "scale %.2f local, %.2f other",
        name,
        found.x,
        found.y,
        found.r2,
        found.localR2,
        found.ofCeiling,
        found.localScale,
        found.otherScale);
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
  std::optional<Recovered> gabor_;
};

void TruthTest::placeScaleAndScoreAreRecovered() {
  CORTOGRAPH_NEED(subjectFolder());
  const BrainMap map = loadEngine().train(jobWith("demo:gabor", steps), {}, {});
  QCOMPARE(map.size(), std::size_t{2015});
  QVERIFY(std::filesystem::equivalent(textOf(map.attributes, "surfaces"), dataPath("fsaverage5")));
  gabor_ = recovered(map);
  print("demo:gabor", *gabor_);
  QVERIFY(gabor_->x > 0.9);
  QVERIFY(gabor_->y > 0.9);
  QVERIFY(gabor_->ofCeiling > 0.35);
  QVERIFY(gabor_->localScale < 0.25);
  QVERIFY(gabor_->otherScale > 0.5);
}

void TruthTest::aRandomNetworkDoesWorse() {
  CORTOGRAPH_NEED(subjectFolder());
  QVERIFY(gabor_.has_value());
  const Recovered random = recovered(loadEngine().train(jobWith("demo:random", steps), {}, {}));
  print("demo:random", random);
  QVERIFY(random.localR2 < 0.6 * gabor_->localR2);
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
  const Recovered shuffled = recovered(loadEngine().train(job, {}, {}));
  print("shuffled", shuffled);
  QVERIFY(shuffled.r2 < 0.02);
}

QTEST_GUILESS_MAIN(TruthTest)
#include "truth_test.moc"
