#pragma once

#include "compute/parameter_set.h"
#include "compute/torch.h"
#include "encoder/selection.h"
#include "encoder/selector.h"
#include "jobs/settings.h"
#include "network/network.h"

#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// Tokens of some images as the encoder reads them: per layer images × (height * width + 1) × C,
/// the grid cells row by row, then the global token.
struct TokenPack {
  std::vector<torch::Tensor> layers;
  int height = 0;
  int width = 0;

  [[nodiscard]] std::int64_t images() const { return layers.empty() ? 0 : layers.front().size(0); }
  [[nodiscard]] std::vector<std::int64_t> widths() const;
  [[nodiscard]] TokenPack to(torch::Device device) const;
  /// These images' tokens, in this order, on a device.
  [[nodiscard]] TokenPack of(const std::vector<std::int64_t>& images, torch::Device device) const;
};

/// Gathers the tokens of `images` images batch by batch.
class TokenPacker {
public:
  explicit TokenPacker(std::int64_t images) : images_(images) {}

  /// Tokens of the images from `first`; frees them layer by layer as it goes. Throws
  /// Error{mismatch} when layers or batches differ in grid, or a token is not finite.
  void add(std::int64_t first, Tokens tokens);
  [[nodiscard]] TokenPack take() { return std::move(pack_); }

private:
  void addLayer(std::int64_t first,
                std::size_t layer,
                const torch::Tensor& local,
                const torch::Tensor& global);

  std::int64_t images_;
  TokenPack pack_;
};

struct EncoderShape {
  std::vector<std::int64_t> widths; ///< C of each layer
  std::int64_t vertices = 0;
  std::int64_t bottleneck = 0; ///< D
  Selectors selectors = Selectors::coordinate;
};

/// The encoder of Yang, Gee and Shi, "Brain Decodes Deep Nets" (CVPR 2024, arXiv 2312.01280).
/// Parameters have the public implementation's names; free selectors are `space_selector` (N × 2),
/// `layer_selector` (N × L) and `scale_selector` (N × 1), read through the same tanh, softmax and
/// sigmoid.
class FactorTopy {
public:
  /// `encoding`: N × 192 (positionalEncoding); not used by free selectors.
  FactorTopy(EncoderShape shape,
             const torch::Tensor& encoding,
             torch::Device device,
             std::uint64_t seed);

  [[nodiscard]] const EncoderShape& shape() const noexcept { return shape_; }
  [[nodiscard]] ParameterSet& parameters() noexcept { return parameters_; }
  [[nodiscard]] const ParameterSet& parameters() const noexcept { return parameters_; }
  [[nodiscard]] torch::Device device() const { return device_; }
  /// N × 192; not defined with free selectors.
  [[nodiscard]] const torch::Tensor& encoding() const noexcept { return encoding_; }
  /// Of the coordinate selector "space", "layer" or "scale".
  [[nodiscard]] SelectorWeights selectorWeights(const std::string& selector) const;

  /// What aligns the channels of a layer's local tokens, D × C.
  [[nodiscard]] torch::Tensor localAlignment(std::size_t layer) const;
  [[nodiscard]] Selection select() const;
  /// The tokens of a batch on the encoder's device, their channels aligned.
  [[nodiscard]] TokenTable aligned(const TokenPack& batch) const;
  /// Responses, B × N, to such a batch.
  [[nodiscard]] torch::Tensor predict(const TokenPack& batch, const Selection& selection) const;

private:
  [[nodiscard]] torch::Tensor headOf(const std::string& selector) const;

  EncoderShape shape_;
  torch::Device device_;
  torch::Tensor encoding_;
  ParameterSet parameters_;
};

struct Loss {
  torch::Tensor fit;         ///< smooth L1, mean over images and usable vertices
  torch::Tensor regulariser; ///< of the selectors
  torch::Tensor total;       ///< fit + share * regulariser
};

/// `usable`: N, 1 or 0 for vertices that are left out; targets there must be finite.
[[nodiscard]] Loss trainingLoss(const torch::Tensor& prediction,
                                const torch::Tensor& target,
                                const torch::Tensor& usable,
                                const Selection& selection,
                                double regulariserShare);

} // namespace cortograph
