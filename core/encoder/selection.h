#pragma once

#include "compute/torch.h"

namespace cortograph {

/// The selection of each vertex; all tensors are float32, or all are float64.
struct Selection {
  torch::Tensor space; ///< N × 2, x right, y down, -1..1 (grid_sample, align_corners=false)
  torch::Tensor layer; ///< N × L
  torch::Tensor scale; ///< N, 0 local .. 1 global
};

/// The aligned tokens of one batch as a table of rows: for each layer its grid cells from the top
/// left, row by row, then its global token.
struct TokenTable {
  torch::Tensor rows; ///< (L * (height * width + 1)) × B × D
  int height = 0;
  int width = 0;
};

/// Computes the responses, B × N. For each vertex, the four cells around its place (bilinear, zero
/// outside the grid) and the global token are summed with their weights over all layers; the
/// response is the mean over D of this sum times `weight` (N × D), plus `bias` (N). Differentiable
/// in the table, the selection, weight and bias. Cost: 2 * N * 5L * B * D operations, without an
/// array of size N × D × L. Runs one fused kernel on the CPU (selection_kernel.h),
/// selectAndReadByBags() on other devices.
[[nodiscard]] torch::Tensor selectAndRead(const TokenTable& table,
                                          const Selection& selection,
                                          const torch::Tensor& weight,
                                          const torch::Tensor& bias);

/// Computes the weighted sum of tokens that each vertex selects, N × B × D, by LibTorch's
/// embedding_bag, which runs on every device.
[[nodiscard]] torch::Tensor selected(const TokenTable& table, const Selection& selection);

/// Computes the same as selectAndRead(), by means of selected().
[[nodiscard]] torch::Tensor selectAndReadByBags(const TokenTable& table,
                                                const Selection& selection,
                                                const torch::Tensor& weight,
                                                const torch::Tensor& bias);

/// Computes the same as selectAndRead() with grid_sample, layer by layer, as the public
/// implementation does, with an array of B × N × D × L. A reference for tests and benchmarks.
[[nodiscard]] torch::Tensor selectAndReadPlainly(const TokenTable& table,
                                                 const Selection& selection,
                                                 const torch::Tensor& weight,
                                                 const torch::Tensor& bias);

} // namespace cortograph
