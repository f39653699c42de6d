#include "base/error.h"
#include "compute/compute.h"
#include "compute/optimizer.h"
#include "core/encoder/differences.h"
#include "encoder/positional_encoding.h"
#include "encoder/score.h"
#include "encoder/selection.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <torch/torch.h>

#include <cmath>
#include <limits>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// One selection's inputs, all leaves that take gradients.
struct Case {
  int height = 0;
  int width = 0;
  std::vector<torch::Tensor> leaves; ///< rows, space, layer, scale, weight, bias

  [[nodiscard]] torch::Tensor response(decltype(selectAndRead)& select) const {
    return select(
        {leaves[0], height, width}, {leaves[1], leaves[2], leaves[3]}, leaves[4], leaves[5]);
  }
};

struct Width {
  std::int64_t vertices, layers, images, channels;
  int height, width;
};

Case makeCase(const Width& extent, torch::ScalarType type) {
  torch::manual_seed(7);
  const auto [vertices, layers, images, channels, height, width] = extent;
  const auto options = torch::TensorOptions(torch::kFloat64);
  // Places reach over the edge of the grid on all sides, and far beyond it.
  Case made{height,
            width,
            {torch::randn({layers * (height * width + 1), images, channels}, options),
             torch::rand({vertices, 2}, options) * 2.6 - 1.3,
             torch::softmax(torch::randn({vertices, layers}, options), 1),
             torch::rand({vertices}, options),
             torch::randn({vertices, channels}, options),
             torch::randn({vertices}, options)}};
  for (torch::Tensor& leaf : made.leaves) {
    leaf = leaf.to(type).detach().requires_grad_(true);
  }
  return made;
}

double relative(const torch::Tensor& found, const torch::Tensor& expected) {
  return ((found - expected).abs().max() / expected.abs().max()).item<double>();
}

/// Response and gradients of all leaves for one random gradient of the response.
std::vector<torch::Tensor> outcome(const Case& given, decltype(selectAndRead)& select) {
  const torch::Tensor response = given.response(select);
  torch::manual_seed(9);
  const torch::Tensor gradient = torch::randn(response.sizes(), torch::kFloat64).to(response);
  std::vector<torch::Tensor> all = torch::autograd::grad({response}, given.leaves, {gradient});
  all.insert(all.begin(), response.detach());
  return all;
}

const std::array<const char*, 7> outcomeNames{
    "response", "rows", "space", "layer", "scale", "weight", "bias"};

} // namespace

class EncoderTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void selectionIsThePlainSum_data();
  void selectionIsThePlainSum();
  void selectionGradientsAreFiniteDifferences();
  void selectionDoesNotDependOnThreads();
  void placesThatAreNoNumbersGiveNoNumbers();
  void optimizerStepsAreThoseOfPyTorch();
  void encodingFrameNeedsSpreadPoints();
  void scoreOfAConstantIsNoNumber();
};

void EncoderTest::selectionIsThePlainSum_data() {
  QTest::addColumn<std::vector<std::int64_t>>("extent"); // N, L, B, D, height, width
  QTest::newRow("usual") << std::vector<std::int64_t>{700, 5, 8, 128, 8, 8};
  QTest::newRow("odd") << std::vector<std::int64_t>{333, 3, 3, 37, 3, 5};
  QTest::newRow("one of each") << std::vector<std::int64_t>{1, 1, 1, 1, 1, 1};
  QTest::newRow("many images") << std::vector<std::int64_t>{90, 2, 19, 64, 7, 4};
}

void EncoderTest::selectionIsThePlainSum() {
  QFETCH(const std::vector<std::int64_t>, extent);
  const Width size{extent[0],
                   extent[1],
                   extent[2],
                   extent[3],
                   static_cast<int>(extent[4]),
                   static_cast<int>(extent[5])};
  const auto expected = outcome(makeCase(size, torch::kFloat64), selectAndReadPlainly);
  for (const auto& [type, tolerance] :
       {std::pair{torch::kFloat64, 1e-12}, {torch::kFloat32, 3e-5}}) {
    // The same values: float32 places may round to another cell, where the sum is continuous but
    // its slope is not; float64 places that are float32 numbers avoid that.
    Case given = makeCase(size, torch::kFloat32);
    for (torch::Tensor& leaf : given.leaves) {
      leaf = leaf.detach().to(type).requires_grad_(true);
    }
    Case reference = given;
    for (torch::Tensor& leaf : reference.leaves) {
      leaf = leaf.detach().to(torch::kFloat64).requires_grad_(true);
    }
    const auto wanted = outcome(reference, selectAndReadPlainly);
    const auto fused = outcome(given, selectAndRead);
    const auto bags = outcome(given, selectAndReadByBags);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      QVERIFY2(wanted[i].abs().max().item<double>() > 0, outcomeNames.at(i));
      QVERIFY2(relative(fused[i], wanted[i]) < tolerance, outcomeNames.at(i));
      QVERIFY2(relative(bags[i], wanted[i]) < tolerance, outcomeNames.at(i));
    }
  }
}

void EncoderTest::selectionGradientsAreFiniteDifferences() {
  const Case given = makeCase({12, 3, 2, 5, 4, 3}, torch::kFloat64);
  const auto gradients = outcome(given, selectAndRead);
  torch::manual_seed(9);
  const torch::Tensor along = torch::randn({2, 12}, torch::kFloat64);
  for (std::size_t leaf = 0; leaf < given.leaves.size(); ++leaf) {
    const double distance = distanceFromDifferences(given.leaves[leaf], gradients[leaf + 1], [&] {
      return (given.response(selectAndRead) * along).sum().item<double>();
    });
    QVERIFY2(distance < 1e-7, outcomeNames.at(leaf + 1));
  }
}

void EncoderTest::selectionDoesNotDependOnThreads() {
  const Case given = makeCase({2000, 4, 4, 32, 8, 8}, torch::kFloat32);
  std::vector<std::vector<torch::Tensor>> found;
  for (const int count : {1, 3, 3}) {
    useThreads(count);
    found.push_back(outcome(given, selectAndRead));
  }
  useThreads(0);
  for (std::size_t i = 0; i < found[0].size(); ++i) {
    QVERIFY2(torch::equal(found[1][i], found[2][i]), outcomeNames.at(i));
    QVERIFY2(relative(found[1][i], found[0][i]) < 1e-5, outcomeNames.at(i));
  }
}

void EncoderTest::placesThatAreNoNumbersGiveNoNumbers() {
  Case given = makeCase({50, 2, 3, 8, 4, 4}, torch::kFloat32);
  {
    const torch::NoGradGuard noGrad;
    given.leaves[1][20][0] = std::numeric_limits<float>::quiet_NaN();
    given.leaves[1][30][1] = std::numeric_limits<float>::infinity();
  }
  const torch::Tensor response = given.response(selectAndRead).detach();
  for (std::int64_t n = 0; n < 50; ++n) {
    const bool finite = torch::isfinite(response.select(1, n)).all().item<bool>();
    QCOMPARE(finite, n != 20 && n != 30);
  }
}

void EncoderTest::optimizerStepsAreThoseOfPyTorch() {
  ParameterSet own({{"a", {7, 5}, 5}, {"b", {11}, 5}, {"zero", {3}, 0}}, torch::kCPU, 3);
  QVERIFY(own.at("zero").abs().max().item<float>() == 0);
  QVERIFY(own.at("a").abs().max().item<double>() <= 1 / std::sqrt(5.0));
  std::vector<torch::Tensor> theirs;
  for (const NamedParameter& parameter : own.all()) {
    theirs.push_back(parameter.value.detach().clone().requires_grad_(true));
  }
  AdamW optimizer(own, 0.1);
  torch::optim::AdamW reference(
      theirs, torch::optim::AdamWOptions(0.01).betas({0.9, 0.999}).eps(1e-8).weight_decay(0.1));
  for (int step = 0; step < 20; ++step) {
    own.gradients().zero_();
    reference.zero_grad();
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      const double pull = step % 2 == 0 ? 3.0 : 1e-3; // clipped on every other step
      ((own.all()[i].value - 1).pow(2).sum() * pull).backward();
      ((theirs[i] - 1).pow(2).sum() * pull).backward();
    }
    const double norm = clipGradients(own, 0.5);
    const double expected = torch::nn::utils::clip_grad_norm_(theirs, 0.5);
    QVERIFY(std::abs(norm - expected) < 1e-5 * expected);
    QCOMPARE(norm > 0.5, step % 2 == 0);
    optimizer.step(0.01);
    reference.step();
  }
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    QVERIFY(relative(own.all()[i].value, theirs[i]) < 1e-5);
  }
}

void EncoderTest::encodingFrameNeedsSpreadPoints() {
  CORTOGRAPH_EXPECT_ERROR((void)encodingFrameOf({}), ErrorKind::mismatch, "No vertices");
  CORTOGRAPH_EXPECT_ERROR(
      (void)encodingFrameOf({{1, 2, 3}, {1, 2, 3}}), ErrorKind::mismatch, "one point");
  const float nan = std::numeric_limits<float>::quiet_NaN();
  CORTOGRAPH_EXPECT_ERROR(
      (void)encodingFrameOf({{1, 2, 3}, {1, nan, 3}}), ErrorKind::mismatch, "finite");
  const auto frame = encodingFrameOf({{-1, 5, 2}, {3, 4, 2}});
  QVERIFY((frame == std::array<float, 4>{-1, 4, 2, 4}));
  // At the origin of the frame every sine is 0 and every cosine 1.
  const torch::Tensor encoding = positionalEncoding({{-1, 4, 2}}, frame).view({96, 2});
  QVERIFY(torch::equal(encoding.select(1, 0), torch::zeros({96})));
  QVERIFY(torch::equal(encoding.select(1, 1), torch::ones({96})));
}

void EncoderTest::scoreOfAConstantIsNoNumber() {
  const torch::Tensor target = torch::tensor({{0.1F, 1e8F, 3.0F}, {0.1F, 1e8F + 8, 1.0F}});
  const torch::Tensor prediction = torch::tensor({{0.2F, 1e8F, 2.0F}, {0.1F, 1e8F + 8, 2.0F}});
  R2Score score(3);
  for (int image = 0; image < 2; ++image) { // batch by batch
    score.add(prediction.narrow(0, image, 1), target.narrow(0, image, 1));
  }
  const std::vector<float> r2 = score.values();
  QVERIFY(std::isnan(r2[0]));
  QCOMPARE(r2[1], 1.0F);
  QCOMPARE(r2[2], 0.0F);
  const std::vector<float> r = score.correlation();
  QVERIFY(std::isnan(r[0]));
  QCOMPARE(r[1], 1.0F);
  QVERIFY(std::isnan(r[2])); // the prediction never changes
  const ScoreSummary summary = summarize(r2);
  QCOMPARE(summary.mean, 0.5);
  QCOMPARE(summary.median, 0.5);
  QCOMPARE(summary.shareAboveZero, 0.5);
  QVERIFY(std::isnan(summarize({r2[0]}).mean));
}

CORTOGRAPH_TEST(EncoderTest, QCoreApplication)
#include "encoder_test.moc"
