#include "bench/check.h"

#include "base/error.h"
#include "base/plain_file.h"
#include "compute/compute.h"
#include "compute/optimizer.h"
#include "compute/weight_tensor.h"
#include "encoder/positional_encoding.h"
#include "encoder/score.h"
#include "encoder/training_step.h"

#include <algorithm>
#include <cmath>
#include <fstream>

namespace cortograph {

namespace {

constexpr int checkedSteps = 3;

/// Holds the golden numbers and the errors found against them.
class Certificate {
public:
  explicit Certificate(const std::filesystem::path& folder)
      : file_(WeightFile::open(folder / "factortopy.safetensors")) {}

  [[nodiscard]] bool has(const std::string& name) const { return file_.has(name); }
  [[nodiscard]] torch::Tensor golden(const std::string& name) const {
    return toFloatTensor(file_.at(name), torch::kCPU);
  }

  void compare(const std::string& stage, const torch::Tensor& found, const std::string& name) {
    const torch::Tensor expected = golden(name);
    if (found.numel() != expected.numel()) {
      throw Error(ErrorKind::mismatch,
                  "The golden numbers " + name + " are " + std::to_string(expected.numel()) +
                      " values, but the encoder gives " + std::to_string(found.numel()) +
                      "; the fixture belongs to another encoder.");
    }
    const torch::Tensor difference =
        found.detach().to(torch::kCPU).to(torch::kFloat64).flatten() - expected.flatten();
    note(stage, difference.abs().max().item<double>(), expected.abs().max().item<double>());
  }
  void compare(const std::string& stage, double found, double expected) {
    note(stage, std::abs(found - expected), std::abs(expected));
  }

  [[nodiscard]] nlohmann::ordered_json result() const {
    nlohmann::ordered_json json;
    double largest = 0;
    for (const auto& [stage, error] : stages_.items()) {
      largest = worse(largest, error.get<double>());
    }
    json["max_relative_error"] = largest;
    json.update(stages_);
    return json;
  }

private:
  /// Returns the larger number, or NaN if there is one.
  static double worse(double a, double b) { return std::isnan(a) || a > b ? a : b; }

  void note(const std::string& stage, double difference, double scale) {
    const double error = scale > 0 ? difference / scale : difference;
    stages_[stage] = worse(stages_.value(stage, 0.0), error);
  }

  WeightFile file_;
  nlohmann::ordered_json stages_ = nlohmann::ordered_json::object();
};

std::vector<Point> pointsOf(const torch::Tensor& coordinates) {
  std::vector<Point> points(static_cast<std::size_t>(coordinates.size(0)));
  const torch::Tensor packed = coordinates.contiguous();
  const float* value = packed.data_ptr<float>();
  for (Point& point : points) {
    for (float& axis : point) {
      axis = *value++;
    }
  }
  return points;
}

Tokens tokensOf(const Certificate& certificate) {
  Tokens tokens;
  for (int layer = 0; certificate.has("local." + std::to_string(layer)); ++layer) {
    tokens.local.push_back(certificate.golden("local." + std::to_string(layer)));
    tokens.global.push_back(certificate.golden("global." + std::to_string(layer)));
  }
  return tokens;
}

FactorTopy goldenEncoder(Certificate& certificate, const TokenPack& batch, torch::Device device) {
  const std::vector<Point> points = pointsOf(certificate.golden("coords"));
  const torch::Tensor encoding = positionalEncoding(points, encodingFrameOf(points));
  certificate.compare("positional_encoding", encoding, "positional_encoding");
  const torch::Tensor weight = certificate.golden("init.weight");
  FactorTopy encoder({.widths = batch.widths(),
                      .vertices = weight.size(0),
                      .bottleneck = weight.size(1),
                      .selectors = Selectors::coordinate},
                     encoding,
                     device,
                     0);
  const torch::NoGradGuard noGrad;
  for (const NamedParameter& parameter : encoder.parameters().all()) {
    torch::Tensor value = parameter.value;
    value.copy_(certificate.golden("init." + parameter.name).view_as(value));
  }
  return encoder;
}

void checkSteps(Certificate& certificate,
                FactorTopy& encoder,
                const TokenPack& batch,
                const nlohmann::json& expected) {
  const TrainSettings settings;
  const torch::Tensor target = certificate.golden("target").to(encoder.device());
  const torch::Tensor usable = torch::ones_like(target[0]);
  AdamW optimizer(encoder.parameters(), settings.weightDecay);
  for (int step = 0; step < checkedSteps; ++step) {
    const StepResult result = computeGradients(encoder, batch, target, usable, settings, step);
    const nlohmann::json& golden = expected.at("steps").at(static_cast<std::size_t>(step));
    certificate.compare("loss", result.loss.fit.item<double>(), golden.at("smooth_l1"));
    certificate.compare("loss", result.loss.regularizer.item<double>(), golden.at("reg"));
    certificate.compare("loss", result.loss.total.item<double>(), golden.at("loss"));
    certificate.compare("gradients", result.gradientNorm, golden.at("grad_norm"));
    if (step == 0) {
      for (const NamedParameter& parameter : encoder.parameters().all()) {
        certificate.compare("gradients", parameter.value.grad(), "grad_clipped." + parameter.name);
      }
    }
    optimizer.step(settings.learningRate);
  }
  for (const NamedParameter& parameter : encoder.parameters().all()) {
    certificate.compare("parameters_after_3_steps", parameter.value, "after3." + parameter.name);
  }
}

nlohmann::json readLosses(const std::filesystem::path& file) {
  std::ifstream stream = openPlainFile(file);
  if (!stream) {
    throw Error(ErrorKind::file,
                "The losses of the golden numbers cannot be read; expected the file " +
                    file.string() + ".");
  }
  return nlohmann::json::parse(stream);
}

} // namespace

nlohmann::ordered_json checkEncoder(const std::filesystem::path& fixture,
                                    const ComputeSettings& compute) {
  return inContext("checking against " + fixture.string(), [&] {
    try {
      // One thread unless requested otherwise: AdamW's first steps magnify the last digits of
      // gradients near zero, which depend on the order of sums; the golden numbers were summed in
      // order.
      useThreads(std::max(1, compute.threads));
      Certificate certificate(fixture);
      const nlohmann::json losses = readLosses(fixture / "factortopy.json");
      const torch::Device device = deviceOf(compute);
      TokenPacker packer(certificate.golden("target").size(0));
      packer.add(0, tokensOf(certificate));
      const TokenPack batch = packer.take().to(device);
      FactorTopy encoder = goldenEncoder(certificate, batch, device);
      const Selection selection = encoder.select();
      certificate.compare("sel_space", selection.space, "sel_space");
      certificate.compare("sel_layer", selection.layer, "sel_layer");
      certificate.compare("sel_scale", selection.scale, "sel_scale");
      certificate.compare("prediction", encoder.predict(batch, selection), "prediction");
      checkSteps(certificate, encoder, batch, losses);
      const torch::Tensor target = certificate.golden("r2.target");
      R2Score score(static_cast<std::size_t>(target.size(1)));
      score.add(certificate.golden("r2.prediction"), target);
      certificate.compare("r2", torch::tensor(score.values()), "r2.expected");
      return certificate.result();
    } catch (const nlohmann::json::exception& error) {
      throw Error(ErrorKind::format,
                  std::string("factortopy.json does not contain the losses of three steps: ") +
                      error.what());
    }
  });
}

} // namespace cortograph
