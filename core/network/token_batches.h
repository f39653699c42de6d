#pragma once

#include "network/network.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cortograph {

/// Prepared images, read on demand.
struct ImageBatches {
  std::int64_t count = 0;
  /// `count` from `first`: count×3×S×S float32, CPU. An unreadable image is an Error that names it.
  std::function<torch::Tensor(std::int64_t first, std::int64_t count)> read;
};

/// `images` must outlive the result.
[[nodiscard]] ImageBatches picturesInBatches(const std::vector<Stimulus>& images,
                                             const NetworkInfo& info,
                                             Preprocess preprocess);

/// A .safetensors file whose tensor `image` is B×3×S×S, already prepared. Throws Error{file,
/// format, mismatch}.
[[nodiscard]] ImageBatches preparedInBatches(const std::filesystem::path& file,
                                             const NetworkInfo& info);

/// The layers that are asked for, from 0. Throws Error{mismatch} when the network has no such
/// layer.
[[nodiscard]] std::vector<int> chosenLayers(const TokenSettings& settings, int depth);

/// "0,1,2", as files record their layers.
[[nodiscard]] std::string layerList(const std::vector<int>& layers);

/// Side of the grid of local tokens that is asked for.
[[nodiscard]] int chosenGrid(const TokenSettings& settings, const NetworkInfo& info);

/// What a map records of the network that its tokens come from: network, network_path, _hash,
/// _family, _activation, _heads, preprocessing, layers, grid.
[[nodiscard]] Attributes sourceAttributes(const NetworkSource& source,
                                          const NetworkInfo& info,
                                          const TokenSettings& settings);

/// Tokens batch by batch at settings.grid and settings.layers, float32, CPU. Reports progress, can
/// be cancelled within a batch.
void forEachTokenBatch(const Network& network,
                       const ImageBatches& images,
                       const TokenSettings& settings,
                       const Control& control,
                       const std::function<void(std::int64_t first, const Tokens&)>& take);

} // namespace cortograph
