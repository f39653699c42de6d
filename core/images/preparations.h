#pragma once

#include "images/image_prep.h"

namespace cortograph {

/// How networks' authors prepare images for evaluation. `cropShare`: the input's side over the
/// shorter side of the picture it is cropped from.

[[nodiscard]] constexpr Preparation imageNetPreparation(Resampling resampling, double cropShare) {
  return {Framing::centerCrop,
          resampling,
          {0.485F, 0.456F, 0.406F},
          {0.229F, 0.224F, 0.225F},
          cropShare};
}

/// Values from -1 to 1.
[[nodiscard]] constexpr Preparation halfPreparation(Resampling resampling, double cropShare) {
  return {Framing::centerCrop, resampling, {0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}, cropShare};
}

[[nodiscard]] constexpr Preparation clipPreparation() {
  return {Framing::centerCrop,
          Resampling::bicubic,
          {0.48145466F, 0.4578275F, 0.40821073F},
          {0.26862954F, 0.26130258F, 0.27577711F}};
}

} // namespace cortograph
