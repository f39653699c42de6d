#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace cortograph {

/// A direction to look from, in the standard space. Each hemisphere is turned so that the named
/// face is seen; lateral and medial show the left and the right one side by side.
enum class View { lateral, medial, dorsal, ventral, anterior, posterior };
inline constexpr std::array<View, 6> allViews{
    View::lateral, View::medial, View::dorsal, View::ventral, View::anterior, View::posterior};
[[nodiscard]] std::string_view toString(View view) noexcept;
[[nodiscard]] std::optional<View> viewNamed(std::string_view name) noexcept;

} // namespace cortograph
