#include "encoder/factortopy.h"

#include "base/error.h"
#include "encoder/positional_encoding.h"

#include <array>
#include <cmath>

namespace cortograph {

namespace {

constexpr std::int64_t hiddenWidth = 128;
constexpr double smoothL1Beta = 0.1;
constexpr double entropyEpsilon = 1e-8;
constexpr std::array<const char*, 3> selectorNames{"space", "layer", "scale"};

std::string selectorParameter(const char* selector, const char* part) {
  return std::string(selector) + "_selector_mlp." + part;
}

std::string layerName(std::size_t layer) {
  return "layer " + std::to_string(layer + 1);
}

std::vector<ParameterSpec> specsOf(const EncoderShape& shape) {
  std::vector<ParameterSpec> specs;
  for (const bool local : {true, false}) {
    const std::string prefix = local ? "local_token_bottleneck." : "global_token_bottleneck.";
    for (std::size_t layer = 0; layer < shape.widths.size(); ++layer) {
      const std::int64_t width = shape.widths[layer];
      std::vector<std::int64_t> extents{shape.bottleneck, width};
      if (local) {
        extents.insert(extents.end(), {1, 1}); // a 1×1 convolution
      }
      specs.push_back({prefix + std::to_string(layer) + ".weight", extents, width});
    }
  }
  const std::array<std::int64_t, 3> heads{2, static_cast<std::int64_t>(shape.widths.size()), 1};
  for (std::size_t i = 0; i < selectorNames.size(); ++i) {
    const char* name = selectorNames[i];
    if (shape.selectors == Selectors::free) {
      specs.push_back({std::string(name) + "_selector", {shape.vertices, heads[i]}, 0});
      continue;
    }
    specs.push_back(
        {selectorParameter(name, "1.weight"), {hiddenWidth, encodingWidth}, encodingWidth});
    specs.push_back({selectorParameter(name, "1.bias"), {hiddenWidth}, encodingWidth});
    specs.push_back({selectorParameter(name, "3.weight"), {hiddenWidth, hiddenWidth}, hiddenWidth});
    specs.push_back({selectorParameter(name, "3.bias"), {hiddenWidth}, hiddenWidth});
    specs.push_back({selectorParameter(name, "5.weight"), {heads[i], hiddenWidth}, 0});
  }
  specs.push_back({"weight", {shape.vertices, shape.bottleneck}, shape.bottleneck});
  specs.push_back({"bias", {shape.vertices}, shape.bottleneck});
  return specs;
}

/// Throws an error that names the first image whose tokens are not finite.
void requireFinite(const torch::Tensor& tokens, std::int64_t firstImage, std::size_t layer) {
  if (std::isfinite(tokens.sum(torch::kFloat64).item<double>())) {
    return;
  }
  const torch::Tensor bad = torch::isfinite(tokens.flatten(1)).all(1).logical_not().nonzero();
  const std::int64_t image = firstImage + bad[0][0].item<std::int64_t>() + 1;
  throw Error(ErrorKind::mismatch,
              "Image " + std::to_string(image) + " has tokens in " + layerName(layer) +
                  " that are not finite numbers; the network's weights are damaged or overflow.");
}

} // namespace

std::vector<std::int64_t> TokenPack::widths() const {
  std::vector<std::int64_t> widths;
  for (const torch::Tensor& layer : layers) {
    widths.push_back(layer.size(2));
  }
  return widths;
}

TokenPack TokenPack::to(torch::Device device) const {
  TokenPack pack{{}, height, width};
  for (const torch::Tensor& layer : layers) {
    pack.layers.push_back(layer.to(device));
  }
  return pack;
}

TokenPack TokenPack::of(const std::vector<std::int64_t>& images, torch::Device device) const {
  const torch::Tensor index = torch::tensor(images, torch::kInt64);
  TokenPack pack{{}, height, width};
  for (const torch::Tensor& layer : layers) {
    pack.layers.push_back(layer.index_select(0, index).to(device));
  }
  return pack;
}

void TokenPacker::add(std::int64_t first, Tokens tokens) {
  for (std::size_t layer = 0; layer < tokens.layers(); ++layer) {
    const torch::Tensor local = std::exchange(tokens.local[layer], {});
    const torch::Tensor global = std::exchange(tokens.global[layer], {});
    addLayer(first, layer, local, global);
  }
}

void TokenPacker::addLayer(std::int64_t first,
                           std::size_t layer,
                           const torch::Tensor& local,
                           const torch::Tensor& global) {
  if (pack_.layers.empty()) {
    pack_.height = static_cast<int>(local.size(2));
    pack_.width = static_cast<int>(local.size(3));
  }
  const std::int64_t cells = static_cast<std::int64_t>(pack_.height) * pack_.width;
  if (local.size(2) != pack_.height || local.size(3) != pack_.width) {
    throw Error(ErrorKind::mismatch,
                "The grid of " + layerName(layer) + " has " + std::to_string(local.size(2)) + "x" +
                    std::to_string(local.size(3)) + " tokens, but that of the first layer has " +
                    std::to_string(pack_.height) + "x" + std::to_string(pack_.width) +
                    "; extract them again with the same --grid for all layers.");
  }
  if (pack_.layers.size() == layer) {
    pack_.layers.push_back(torch::empty({images_, cells + 1, local.size(1)}));
  }
  torch::Tensor rows = pack_.layers[layer].narrow(0, first, local.size(0));
  rows.narrow(1, 0, cells).copy_(local.flatten(2).transpose(1, 2));
  rows.select(1, cells).copy_(global);
  requireFinite(rows, first, layer);
}

FactorTopy::FactorTopy(EncoderShape shape,
                       const torch::Tensor& encoding,
                       torch::Device device,
                       std::uint64_t seed)
    : shape_(std::move(shape)), device_(device), parameters_(specsOf(shape_), device, seed) {
  if (shape_.selectors == Selectors::coordinate) {
    encoding_ = encoding.to(device);
  }
}

SelectorWeights FactorTopy::selectorWeights(const std::string& selector) const {
  const auto part = [&](const char* name) -> const torch::Tensor& {
    return parameters_.at(selectorParameter(selector.c_str(), name));
  };
  return {part("1.weight"), part("1.bias"), part("3.weight"), part("3.bias"), part("5.weight")};
}

torch::Tensor FactorTopy::headOf(const std::string& selector) const {
  return shape_.selectors == Selectors::free ? parameters_.at(selector + "_selector")
                                             : selectorHead(encoding_, selectorWeights(selector));
}

torch::Tensor FactorTopy::localAlignment(std::size_t layer) const {
  return parameters_.at("local_token_bottleneck." + std::to_string(layer) + ".weight").flatten(1);
}

Selection FactorTopy::select() const {
  return {torch::tanh(headOf("space")),
          torch::softmax(headOf("layer"), 1),
          torch::sigmoid(headOf("scale")).squeeze(1)};
}

TokenTable FactorTopy::aligned(const TokenPack& batch) const {
  const std::int64_t cells = static_cast<std::int64_t>(batch.height) * batch.width;
  std::vector<torch::Tensor> rows;
  for (std::size_t l = 0; l < batch.layers.size(); ++l) {
    const torch::Tensor& tokens = batch.layers[l];
    // This aligns the global token too, needlessly: separating the local tokens would copy them.
    const torch::Tensor local = torch::linear(tokens, localAlignment(l));
    rows.push_back(local.narrow(1, 0, cells).transpose(0, 1));
    rows.push_back(
        torch::linear(tokens.select(1, cells),
                      parameters_.at("global_token_bottleneck." + std::to_string(l) + ".weight"))
            .unsqueeze(0));
  }
  return {torch::cat(rows), batch.height, batch.width};
}

torch::Tensor FactorTopy::predict(const TokenPack& batch, const Selection& selection) const {
  return selectAndRead(aligned(batch), selection, parameters_.at("weight"), parameters_.at("bias"));
}

Loss trainingLoss(const torch::Tensor& prediction,
                  const torch::Tensor& target,
                  const torch::Tensor& usable,
                  const Selection& selection,
                  double regularizerShare) {
  const torch::Tensor each =
      torch::smooth_l1_loss(prediction, target, at::Reduction::None, smoothL1Beta);
  const torch::Tensor count = usable.sum() * prediction.size(0);
  Loss loss;
  loss.fit = (each * usable).sum() / count;
  const torch::Tensor undecided = (selection.scale - 0.5).square().mean();
  const auto layers = static_cast<double>(selection.layer.size(1));
  loss.regularizer = undecided;
  if (layers > 1) {
    const torch::Tensor negativeEntropy =
        (selection.layer * (selection.layer + entropyEpsilon).log()).sum(1).mean() /
        std::log(layers);
    loss.regularizer = negativeEntropy + undecided;
  }
  loss.total = loss.fit + regularizerShare * loss.regularizer;
  return loss;
}

} // namespace cortograph
