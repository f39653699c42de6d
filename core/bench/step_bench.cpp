#include "bench/step_bench.h"

#include "base/error.h"
#include "base/memory.h"
#include "bench/measure.h"
#include "bench/plain_step.h"
#include "compute/compute.h"
#include "compute/optimizer.h"
#include "encoder/positional_encoding.h"

#include <torch/optim/adamw.h>

#include <cmath>
#include <vector>

namespace cortograph {

namespace {

constexpr int grid = 8;
constexpr std::int64_t hiddenWidth = 128;
constexpr std::int64_t selectors = 3;

void requireSizes(const StepBench& bench) {
  for (const int size : {bench.vertices - 1,
                         bench.layers,
                         bench.channels,
                         bench.bottleneck,
                         bench.batch,
                         bench.steps}) {
    if (size < 1) {
      throw Error(
          ErrorKind::mismatch,
          "A step needs at least 2 vertices, and at least 1 of layers, channels, bottleneck, "
          "batch and steps.");
    }
  }
}

/// Returns the multiplications and additions that a step needs at least: products with the
/// parameters of the alignment and the selectors, in the forward pass, for the parameters'
/// gradients and (except for the first layers, whose inputs are given) for the inputs' gradients;
/// and four products of the selection's size (the response, once more in the backward pass, and the
/// gradients of the table and the readout). AdamW's operations are negligible.
double flopOf(const StepBench& bench) {
  const double vertices = bench.vertices;
  const double tokens = static_cast<double>(bench.batch) * (grid * grid + 1) * bench.layers;
  const double align = 2 * 2 * tokens * bench.channels * bench.bottleneck;
  const double first = static_cast<double>(selectors * hiddenWidth) * encodingWidth;
  const auto later =
      static_cast<double>(hiddenWidth * (selectors * hiddenWidth + 3 + bench.layers));
  const double select = 2 * vertices * (2 * first + 3 * later);
  const double read = 4 * 2 * vertices * 5 * bench.layers * bench.batch * bench.bottleneck;
  return align + select + read;
}

/// Returns the bytes that must pass between memory and processor if only the values that one layer
/// of a network passes to the next are kept: tokens and encoding twice; the selectors' hidden
/// values and their gradients, each written and read; parameters, gradients and AdamW's two
/// moments, each read and written.
double bytesOf(const StepBench& bench, std::int64_t parameters) {
  const double vertices = bench.vertices;
  const double tokens =
      static_cast<double>(bench.batch) * (grid * grid + 1) * bench.layers * bench.channels;
  const double hidden = vertices * selectors * hiddenWidth * 2;
  return sizeof(float) * (2 * (tokens + vertices * encodingWidth) + 4 * hidden +
                          8.0 * static_cast<double>(parameters));
}

/// Measures the speed of one large float32 product on this machine.
double machineGflops(torch::Device device, const Control& control) {
  constexpr std::int64_t size = 2048;
  constexpr int runs = 5;
  const torch::Tensor a = torch::rand({size, size}, device);
  torch::Tensor c = torch::empty_like(a);
  const double seconds = medianSeconds(runs, device, control, [&] { torch::mm_out(c, a, a); });
  return 2.0 * size * size * size / seconds / 1e9;
}

/// Returns points on two spheres, like the coordinates of the two hemispheres.
std::vector<Point> points(int count) {
  constexpr double turn = 2.399963; // golden angle
  std::vector<Point> all;
  for (int n = 0; n < count; ++n) {
    const double z = 1 - 2 * (n + 0.5) / count;
    const double radius = std::sqrt(1 - z * z);
    all.push_back({static_cast<float>(100 * radius * std::cos(turn * n) + (n % 2 == 0 ? 0 : 350)),
                   static_cast<float>(100 * radius * std::sin(turn * n)),
                   static_cast<float>(100 * z)});
  }
  return all;
}

/// The random inputs of a step.
struct Material {
  torch::Tensor encoding;
  Tokens tokens;
  torch::Tensor target;

  Material(const StepBench& bench, torch::Device device) {
    const std::vector<Point> places = points(bench.vertices);
    encoding = positionalEncoding(places, encodingFrameOf(places)).to(device);
    torch::manual_seed(0);
    for (int layer = 0; layer < bench.layers; ++layer) {
      tokens.local.push_back(torch::randn({bench.batch, bench.channels, grid, grid}).to(device));
      tokens.global.push_back(torch::randn({bench.batch, bench.channels}).to(device));
    }
    target = torch::randn({bench.batch, bench.vertices}).to(device);
  }

  [[nodiscard]] FactorTopy encoder(const StepBench& bench, torch::Device device) const {
    FactorTopy made({.widths = std::vector<std::int64_t>(static_cast<std::size_t>(bench.layers),
                                                         bench.channels),
                     .vertices = bench.vertices,
                     .bottleneck = bench.bottleneck,
                     .selectors = Selectors::coordinate},
                    encoding,
                    device,
                    0);
    // A training starts with heads of zero, where all vertices select the same; random heads are
    // more realistic for timing.
    const torch::NoGradGuard noGrad;
    torch::manual_seed(1);
    for (const NamedParameter& parameter : made.parameters().all()) {
      if (parameter.name.ends_with("5.weight")) {
        torch::Tensor head = parameter.value;
        head.copy_(torch::randn(head.sizes()).mul_(0.3));
      }
    }
    return made;
  }
};

double relative(const torch::Tensor& found, const torch::Tensor& expected) {
  return ((found - expected).abs().max() / expected.abs().max()).item<double>();
}

void addBaseline(const StepBench& bench,
                 const Material& material,
                 const TokenPack& batch,
                 torch::Device device,
                 const Control& control,
                 nlohmann::ordered_json& result) {
  constexpr int steps = 3;
  const TrainSettings settings;
  FactorTopy encoder = material.encoder(bench, device);
  const torch::Tensor usable = torch::ones_like(material.target[0]);
  const StepResult fast = computeGradients(encoder, batch, material.target, usable, settings, 0);
  const torch::Tensor gradients = encoder.parameters().gradients().clone();
  const StepResult plain = plainGradients(encoder, material.tokens, material.target, settings, 0);
  result["loss_difference"] = relative(fast.loss.total.detach(), plain.loss.total.detach());
  result["gradient_difference"] = relative(gradients, encoder.parameters().gradients());

  std::vector<torch::Tensor> values;
  for (const NamedParameter& parameter : encoder.parameters().all()) {
    values.push_back(parameter.value);
  }
  torch::optim::AdamW optimizer(values, torch::optim::AdamWOptions(settings.learningRate));
  int step = 0;
  const double seconds = medianSeconds(steps, device, control, [&] {
    control.report({.what = "plain steps",
                    .done = static_cast<double>(step),
                    .total = steps + 1,
                    .unit = "steps",
                    .secondsLeft = std::nullopt});
    (void)plainGradients(encoder, material.tokens, material.target, settings, step++);
    optimizer.step();
  });
  result["baseline_seconds_median"] = seconds;
  result["ratio"] = seconds / result.at("step_seconds_median").get<double>();
}

} // namespace

nlohmann::ordered_json
benchStep(const StepBench& bench, const ComputeSettings& compute, const Control& control) {
  requireSizes(bench);
  useThreads(compute.threads);
  const torch::Device device = deviceOf(compute);
  const Material material(bench, device);
  TokenPacker packer(bench.batch);
  packer.add(0, material.tokens);
  const TokenPack batch = packer.take().to(device);

  FactorTopy encoder = material.encoder(bench, device);
  const TrainSettings settings;
  AdamW optimizer(encoder.parameters(), settings.weightDecay);
  const torch::Tensor usable = torch::ones_like(material.target[0]);
  int step = 0;
  const double seconds = medianSeconds(bench.steps, device, control, [&] {
    control.report({.what = "steps",
                    .done = static_cast<double>(step),
                    .total = bench.steps + 1.0,
                    .unit = "steps",
                    .secondsLeft = std::nullopt});
    (void)computeGradients(encoder, batch, material.target, usable, settings, step++);
    optimizer.step(settings.learningRate);
  });
  const double flop = flopOf(bench);
  nlohmann::ordered_json result{{"vertices", bench.vertices},
                                {"layers", bench.layers},
                                {"channels", bench.channels},
                                {"bottleneck", bench.bottleneck},
                                {"batch", bench.batch},
                                {"device", device.is_cuda() ? "cuda" : "cpu"},
                                {"threads", threadsInUse()},
                                {"steps", bench.steps},
                                {"step_seconds_median", seconds},
                                {"peak_mb", peakMegabytes()},
                                {"flop", flop},
                                {"bytes", bytesOf(bench, encoder.parameters().values().numel())},
                                {"gflops", flop / seconds / 1e9}};
  result["machine_gflops"] = machineGflops(device, control);
  if (bench.baseline) {
    addBaseline(bench, material, batch, device, control, result);
  }
  return result;
}

} // namespace cortograph
