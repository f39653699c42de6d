#include "images/preparations.h"
#include "network/clip_names.h"
#include "network/vit_family.h"

namespace cortograph::families {

/// OpenAI's CLIP, https://github.com/openai/CLIP. It has the same names as OpenCLIP, but uses
/// QuickGELU. It is recognised by what only OpenAI's own files have.
const Family& openai_clip() {
  static const VitFamily family({.name = "openai_clip",
                                 .title = "CLIP's image encoder, as OpenAI publishes it",
                                 .anchor = "conv1.weight",
                                 .names = clipNames,
                                 .needed = clipNeeds,
                                 .defaults = {.layerNormEps = 1e-5,
                                              .activation = "quick_gelu",
                                              .resize = PositionResize::bicubicAntialiased},
                                 .preparation = clipPreparation(),
                                 .tells = [](const VitCandidate& candidate) -> std::string {
                                   return candidate.file.isTorchScript() ? "a TorchScript archive"
                                          : candidate.file.has("input_resolution")
                                              ? "an input_resolution"
                                              : "";
                                 }});
  return family;
}

} // namespace cortograph::families
