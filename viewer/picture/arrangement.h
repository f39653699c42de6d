#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace cortograph {

/// The arrangement of the panes in a grid.
enum class Arrangement {
  maps,     ///< a row per map, a column per kind
  kinds,    ///< a row per kind, a column per map
  subjects, ///< a row per kind and subject, a column per network
  wrapped   ///< one after the other, in rows of Style::columns panes
};
inline constexpr std::array<Arrangement, 4> allArrangements{
    Arrangement::maps, Arrangement::kinds, Arrangement::subjects, Arrangement::wrapped};
[[nodiscard]] std::string_view toString(Arrangement arrangement) noexcept;
[[nodiscard]] std::optional<Arrangement> arrangementNamed(std::string_view name) noexcept;

} // namespace cortograph
