#include "network/vit_positions.h"

#include <optional>

namespace cortograph {

namespace {

using torch::Tensor;

/// Resamples positions, 1×C×rows×columns, to the grid `wanted`.
Tensor resampled(const Tensor& grid, const Extent& wanted, PositionResize resize) {
  const std::vector<std::int64_t> size{wanted.rows, wanted.columns};
  if (resize == PositionResize::bicubicAntialiased) {
    return at::_upsample_bicubic2d_aa(grid, size, false);
  }
  if (resize == PositionResize::bicubic) {
    return at::upsample_bicubic2d(grid, size, false);
  }
  constexpr double offset = 0.1;
  return at::upsample_bicubic2d(grid,
                                size,
                                false,
                                (wanted.rows + offset) / static_cast<double>(grid.size(2)),
                                (wanted.columns + offset) / static_cast<double>(grid.size(3)));
}

} // namespace

Tensor positionsOn(const Tensor& stored,
                   const Extent& learned,
                   const Extent& wanted,
                   PositionResize resize) {
  if (learned == wanted) {
    return stored;
  }
  const std::int64_t width = stored.size(1);
  const std::int64_t extra = stored.size(0) - std::int64_t{learned.rows} * learned.columns;
  const Tensor grid = stored.slice(0, extra)
                          .reshape({1, learned.rows, learned.columns, width})
                          .permute({0, 3, 1, 2});
  const Tensor places = resampled(grid, wanted, resize).permute({0, 2, 3, 1}).reshape({-1, width});
  return torch::cat({stored.slice(0, 0, extra), places});
}

Tensor relativePositions(const Tensor& stored, std::int64_t n) {
  Tensor vectors = stored;
  if (stored.size(0) != 2 * n - 1) {
    vectors = at::upsample_linear1d(stored.t().unsqueeze(0), {2 * n - 1}, false)[0].t();
  }
  const Tensor places =
      torch::arange(n, torch::TensorOptions(torch::kInt64).device(stored.device()));
  return vectors.index({places.unsqueeze(1) - places.unsqueeze(0) + (n - 1)});
}

} // namespace cortograph
