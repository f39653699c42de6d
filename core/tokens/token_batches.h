#pragma once

#include "base/attributes.h"
#include "network/network.h"
#include "subject/subject.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cortograph {

/// Prepared images that are read on demand. `read` may be called on any thread.
struct ImageBatches {
  std::int64_t count = 0;
  /// Reads `count` images from `first` on: count×3×rows×columns, float32, CPU. Throws an Error that
  /// names the image when one cannot be read. Can be cancelled between images.
  std::function<torch::Tensor(std::int64_t first, std::int64_t count, const CancelToken& cancel)>
      read;
};

/// Returns batches that read images and prepare them for the network, on `readers` threads. The
/// images and the network must outlive the result.
[[nodiscard]] ImageBatches
picturesInBatches(const std::vector<Stimulus>& images, const Network& network, int readers = 1);

/// Returns only the images with the numbers in `which`, in that order.
[[nodiscard]] ImageBatches chosenImages(ImageBatches images, std::vector<std::int64_t> which);

/// Returns the size in pixels of the images that preparedInBatches() would read; empty when the
/// tensor `image` does not hold images.
[[nodiscard]] Extent preparedSize(const std::filesystem::path& file);

/// Opens a .safetensors file of images that are already prepared: its tensor `image` is
/// B×3×rows×columns. Throws Error{file, format, mismatch}.
[[nodiscard]] ImageBatches preparedInBatches(const std::filesystem::path& file,
                                             const NetworkInfo& info);

/// Returns the layers that the settings ask for, numbered from 0; all layers when they name none.
/// Throws Error{mismatch} when the network has no such layer or a layer is named twice.
[[nodiscard]] std::vector<int> chosenLayers(const TokenSettings& settings, int depth);

/// Returns the layers as files record them: "0,1,2".
[[nodiscard]] std::string layerList(const std::vector<int>& layers);

/// Returns the grid of local tokens that the settings ask for. Without one it is the network's own
/// grid if all chosen layers share it, else empty.
[[nodiscard]] Extent chosenGrid(const TokenSettings& settings, const NetworkInfo& info);

/// Returns the shape of each chosen layer's tokens on the chosen grid.
[[nodiscard]] std::vector<LayerShape> chosenShapes(const TokenSettings& settings,
                                                   const NetworkInfo& info);

/// Returns the grid as files record it: a whole number for a square, else "14x20" or "native".
[[nodiscard]] Attribute gridAttribute(const Extent& grid);

/// Returns the attributes that files record about the network of their tokens: network,
/// network_path, network_hash, network_family, network_activation, network_heads,
/// network_image_size, preprocessing, layers, grid.
[[nodiscard]] Attributes sourceAttributes(const NetworkSource& source,
                                          const NetworkInfo& info,
                                          const TokenSettings& settings);

/// Says whether the computation has the CPU's cores for itself.
enum class Cores {
  own,   ///< it has: images are computed in parallel, one thread each
  shared ///< another thread computes too: one image at a time
};

/// Computes tokens batch by batch at settings.grid and settings.layers and hands each batch to
/// `take`: float32, CPU. Images are read while others are computed. On the CPU an image's tokens do
/// not depend on its batch. Reports progress and can be cancelled within a batch. Throws
/// Error{unsupported} on settings.half without CUDA.
void forEachTokenBatch(const Network& network,
                       const ImageBatches& images,
                       const TokenSettings& settings,
                       const Control& control,
                       const std::function<void(std::int64_t first, const Tokens&)>& take,
                       Cores cores = Cores::own);

/// Computes the tokens of all images with forEachTokenBatch() and Cores::shared, and keeps them in
/// memory.
[[nodiscard]] Tokens computeTokens(const Network& network,
                                   const std::vector<Stimulus>& images,
                                   const TokenSettings& settings,
                                   const Control& control);

} // namespace cortograph
