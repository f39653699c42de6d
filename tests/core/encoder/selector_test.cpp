#include "compute/compute.h"
#include "core/encoder/differences.h"
#include "encoder/selector.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// A selector network's weights and what it reads; the weights are leaves that take gradients.
struct Case {
  torch::Tensor encoding;
  std::vector<torch::Tensor> weights;

  [[nodiscard]] torch::Tensor head(decltype(selectorHead)& compute) const {
    return compute(encoding, {weights[0], weights[1], weights[2], weights[3], weights[4]});
  }
};

Case makeCase(std::int64_t vertices, std::int64_t outputs, torch::ScalarType type) {
  torch::manual_seed(3);
  constexpr std::int64_t inputs = 48;
  constexpr std::int64_t hidden = 32;
  const auto options = torch::TensorOptions(torch::kFloat64);
  Case made{torch::rand({vertices, inputs}, options) * 2 - 1,
            {torch::randn({hidden, inputs}, options) * 0.3,
             torch::randn({hidden}, options),
             torch::randn({hidden, hidden}, options) * 0.3,
             torch::randn({hidden}, options),
             torch::randn({outputs, hidden}, options)}};
  // Float64 values that are float32 numbers, so that both types see the same network.
  made.encoding = made.encoding.to(torch::kFloat32).to(type);
  for (torch::Tensor& weight : made.weights) {
    weight = weight.to(torch::kFloat32).to(type).requires_grad_(true);
  }
  return made;
}

/// The head and the gradients of all weights for one random gradient of the head.
std::vector<torch::Tensor> outcome(const Case& given, decltype(selectorHead)& compute) {
  const torch::Tensor head = given.head(compute);
  torch::manual_seed(5);
  const torch::Tensor gradient = torch::randn(head.sizes(), torch::kFloat64).to(head);
  std::vector<torch::Tensor> all = torch::autograd::grad({head}, given.weights, {gradient});
  all.insert(all.begin(), head.detach());
  return all;
}

double relative(const torch::Tensor& found, const torch::Tensor& expected) {
  return ((found - expected).abs().max() / expected.abs().max()).item<double>();
}

const std::array<const char*, 6> outcomeNames{
    "head", "first weight", "first bias", "second weight", "second bias", "head weight"};

} // namespace

class SelectorTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void headIsThatOfStockOperations_data() {
    QTest::addColumn<int>("vertices");
    QTest::addColumn<int>("outputs");
    QTest::newRow("usual") << 700 << 12;
    QTest::newRow("one vertex, one output") << 1 << 1;
    QTest::newRow("many outputs") << 65 << 40;
  }

  void headIsThatOfStockOperations() {
    QFETCH(const int, vertices);
    QFETCH(const int, outputs);
    const auto expected =
        outcome(makeCase(vertices, outputs, torch::kFloat64), selectorHeadPlainly);
    for (const auto& [type, tolerance] :
         {std::pair{torch::kFloat64, 1e-13}, {torch::kFloat32, 2e-6}}) {
      const auto found = outcome(makeCase(vertices, outputs, type), selectorHead);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        QVERIFY2(expected[i].abs().max().item<double>() > 0, outcomeNames.at(i));
        QVERIFY2(relative(found[i], expected[i]) < tolerance, outcomeNames.at(i));
      }
    }
  }

  void gradientsAreFiniteDifferences() {
    const Case given = makeCase(9, 3, torch::kFloat64);
    const auto gradients = outcome(given, selectorHead);
    torch::manual_seed(5);
    const torch::Tensor along = torch::randn({9, 3}, torch::kFloat64);
    for (std::size_t leaf = 0; leaf < given.weights.size(); ++leaf) {
      const double distance =
          distanceFromDifferences(given.weights[leaf], gradients[leaf + 1], [&] {
            return (given.head(selectorHead) * along).sum().item<double>();
          });
      QVERIFY2(distance < 1e-7, outcomeNames.at(leaf + 1));
    }
  }

  void sumsDoNotDependOnTiming() {
    const Case given = makeCase(2000, 5, torch::kFloat32);
    std::vector<std::vector<torch::Tensor>> found;
    for (const int threads : {1, 3, 3}) {
      useThreads(threads);
      found.push_back(outcome(given, selectorHead));
    }
    useThreads(0);
    for (std::size_t i = 0; i < found[0].size(); ++i) {
      QVERIFY2(torch::equal(found[1][i], found[2][i]), outcomeNames.at(i));
      QVERIFY2(relative(found[1][i], found[0][i]) < 1e-5, outcomeNames.at(i));
    }
    QVERIFY(torch::equal(found[1][0], found[0][0])); // a vertex's own head knows no threads
  }

  void whatIsNoNumberStaysSo() {
    Case given = makeCase(40, 2, torch::kFloat32);
    given.encoding[20][3] = std::numeric_limits<float>::quiet_NaN();
    const torch::Tensor head = given.head(selectorHead).detach();
    for (std::int64_t n = 0; n < 40; ++n) {
      QCOMPARE(torch::isfinite(head[n]).all().item<bool>(), n != 20);
    }
  }
};

CORTOGRAPH_TEST(SelectorTest, QCoreApplication)
#include "selector_test.moc"
