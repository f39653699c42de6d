#pragma once

#include "images/image_prep.h"

namespace cortograph {

// These functions describe how the authors of networks prepare images for evaluation. `cropShare`
// is the side of the input over the shorter side of the resized picture that it is cropped from.

/// Returns a centre crop with ImageNet's mean and deviation.
[[nodiscard]] constexpr Preparation imageNetPreparation(Resampling resampling, double cropShare) {
  return {.framing = Framing::centerCrop,
          .resampling = resampling,
          .mean = {0.485F, 0.456F, 0.406F},
          .deviation = {0.229F, 0.224F, 0.225F},
          .cropShare = cropShare};
}

/// Returns a centre crop with values from -1 to 1.
[[nodiscard]] constexpr Preparation halfPreparation(Resampling resampling, double cropShare) {
  return {.framing = Framing::centerCrop,
          .resampling = resampling,
          .mean = {0.5F, 0.5F, 0.5F},
          .deviation = {0.5F, 0.5F, 0.5F},
          .cropShare = cropShare};
}

/// Returns the preparation of OpenAI's CLIP.
[[nodiscard]] constexpr Preparation clipPreparation() {
  return {.framing = Framing::centerCrop,
          .resampling = Resampling::bicubic,
          .mean = {0.48145466F, 0.4578275F, 0.40821073F},
          .deviation = {0.26862954F, 0.26130258F, 0.27577711F}};
}

} // namespace cortograph
