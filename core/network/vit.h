#pragma once

#include "network/family.h"

#include <memory>
#include <string>

namespace cortograph {

/// A Vision Transformer (Dosovitskiy et al. 2021, arXiv 2010.11929): patches, class token and
/// position embedding, pre-norm blocks. Each family is a map of names onto the canonical table:
///   patch_embed.proj.weight C×3×p×p, .bias C?; cls_token 1×1×C?; pos_embed 1×T×C (with or without
///   the class token); norm_pre.weight, .bias C?; per block i, blocks.i. norm1, attn.qkv 3C×C (bias
///   optional), attn.proj, ls1.gamma C?, norm2, mlp.fc1, mlp.fc2, ls2.gamma C?.
/// (? optional.) Without a class token the global token is the mean of the local ones.

struct VitDefaults {
  double layerNormEps = 1e-6;
  std::string activation = "gelu";
};

[[nodiscard]] FamilyMatch matchVit(const WeightTable& canonical);

/// The table must match. The file's metadata may hold "heads"; info.heads is 0 when nothing tells
/// their number. Throws Error{unsupported} when that number does not divide the width.
[[nodiscard]] NetworkInfo describeVit(const WeightFile& file,
                                      const WeightTable& canonical,
                                      const NetworkSource& source,
                                      const VitDefaults& defaults);

/// Throws Error{unsupported} that asks for --heads when their number is not known.
void needHeads(const NetworkInfo& info);

/// Throws what needHeads() does, and Error{format} on weights that are no numbers.
[[nodiscard]] std::unique_ptr<const Network>
buildVit(const WeightTable& canonical, NetworkInfo info, double layerNormEps, torch::Device device);

} // namespace cortograph
