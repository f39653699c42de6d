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

/// Holds the tokens of some images in the encoder's layout: one tensor per layer, images × (height
/// * width + 1) × C, with the grid cells row by row, then the global token.
struct TokenPack {
  std::vector<torch::Tensor> layers;
  int height = 0;
  int width = 0;

  [[nodiscard]] std::int64_t images() const { return layers.empty() ? 0 : layers.front().size(0); }
  /// Returns C of each layer.
  [[nodiscard]] std::vector<std::int64_t> widths() const;
  [[nodiscard]] TokenPack to(torch::Device device) const;
  /// Returns a pack of these images' tokens, in this order, on a device.
  [[nodiscard]] TokenPack of(const std::vector<std::int64_t>& images, torch::Device device) const;
};

/// Gathers the tokens of `images` images, batch by batch, into a TokenPack.
class TokenPacker {
public:
  explicit TokenPacker(std::int64_t images) : images_(images) {}

  /// Adds the tokens of the images from `first` on, freeing `tokens` layer by layer. Throws
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

/// The sizes that determine an encoder's parameters.
struct EncoderShape {
  std::vector<std::int64_t> widths; ///< C of each layer
  std::int64_t vertices = 0;
  std::int64_t bottleneck = 0; ///< D
  Selectors selectors = Selectors::coordinate;
};

/// The encoder of Yang, Gee and Shi, "Brain Decodes Deep Nets" (CVPR 2024, arXiv 2312.01280).
/// Parameters have the public implementation's names. Free selectors are the parameters
/// `space_selector` (N × 2), `layer_selector` (N × L) and `scale_selector` (N × 1), followed by the
/// same tanh, softmax and sigmoid.
class FactorTopy {
public:
  /// `encoding` is N × 192 (positionalEncoding); free selectors do not use it.
  FactorTopy(EncoderShape shape,
             const torch::Tensor& encoding,
             torch::Device device,
             std::uint64_t seed);

  [[nodiscard]] const EncoderShape& shape() const noexcept { return shape_; }
  [[nodiscard]] ParameterSet& parameters() noexcept { return parameters_; }
  [[nodiscard]] const ParameterSet& parameters() const noexcept { return parameters_; }
  [[nodiscard]] torch::Device device() const { return device_; }
  /// Returns the positional encoding, N × 192; undefined with free selectors.
  [[nodiscard]] const torch::Tensor& encoding() const noexcept { return encoding_; }
  /// Returns the weights of the coordinate selector "space", "layer" or "scale".
  [[nodiscard]] SelectorWeights selectorWeights(const std::string& selector) const;

  /// Returns the D × C matrix that aligns the channels of a layer's local tokens.
  [[nodiscard]] torch::Tensor localAlignment(std::size_t layer) const;
  /// Computes the selection of every vertex.
  [[nodiscard]] Selection select() const;
  /// Aligns the channels of a batch, which must be on the encoder's device.
  [[nodiscard]] TokenTable aligned(const TokenPack& batch) const;
  /// Predicts the responses to such a batch, B × N.
  [[nodiscard]] torch::Tensor predict(const TokenPack& batch, const Selection& selection) const;

private:
  [[nodiscard]] torch::Tensor headOf(const std::string& selector) const;

  EncoderShape shape_;
  torch::Device device_;
  torch::Tensor encoding_;
  ParameterSet parameters_;
};

/// The training loss and its two terms.
struct Loss {
  torch::Tensor fit;         ///< smooth L1 loss, mean over images and usable vertices
  torch::Tensor regularizer; ///< regulariser of the selectors
  torch::Tensor total;       ///< fit + regularizerShare * regulariser
};

/// Computes the loss of a batch. `usable` is N, 1, or 0 for vertices that are left out; their
/// targets must be finite, too.
[[nodiscard]] Loss trainingLoss(const torch::Tensor& prediction,
                                const torch::Tensor& target,
                                const torch::Tensor& usable,
                                const Selection& selection,
                                double regularizerShare);

} // namespace cortograph
