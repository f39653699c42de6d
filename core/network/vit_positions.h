#pragma once

#include "base/extent.h"
#include "compute/torch.h"

namespace cortograph {

/// How a family's own code brings its position embedding to another grid.
enum class PositionResize {
  bicubic,
  bicubicAntialiased,
  bicubicOffset ///< by (n + 0.1) / m instead of n / m, as DINO and DINOv2 do
};

/// stored: (extra + rows × columns)×C, tokens without a place first; the places are resampled to
/// `wanted`.
[[nodiscard]] torch::Tensor positionsOn(const torch::Tensor& stored,
                                        const Extent& learnt,
                                        const Extent& wanted,
                                        PositionResize resize);

/// A decomposed relative position embedding, (2m-1)×d, as vectors of each of n queries to each of
/// n keys: n×n×d. Linear in between, as SAM does, where n is not m.
[[nodiscard]] torch::Tensor relativePositions(const torch::Tensor& stored, std::int64_t n);

} // namespace cortograph
