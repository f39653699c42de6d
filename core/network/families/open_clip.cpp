#include "images/preparations.h"
#include "network/clip_names.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// OpenCLIP, https://github.com/mlfoundations/open_clip. Some models use QuickGELU as OpenAI's do,
/// which their tensor names don't show: it is read from open_clip_config.json beside the file, or
/// given with --act quick_gelu.
const Family& open_clip() {
  static const VitFamily family(
      {.name = "open_clip",
       .title = "CLIP's image encoder, as OpenCLIP publishes it",
       .anchor = "conv1.weight",
       .names = clipNames,
       .needed = clipNeeds,
       .defaults = {.layerNormEps = 1e-5, .resize = PositionResize::bicubicAntialiased},
       .preparation = clipPreparation()});
  return family;
}

} // namespace cortograph::families
