#include "network/vit_family.h"

namespace cortograph::families {

/// Segment Anything, https://github.com/facebookresearch/segment-anything, image_encoder.py. It has
/// no class token; the mean of the local tokens replaces it. Its own code accepts a single image
/// size; for other sizes the positions are resampled as in timm.
const Family& sam() {
  static constexpr NameRule names[] = {{"blocks.#.mlp.lin1", "blocks.#.mlp.fc1"},
                                       {"blocks.#.mlp.lin2", "blocks.#.mlp.fc2"}};
  static constexpr std::string_view needed[] = {"blocks.0.attn.rel_pos_h"};
  static constexpr Preparation own{.framing = Framing::pad,
                                   .resampling = Resampling::bilinear,
                                   .mean = {0.485F, 0.456F, 0.406F},
                                   .deviation = {0.229F, 0.224F, 0.225F}};
  static const VitFamily family(
      {.name = "sam",
       .title = "Segment Anything's image encoder",
       .anchor = "patch_embed.proj.weight",
       .names = names,
       .needed = needed,
       .defaults = {.resize = PositionResize::bicubicAntialiased},
       .preparation = own,
       .tells = [](const VitCandidate&) -> std::string { return "relative positions"; }});
  return family;
}

} // namespace cortograph::families
