#pragma once

#include "base/random.h"
#include "demo/scenes/canvas.h"
#include "demo/scenes/scene.h"

namespace cortograph::demo {

/// Where things can stand in a picture.
struct Stage {
  float horizon = 0;  ///< pixels from the top: the ground begins somewhat below
  bool ground = true; ///< else things float anywhere, as in a collage
};

/// Fills the canvas; the setting's pixels stay nobody's.
Stage paintSetting(Canvas& canvas, Setting setting, SplitMix& random);

} // namespace cortograph::demo
