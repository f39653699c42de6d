#pragma once

#include "brain/surface.h"
#include "compute/torch.h"

#include <array>
#include <vector>

namespace cortograph {

/// Returns the frame that an encoding is relative to: the smallest x, y and z and the longest
/// extent of these points, in their unit. An encoder keeps it, so that a subset of its vertices is
/// encoded in the same way. Throws Error{mismatch} when there are fewer than two points, when all
/// are equal, or when one is not finite.
[[nodiscard]] std::array<float, 4> encodingFrameOf(const std::vector<Point>& points);

/// Computes a sinusoidal encoding, N × 192 float32, of q = (p - low) * 100 / extent: for each axis
/// and each of 32 frequencies (1000 to the power 0 .. 1/32 - 1), sin, then cos.
[[nodiscard]] torch::Tensor positionalEncoding(const std::vector<Point>& points,
                                               const std::array<float, 4>& frame);

inline constexpr int encodingWidth = 192;

} // namespace cortograph
