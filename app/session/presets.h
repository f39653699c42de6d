#pragma once

#include "app/session/document.h"

#include <span>
#include <string_view>

namespace cortograph {

/// A layout of the paper's figures, of the shown maps, in the plane.
struct Preset {
  std::string_view name;  ///< "strip"
  std::string_view title; ///< "Layer, place, scale, channels in a row"
  void (*apply)(Document& document) = nullptr;
};
[[nodiscard]] std::span<const Preset> presets();
/// Throws Error{notFound} with the names there are.
[[nodiscard]] const Preset& presetNamed(std::string_view name);

} // namespace cortograph
