#pragma once

#include "network/family.h"
#include "network/vit_positions.h"
#include "weights/weight_file.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// Settings of a Vision Transformer (Dosovitskiy et al. 2021, arXiv 2010.11929) that its tensors do
/// not show.
///
/// A network is built from a table of tensors with canonical names; each family maps its own names
/// onto these. The presence of an optional tensor (?) changes the network:
///   patch_embed.proj.weight C×3×p×p, .bias C?; cls_token, dist_token, C?; register_tokens R×C?
///   (Darcet et al. 2024, added after the positions); pos_embed T×C with or without the class
///   token, or h×w×C; norm_pre C?; and for each block i, with the prefix blocks.i.:
///   norm1, attn.qkv 3C×C or attn.q, .k, .v C×C, bias?, attn.proj, ls1.gamma C?,
///   attn.rel_pos_h, .rel_pos_w (2n-1)×d? (SAM: decomposed relative positions; if n is not the side
///   of the grid, attention stays within windows of n×n),
///   norm2, mlp.fc1, mlp.fc2 or mlp.w12, mlp.w3 (SwiGLU), ls2.gamma C?.
/// Axes of length 1 are ignored. Without a class token, the global token is the mean of the local
/// tokens.
struct VitDefaults {
  double layerNormEps = 1e-6;
  std::string_view activation = "gelu";
  PositionResize resize = PositionResize::bicubic;
  bool normAfter = false; ///< x = norm(x + f(x)) instead of x = x + f(norm(x))
  /// Returns the number of heads for a width, 0 if unknown. Null: publishedHeads().
  int (*heads)(int width) = nullptr;
};

/// Returns the number of heads that published networks of this width have: one per 64 channels,
/// with a few exceptions. 0: unknown.
[[nodiscard]] int publishedHeads(int width);

/// Returns whether two shapes agree when axes of length 1 are ignored.
[[nodiscard]] bool sameShape(const std::vector<std::int64_t>& a,
                             const std::vector<std::int64_t>& b);

/// What the shapes of a table's tensors show about the network.
struct VitShape {
  int depth = 0;
  int width = 0; ///< channels
  int patch = 0; ///< pixels a side
  /// The square grid that the positions were learnt on, or the one that their shape states; empty:
  /// their number is not that of a square.
  Extent grid;
  int registers = 0;
  int heads = 0; ///< 0: the shapes don't show it
};

struct ExpectedTensor {
  std::string name;                ///< canonical name
  std::vector<std::int64_t> shape; ///< 0 for an axis of unknown length
  bool optional = false;
};

[[nodiscard]] VitShape shapeOf(const WeightTable& canonical);
/// Returns whether the table's positions, without those of class and distillation tokens, are as
/// many as the grid has cells.
[[nodiscard]] bool positionsFit(const WeightTable& canonical, const Extent& grid);
/// Returns every tensor that a network with the table's shapes may have.
[[nodiscard]] std::vector<ExpectedTensor> expectedTensors(const WeightTable& canonical);

/// Returns the name that a tensor of the table has in the file.
using NameInFile = std::function<std::string(const std::string& canonical)>;

/// Builds a network from a table, which must have all expected tensors. Throws Error{format} on
/// weights that are not finite numbers, Error{unsupported} when the activation or the number of
/// heads in the description is unknown.
[[nodiscard]] std::unique_ptr<const Network> buildVit(const WeightTable& canonical,
                                                      Description description,
                                                      const VitDefaults& defaults,
                                                      const NameInFile& nameInFile,
                                                      torch::Device device);

} // namespace cortograph
