#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// DeiT, https://github.com/facebookresearch/deit. It can be distinguished from timm's networks
/// only when it is distilled.
const Family& deit() {
  static const VitFamily family(
      {.name = "deit",
       .title = "DeiT, as its authors publish it",
       .anchor = "patch_embed.proj.weight",
       .preparation = imageNetPreparation(Resampling::bicubic, 224.0 / 256),
       .tells = [](const VitCandidate& candidate) -> std::string {
         return candidate.canonical.contains("dist_token") ? "a distillation token" : "";
       }});
  return family;
}

} // namespace cortograph::families
