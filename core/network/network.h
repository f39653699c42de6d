#pragma once

#include "engine/engine.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace cortograph {

/// Each block's output before any final norm.
struct Tokens {
  std::vector<torch::Tensor> local;  ///< per layer, images × C × h × w
  std::vector<torch::Tensor> global; ///< per layer, images × C

  [[nodiscard]] std::size_t layers() const { return local.size(); }
  [[nodiscard]] std::int64_t images() const { return local.empty() ? 0 : local.front().size(0); }
};

/// A frozen vision network. An implementation is a family's .cpp and one word in CMakeLists.txt.
class Network {
public:
  Network() = default;
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;
  Network(Network&&) = delete;
  Network& operator=(Network&&) = delete;
  virtual ~Network() = default;

  [[nodiscard]] virtual const NetworkInfo& info() const = 0;
  [[nodiscard]] virtual torch::Device device() const = 0;
  /// images: B×3×S×S, prepared, on the network's device. Local tokens at the native grid. No
  /// gradients. Can be cancelled between blocks.
  [[nodiscard]] virtual Tokens tokens(const torch::Tensor& images,
                                      const CancelToken& cancel = {}) const = 0;
};

/// Names and shapes only, and the file's hash. Throws like openNetwork.
[[nodiscard]] NetworkInfo describeNetwork(const NetworkSource& source);

/// Reads weights and moves them to the device. Throws Error{file, format, unsupported, notFound}.
[[nodiscard]] std::unique_ptr<const Network> openNetwork(const NetworkSource& source,
                                                         torch::Device device);

/// One picture as the network wants it: 3×S×S float32.
/// reference: resized to the square, bilinear with antialias as Pillow does, ImageNet mean and
/// deviation.
[[nodiscard]] torch::Tensor
prepareImage(const Picture& picture, const NetworkInfo& info, Preprocess preprocess);

/// Tokens of many images at settings.grid and settings.layers, float32, CPU. Reports progress, can
/// be cancelled.
[[nodiscard]] Tokens computeTokens(const Network& network,
                                   const std::vector<Stimulus>& images,
                                   const TokenSettings& settings,
                                   Preprocess preprocess,
                                   const Control& control);

} // namespace cortograph
