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

/// A Vision Transformer (Dosovitskiy et al. 2021, arXiv 2010.11929) from a table of canonical
/// names, which each family maps its own onto; what is optional (?) changes the network by being
/// there:
///   patch_embed.proj.weight C×3×p×p, .bias C?; cls_token, dist_token, C?; register_tokens R×C?
///   (Darcet et al. 2024, after the positions); pos_embed T×C with or without the class token, or
///   h×w×C; norm_pre C?; per block i, blocks.i.
///   norm1, attn.qkv 3C×C or attn.q, .k, .v C×C, bias?, attn.proj, ls1.gamma C?,
///   attn.rel_pos_h, .rel_pos_w (2n-1)×d? (SAM: decomposed relative positions; where n is not the
///   side of the grid, attention stays within windows of n×n),
///   norm2, mlp.fc1, mlp.fc2 or mlp.w12, mlp.w3 (SwiGLU), ls2.gamma C?.
/// Axes of length 1 don't count. Without a class token the global token is the mean of the local.
struct VitDefaults {
  double layerNormEps = 1e-6;
  std::string_view activation = "gelu";
  PositionResize resize = PositionResize::bicubic;
  bool normAfter = false; ///< x = norm(x + f(x)) instead of x + f(norm(x))
  /// Heads by width; 0: not known.
  int (*heads)(int width) = nullptr;
};

/// 64 channels a head, but for the widths that published networks divide otherwise; 0: not known.
[[nodiscard]] int publishedHeads(int width);

/// Whether shapes agree but for axes of length 1.
[[nodiscard]] bool sameShape(const std::vector<std::int64_t>& a,
                             const std::vector<std::int64_t>& b);

/// What a table's shapes say.
struct VitShape {
  int depth = 0;
  int width = 0;
  int patch = 0;
  Extent grid; ///< that the positions were learnt on; empty: they are on none
  int registers = 0;
  int heads = 0; ///< 0: shapes don't tell
};

struct ExpectedTensor {
  std::string name;                ///< canonical
  std::vector<std::int64_t> shape; ///< 0: unknown
  bool optional = false;
};

[[nodiscard]] VitShape shapeOf(const WeightTable& canonical);
/// Every tensor that such a network may have.
[[nodiscard]] std::vector<ExpectedTensor> expectedTensors(const WeightTable& canonical);

/// What the file calls a tensor of the table.
using NameInFile = std::function<std::string(const std::string& canonical)>;

/// The table must have the tensors that are expected. Throws Error{format} on weights that are no
/// numbers, Error{unsupported} when info's activation or heads are not known.
[[nodiscard]] std::unique_ptr<const Network> buildVit(const WeightTable& canonical,
                                                      Description description,
                                                      const VitDefaults& defaults,
                                                      const NameInFile& nameInFile,
                                                      torch::Device device);

} // namespace cortograph
