#include "base/error.h"
#include "demo/training/probe.h"
#include "demo/training/ranking.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;

class ProbeTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void precisionByHand() {
    // By falling score: hit, miss, hit, miss: (1/1 + 2/3) / 2. The second column has no hit.
    const torch::Tensor scores = torch::tensor({{0.1, 4.0}, {0.9, 3.0}, {0.5, 2.0}, {0.7, 1.0}});
    const torch::Tensor labels = torch::tensor({{0.0, 0.0}, {1.0, 0.0}, {1.0, 0.0}, {0.0, 0.0}});
    const torch::Tensor precision = averagePrecision(scores, labels);
    QCOMPARE(precision[0].item<double>(), 5.0 / 6);
    QVERIFY(std::isnan(precision[1].item<double>()));
    QCOMPARE(meanAveragePrecision(scores, labels), 5.0 / 6);
  }

  void neighborsVote() {
    const torch::Tensor known = torch::tensor({{1.0F, 0.0F}, {0.9F, 0.1F}, {0.0F, 1.0F}});
    const torch::Tensor labels = torch::tensor({2, 2, 0}, torch::kInt64);
    const torch::Tensor tested = torch::tensor({{3.0F, 0.5F}, {0.1F, 0.7F}});
    QCOMPARE(neighborAccuracy(known, labels, tested, torch::tensor({2, 0}), 2), 1.0);
    QCOMPARE(neighborAccuracy(known, labels, tested, torch::tensor({2, 2}), 2), 0.5);
  }

  void r2ByHand() {
    const torch::Tensor truth = torch::tensor({{1.0, 5.0}, {3.0, 5.0}});
    const torch::Tensor guess = torch::tensor({{1.5, 5.0}, {3.0, 5.0}});
    QCOMPARE(meanR2(guess, truth), 1 - 0.25 / 2); // the second column never changes
  }

  /// Targets that are linear in the features are found on rows that were not fitted, also when
  /// features have very different sizes; targets that have nothing to do with them are not.
  void ridgeFindsWhatIsLinear() {
    torch::manual_seed(4);
    const torch::Tensor x = torch::randn({900, 6}) * torch::tensor({1.0, 1e3, 1e-3, 5.0, 1.0, 0.0});
    const torch::Tensor linear = torch::stack(
        {2 * x.select(1, 0) - x.select(1, 1) / 300 + 7, x.select(1, 2) * 1e4 - x.select(1, 3)}, 1);
    const torch::Tensor noise = torch::randn({900, 2});
    const auto r2 = [&](const torch::Tensor& y) {
      return meanR2(ridgePrediction(x.slice(0, 0, 600), y.slice(0, 0, 600), x.slice(0, 600)),
                    y.slice(0, 600));
    };
    QVERIFY(r2(linear) > 0.9999);
    QVERIFY(r2(noise) < 0.02);
    QVERIFY(std::abs(r2(linear + noise * linear.std(0)) - 0.5) < 0.1);
  }

  /// demo:gabor carries the picture's mean colour from its first block on, by construction.
  void findsWhatANetworkHolds() {
    ProbeJob job;
    job.network.spec = "demo:gabor";
    job.scenes = 500;
    job.testScenes = 150;
    const ProbeResult result = probeNetwork(job, {});
    QCOMPARE(result.network, std::string("Gabor ViT (demo)"));
    QCOMPARE(result.kinds.size(), std::size_t{6});
    for (std::size_t layer = 0; layer < 6; ++layer) {
      QVERIFY(result.color[layer] > 0.9);
      QVERIFY(result.contrast[layer] > 0.5);
      QVERIFY(result.kinds[layer] > result.kindsByChance);
    }
    CORTOGRAPH_EXPECT_ERROR(
        [] {
          ProbeJob none;
          none.network.spec = "demo:none";
          (void)probeNetwork(none, {});
        }(),
        ErrorKind::notFound,
        "demo:none");
  }

  void canBeCanceled() {
    ProbeJob job;
    job.network.spec = "demo:random";
    const Control control;
    control.cancel.cancel();
    CORTOGRAPH_EXPECT_ERROR((void)probeNetwork(job, control), ErrorKind::canceled, "");
  }
};

CORTOGRAPH_TEST(ProbeTest, QCoreApplication)
#include "probe_test.moc"
