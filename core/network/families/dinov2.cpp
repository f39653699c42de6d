#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// DINOv2, https://github.com/facebookresearch/dinov2.
const Family& dinov2() {
  static constexpr std::string_view needed[] = {"cls_token", "blocks.0.ls1.gamma"};
  static const VitFamily family(
      {.name = "dinov2",
       .title = "DINOv2, as its authors publish it",
       .anchor = "patch_embed.proj.weight",
       .needed = needed,
       .defaults = {.resize = PositionResize::bicubicOffset},
       .preparation = imageNetPreparation(Resampling::bicubic, 224.0 / 256),
       .tells = [](const VitCandidate& candidate) -> std::string {
         return candidate.canonical.contains("mask_token") ? "layer scales and a mask token" : "";
       }});
  return family;
}

} // namespace cortograph::families
