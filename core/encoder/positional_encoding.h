#pragma once

#include "brain/surface.h"
#include "compute/torch.h"

#include <array>
#include <vector>

namespace cortograph {

/// Smallest x, y, z and the longest extent of these points, in their unit: what the encoding is
/// relative to. Kept with an encoder, so that a part of its vertices is encoded as the whole was.
/// Throws Error{mismatch} when the points are fewer than two or all alike, or not finite.
[[nodiscard]] std::array<float, 4> encodingFrameOf(const std::vector<Point>& points);

/// Sinusoidal encoding, N × 192 float32: q = (p - low) * 100 / extent; for each axis, for each of
/// 32 frequencies (1000 to the power 0 .. 1/32 - 1), sin then cos.
[[nodiscard]] torch::Tensor positionalEncoding(const std::vector<Point>& points,
                                               const std::array<float, 4>& frame);

inline constexpr int encodingWidth = 192;

} // namespace cortograph
