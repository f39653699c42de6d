#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// DINO, https://github.com/facebookresearch/dino. The backbone alone has the same names as MAE's;
/// a training checkpoint also has a teacher and the head's last layer.
const Family& dino() {
  static const VitFamily family(
      {.name = "dino",
       .title = "DINO, as its authors publish it",
       .anchor = "patch_embed.proj.weight",
       .defaults = {.resize = PositionResize::bicubicOffset},
       .preparation = imageNetPreparation(Resampling::bicubic, 224.0 / 256),
       .tells = [](const VitCandidate& candidate) -> std::string {
         const bool teacher = candidate.prefix.find("teacher.") != std::string::npos;
         return teacher && candidate.mentions("head.last_layer") ? "a teacher and its last layer"
                                                                 : "";
       }});
  return family;
}

} // namespace cortograph::families
