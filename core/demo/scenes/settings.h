#pragma once

#include "base/random.h"
#include "demo/scenes/canvas.h"
#include "demo/scenes/scene.h"

namespace cortograph::demo {

/// Says where things can stand in a picture.
struct Stage {
  float horizon = 0;  ///< pixels from the top; the ground begins a little below
  bool ground = true; ///< false: things float anywhere, as in a collage
};

/// Paints a setting on the whole canvas. Its pixels have the owner 0.
Stage paintSetting(Canvas& canvas, Setting setting, SplitMix& random);

} // namespace cortograph::demo
