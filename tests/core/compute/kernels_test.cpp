#include "base/random.h"
#include "compute/attention_kernel.h"
#include "compute/selection_kernel.h"
#include "compute/selector_kernel.h"
#include "support/test_case.h"

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

using namespace cortograph;

namespace {

/// Lets the kernels use only one of Highway's targets, for as long as it lives.
class TargetInUse {
public:
  explicit TargetInUse(std::int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
  }
  ~TargetInUse() {
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().DeInit();
  }
  TargetInUse(const TargetInUse&) = delete;
  TargetInUse& operator=(const TargetInUse&) = delete;
};

template <class T> using Arrays = std::vector<std::vector<T>>;

template <class T> std::vector<T> randomArray(SplitMix& random, std::int64_t count) {
  std::vector<T> values(static_cast<std::size_t>(count));
  for (T& value : values) {
    // A float32 number also in double arrays, so that both types compute the same.
    value = static_cast<T>(static_cast<float>(random.normal()));
  }
  return values;
}

/// The response, then the gradients, of a selection whose sizes are no multiples of a vector.
template <class T> Arrays<T> selection() {
  SplitMix random(1);
  SelectionArrays<T> in{
      .vertices = 301, .layers = 3, .images = 7, .channels = 45, .height = 3, .width = 4};
  const std::int64_t rows = in.layers * (in.height * in.width + 1);
  const Arrays<T> inputs{randomArray<T>(random, rows * in.images * in.channels),
                         randomArray<T>(random, in.vertices * 2),
                         randomArray<T>(random, in.vertices * in.layers),
                         randomArray<T>(random, in.vertices),
                         randomArray<T>(random, in.vertices * in.channels),
                         randomArray<T>(random, in.vertices)};
  in.table = inputs[0].data();
  in.space = inputs[1].data();
  in.layer = inputs[2].data();
  in.scale = inputs[3].data();
  in.weight = inputs[4].data();
  in.bias = inputs[5].data();
  const std::vector<T> responseGradient = randomArray<T>(random, in.images * in.vertices);

  Arrays<T> out{std::vector<T>(responseGradient.size())};
  out.insert(out.end(), inputs.begin(), inputs.end()); // the gradients' shapes are the inputs'
  selectionForward(in, out[0].data(), 2);
  selectionBackward(in,
                    responseGradient.data(),
                    {.table = out[1].data(),
                     .space = out[2].data(),
                     .layer = out[3].data(),
                     .scale = out[4].data(),
                     .weight = out[5].data(),
                     .bias = out[6].data()},
                    2);
  return out;
}

/// The head, then the gradients, of a selector network.
template <class T> Arrays<T> selector() {
  SplitMix random(2);
  SelectorArrays<T> in{.vertices = 151, .inputs = 48, .hidden = 32, .outputs = 5};
  const std::vector<T> encoding = randomArray<T>(random, in.vertices * in.inputs);
  const Arrays<T> weights{randomArray<T>(random, in.hidden * in.inputs),
                          randomArray<T>(random, in.hidden),
                          randomArray<T>(random, in.hidden * in.hidden),
                          randomArray<T>(random, in.hidden),
                          randomArray<T>(random, in.outputs * in.hidden)};
  in.encoding = encoding.data();
  in.firstWeight = weights[0].data();
  in.firstBias = weights[1].data();
  in.secondWeight = weights[2].data();
  in.secondBias = weights[3].data();
  in.headWeight = weights[4].data();
  const std::vector<T> headGradient = randomArray<T>(random, in.vertices * in.outputs);

  std::vector<T> first(static_cast<std::size_t>(in.vertices * in.hidden));
  std::vector<T> second(first.size());
  const SelectorSums<T> sums{.first = first.data(), .second = second.data()};
  Arrays<T> out{std::vector<T>(headGradient.size())};
  out.insert(out.end(), weights.begin(), weights.end());
  selectorForward(in, out[0].data(), sums, 2);
  selectorBackward(in,
                   sums,
                   headGradient.data(),
                   {.firstWeight = out[1].data(),
                    .firstBias = out[2].data(),
                    .secondWeight = out[3].data(),
                    .secondBias = out[4].data(),
                    .headWeight = out[5].data()},
                   2);
  return out;
}

/// The output, the weights, and the gradient of an attention.
Arrays<float> attention() {
  SplitMix random(3);
  const AttentionShape shape{.images = 2, .tokens = 21, .heads = 3, .headWidth = 10};
  const std::int64_t count = shape.images * shape.tokens * shape.width();
  const std::vector<float> qkv = randomArray<float>(random, 3 * count);
  const std::vector<float> outGradient = randomArray<float>(random, count);
  Arrays<float> out{std::vector<float>(outGradient.size()),
                    std::vector<float>(static_cast<std::size_t>(shape.weightCount())),
                    std::vector<float>(qkv.size())};
  attentionForward(shape, qkv.data(), out[0].data(), out[1].data());
  attentionBackward(shape, qkv.data(), out[1].data(), outGradient.data(), out[2].data());
  return out;
}

/// The largest difference of two arrays, divided by the largest value.
template <class T> double relative(const std::vector<T>& found, const std::vector<T>& expected) {
  double difference = 0;
  double largest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double distance =
        std::abs(static_cast<double>(found[i]) - static_cast<double>(expected[i]));
    difference = std::isnan(distance) ? distance : std::max(difference, distance);
    largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
  }
  return difference / largest;
}

/// Compares what every target computes with what the best one does. At least one result must have
/// other last bits, or else the target was not in use.
template <class T>
void compareTargets(const std::function<Arrays<T>()>& compute, double tolerance) {
  const Arrays<T> expected = compute();
  bool anyDiffers = false;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const TargetInUse use(target);
    const Arrays<T> found = compute();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const double distance = relative(found[i], expected[i]);
      anyDiffers = anyDiffers || distance > 0;
      QVERIFY2(distance < tolerance,
               qPrintable(QStringLiteral("%1, array %2: %3")
                              .arg(hwy::TargetName(target))
                              .arg(i)
                              .arg(distance)));
    }
  }
  QVERIFY(anyDiffers || hwy::SupportedAndGeneratedTargets().size() == 1);
}

/// GELU and its slope at x.
struct Gelu {
  double value = 0;
  double slope = 0;
};

/// Computes GELU by a selector network of one vertex, whose first GELU gets x. In the backward
/// pass, the second one gets a number so large that its slope is 1.
Gelu geluOf(float x) {
  constexpr std::int64_t width = 16;
  constexpr float large = 20;
  std::array<float, width> encoding{x};
  std::array<float, width * width> weight{1};
  std::array<float, width> noBias{};
  std::array<float, width> headWeight{1};
  const SelectorArrays<float> in{.vertices = 1,
                                 .inputs = width,
                                 .hidden = width,
                                 .outputs = 1,
                                 .encoding = encoding.data(),
                                 .firstWeight = weight.data(),
                                 .firstBias = noBias.data(),
                                 .secondWeight = weight.data(),
                                 .secondBias = noBias.data(),
                                 .headWeight = headWeight.data()};
  float head = 0;
  std::array<float, width> first{};
  std::array<float, width> second{};
  const SelectorSums<float> sums{.first = first.data(), .second = second.data()};
  selectorForward(in, &head, sums, 1);
  const double value = second[0];

  std::array<float, width * width> firstWeightGradient{};
  std::array<float, width> firstBiasGradient{};
  std::array<float, width * width> secondWeightGradient{};
  std::array<float, width> secondBiasGradient{};
  std::array<float, width> headGradient{};
  second.fill(large);
  head = 1;
  selectorBackward(in,
                   sums,
                   &head,
                   {.firstWeight = firstWeightGradient.data(),
                    .firstBias = firstBiasGradient.data(),
                    .secondWeight = secondWeightGradient.data(),
                    .secondBias = secondBiasGradient.data(),
                    .headWeight = headGradient.data()},
                   1);
  return {.value = value, .slope = firstBiasGradient[0]};
}

} // namespace

/// The kernels on every instruction set that this machine has.
class KernelsTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void selectionIsTheSame() {
    compareTargets<float>(selection<float>, 1e-6);
    compareTargets<double>(selection<double>, 1e-15);
  }

  void selectorIsTheSame() {
    compareTargets<float>(selector<float>, 2e-6);
    compareTargets<double>(selector<double>, 2e-15);
  }

  void attentionIsTheSame() { compareTargets<float>(attention, 1e-6); }

  void geluIsExactInBothTails() {
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
      const TargetInUse use(target);
      for (float x = -15; x < 15; x += 0.0037F) {
        const double at = x;
        const double cumulative = 0.5 * std::erfc(-at / std::numbers::sqrt2);
        const double density = std::exp(-at * at / 2) / std::sqrt(2 * std::numbers::pi);
        const Gelu gelu = geluOf(x);
        QVERIFY(std::abs(gelu.value - at * cumulative) <= 2.5e-7 * std::abs(at));
        QVERIFY(std::abs(gelu.slope - (cumulative + at * density)) < 2.5e-7 + 5e-8 * std::abs(at));
        // The half of the square of -15 in float32 is exact enough for 1e-5 of the exponential.
        QVERIFY(at < -12 || at > 0 || std::abs(gelu.value / (at * cumulative) - 1) < 1e-5);
      }
    }
  }
};

CORTOGRAPH_TEST(KernelsTest, QCoreApplication)
#include "kernels_test.moc"
