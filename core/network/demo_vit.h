#pragma once

#include "base/array.h"

#include <map>
#include <string>

namespace cortograph {

/// Weights of the demo Vision Transformers, in timm's names.
using DemoTensors = std::map<std::string, Array<float>>;

inline constexpr int demoVitHeads = 4;

/// Computed from formulas, no training. Photographs at 128×128, prepared as the reference does.
///   patch embedding: Gabor pairs (even, odd), luminance and two opponent colours
///   block 0, MLP: their energy; later blocks: attention, local by position embeddings, pools
///   energies over ever wider neighbourhoods until the last sees the whole image; class token: the
///   image-wide mean at every depth.
[[nodiscard]] DemoTensors gaborTensors();

/// The same shapes, drawn from a fixed seed as an untrained Vision Transformer is; the control.
[[nodiscard]] DemoTensors randomTensors();

} // namespace cortograph
