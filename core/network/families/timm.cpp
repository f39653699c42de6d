#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// timm, https://github.com/huggingface/pytorch-image-models, vision_transformer.py. Its names are
/// the canonical names, except for registers.
const Family& timm() {
  static constexpr NameRule names[] = {{"reg_token", "register_tokens"}};
  static const VitFamily family({.name = "timm",
                                 .title = "Vision Transformer with timm's names",
                                 .anchor = "patch_embed.proj.weight",
                                 .names = names,
                                 .defaults = {.resize = PositionResize::bicubicAntialiased},
                                 .preparation = halfPreparation(Resampling::bicubic, 0.9)});
  return family;
}

} // namespace cortograph::families
