#pragma once

#include "demo/scenes/scene.h"

#include <string>
#include <vector>

namespace cortograph::demo {

/// Describes a scene in plain English, beginning with what fills most pixels: "two dogs, a red cup
/// and the word STOP on a street".
[[nodiscard]] std::string captionOf(Setting setting, const std::vector<Thing>& things);

} // namespace cortograph::demo
