#include "images/preparations.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// MAE, https://github.com/facebookresearch/mae. The encoder alone has the names of timm's ViT
/// without a head, and so has DINO's; the two differ in how positions are resampled.
const Family& mae() {
  static const VitFamily family(
      {.name = "mae",
       .title = "Masked autoencoder (MAE), as its authors publish it",
       .anchor = "patch_embed.proj.weight",
       .preparation = imageNetPreparation(Resampling::bicubic, 224.0 / 256),
       .tells = [](const VitCandidate& candidate) -> std::string {
         const WeightTable& table = candidate.canonical;
         if (table.contains("decoder_embed.weight")) {
           return "a decoder";
         }
         const bool plain = table.contains("cls_token") && table.contains("norm.weight") &&
                            !table.contains("blocks.0.ls1.gamma") &&
                            !table.contains("norm_pre.weight") &&
                            !table.contains("register_tokens");
         return plain && !candidate.mentions("head.") ? "no head: an encoder published alone" : "";
       }});
  return family;
}

} // namespace cortograph::families
