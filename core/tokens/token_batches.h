#pragma once

#include "base/attributes.h"
#include "network/network.h"
#include "subject/subject.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cortograph {

/// Prepared images, read on demand, on any thread.
struct ImageBatches {
  std::int64_t count = 0;
  /// `count` from `first`: count×3×rows×columns float32, CPU. An unreadable image is an Error that
  /// names it. Can be cancelled between images.
  std::function<torch::Tensor(std::int64_t first, std::int64_t count, const CancelToken& cancel)>
      read;
};

/// Pictures as the network wants them, read and prepared on `readers` threads. Both must outlive
/// the result.
[[nodiscard]] ImageBatches
picturesInBatches(const std::vector<Stimulus>& images, const Network& network, int readers = 1);

/// Only these of the images, in this order.
[[nodiscard]] ImageBatches chosenImages(ImageBatches images, std::vector<std::int64_t> which);

/// Pixels of the images that preparedInBatches() would read; empty when they are none.
[[nodiscard]] Extent preparedSize(const std::filesystem::path& file);

/// A .safetensors file whose tensor `image` is B×3×rows×columns, already prepared. Throws
/// Error{file, format, mismatch}.
[[nodiscard]] ImageBatches preparedInBatches(const std::filesystem::path& file,
                                             const NetworkInfo& info);

/// The layers that are asked for, from 0. Throws Error{mismatch} when the network has no such
/// layer.
[[nodiscard]] std::vector<int> chosenLayers(const TokenSettings& settings, int depth);

/// "0,1,2", as files record their layers.
[[nodiscard]] std::string layerList(const std::vector<int>& layers);

/// The grid of local tokens that is asked for; the network's own where all chosen layers share one,
/// else empty.
[[nodiscard]] Extent chosenGrid(const TokenSettings& settings, const NetworkInfo& info);

/// The shape of each chosen layer's tokens, on that grid.
[[nodiscard]] std::vector<LayerShape> chosenShapes(const TokenSettings& settings,
                                                   const NetworkInfo& info);

/// A whole number for a square, else "14x20" or "native".
[[nodiscard]] Attribute gridAttribute(const Extent& grid);

/// What files record of the network that their tokens come from: network, network_path, _hash,
/// _family, _activation, _heads, _image_size, preprocessing, layers, grid.
[[nodiscard]] Attributes sourceAttributes(const NetworkSource& source,
                                          const NetworkInfo& info,
                                          const TokenSettings& settings);

/// Whose the CPU's cores are while tokens are computed there.
enum class Cores {
  own,   ///< images side by side, one thread each
  shared ///< with another thread's products: one image at a time
};

/// Tokens batch by batch at settings.grid and settings.layers, float32, CPU. Images are read while
/// others are computed. On the CPU an image's tokens do not depend on its batch. Reports progress,
/// can be cancelled within a batch. Throws Error{unsupported} on settings.half without
/// CUDA.
void forEachTokenBatch(const Network& network,
                       const ImageBatches& images,
                       const TokenSettings& settings,
                       const Control& control,
                       const std::function<void(std::int64_t first, const Tokens&)>& take,
                       Cores cores = Cores::own);

/// Tokens of many images, held at once, as forEachTokenBatch() gives them with shared cores.
[[nodiscard]] Tokens computeTokens(const Network& network,
                                   const std::vector<Stimulus>& images,
                                   const TokenSettings& settings,
                                   const Control& control);

} // namespace cortograph
