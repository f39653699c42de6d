#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// MoCo v3, https://github.com/facebookresearch/moco-v3.
const Family& moco_v3() {
  static const VitFamily family(
      {.name = "moco_v3",
       .title = "MoCo v3, as its authors publish it",
       .anchor = "patch_embed.proj.weight",
       // MoCo v3's ViT-S has 12 heads, not 6.
       .defaults = {.heads = [](int width) { return width == 384 ? 12 : publishedHeads(width); }},
       .preparation = imageNetPreparation(Resampling::bilinear, 224.0 / 256),
       .tells = [](const VitCandidate& candidate) -> std::string {
         return candidate.prefix.find("base_encoder.") != std::string::npos ? "a base encoder" : "";
       }});
  return family;
}

} // namespace cortograph::families
