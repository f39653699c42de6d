#pragma once

#include "compute/torch.h"

namespace cortograph {

/// What each vertex selects. float32 or float64, all of one type.
struct Selection {
  torch::Tensor space; ///< N × 2, x right, y down, -1..1 (grid_sample, align_corners=false)
  torch::Tensor layer; ///< N × L
  torch::Tensor scale; ///< N, 0 local .. 1 global
};

/// The aligned tokens of one batch as rows to pick from: each layer's grid cells from the top left,
/// row by row, then its global token.
struct TokenTable {
  torch::Tensor rows; ///< (L * (height * width + 1)) × B × D
  int height = 0;
  int width = 0;
};

/// The responses, B × N: for each vertex the weighted sum of its four surrounding cells (bilinear,
/// zero outside the grid) and the global token over all layers, then the mean over D of that times
/// `weight` (N × D), plus `bias` (N). Differentiable in the table, the selection, weight and bias.
/// Cost: 2 * N * 5L * B * D operations; nothing of size N × D × L is made. On the CPU one fused
/// kernel (selection_kernel.h), elsewhere selectAndReadByBags.
[[nodiscard]] torch::Tensor selectAndRead(const TokenTable& table,
                                          const Selection& selection,
                                          const torch::Tensor& weight,
                                          const torch::Tensor& bias);

/// What each vertex reads, N × B × D, from LibTorch's embedding_bag, which every device has.
[[nodiscard]] torch::Tensor selected(const TokenTable& table, const Selection& selection);

/// selectAndRead() from selected().
[[nodiscard]] torch::Tensor selectAndReadByBags(const TokenTable& table,
                                                const Selection& selection,
                                                const torch::Tensor& weight,
                                                const torch::Tensor& bias);

/// The definition spelled out with grid_sample, layer by layer, as the public implementation does:
/// B × N × D × L in memory. To check and measure against.
[[nodiscard]] torch::Tensor selectAndReadPlainly(const TokenTable& table,
                                                 const Selection& selection,
                                                 const torch::Tensor& weight,
                                                 const torch::Tensor& bias);

} // namespace cortograph
