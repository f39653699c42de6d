#pragma once

#include "app/session/document.h"

#include <span>
#include <string_view>

namespace cortograph {

/// A layout of the shown maps on flat cortices, as in a figure of the paper.
struct Preset {
  std::string_view name;  ///< "strip"
  std::string_view title; ///< "Layer, place, scale, channels in a row"
  void (*apply)(Document& document) = nullptr;
};
[[nodiscard]] std::span<const Preset> presets();
/// Returns the preset of this name. Throws Error{notFound} that lists the known names.
[[nodiscard]] const Preset& presetNamed(std::string_view name);

} // namespace cortograph
