#include "images/preparations.h"
#include "network/clip_names.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// https://github.com/mlfoundations/open_clip. Models that follow OpenAI's in QuickGELU can't be
/// told by their names: open_clip_config.json beside the file tells, or --act quick_gelu.
const Family& open_clip() {
  static const VitFamily family(
      {.name = "open_clip",
       .title = "CLIP's image tower of OpenCLIP",
       .anchor = "conv1.weight",
       .names = clipNames,
       .needed = clipNeeds,
       .defaults = {.layerNormEps = 1e-5, .resize = PositionResize::bicubicAntialiased},
       .preparation = clipPreparation()});
  return family;
}

} // namespace cortograph::families
