#pragma once

#include "base/extent.h"
#include "compute/torch.h"

namespace cortograph {

/// How a family's own code resamples its position embedding to another grid.
enum class PositionResize {
  bicubic,
  bicubicAntialiased,
  bicubicOffset ///< scaled by (n + 0.1) / m instead of n / m, as in DINO and DINOv2
};

/// Resamples a position embedding from the grid `learned` to the grid `wanted`. `stored` is
/// (extra + rows × columns)×C; the extra rows of tokens outside the grid come first and are kept.
[[nodiscard]] torch::Tensor positionsOn(const torch::Tensor& stored,
                                        const Extent& learned,
                                        const Extent& wanted,
                                        PositionResize resize);

/// Turns a decomposed relative position embedding, (2m-1)×d, into one vector per pair of n queries
/// and n keys: n×n×d. If n is not m, the embedding is interpolated linearly, as in SAM.
[[nodiscard]] torch::Tensor relativePositions(const torch::Tensor& stored, std::int64_t n);

} // namespace cortograph
