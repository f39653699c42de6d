#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace cortograph {

/// How the panes of the shown maps make a grid.
enum class Arrangement {
  maps,     ///< a row for each map, a column for each kind
  kinds,    ///< a row for each kind, a column for each map
  subjects, ///< for each kind a row for each subject, a column for each network
  wrapped   ///< one after the other, in rows of Style::columns
};
inline constexpr std::array<Arrangement, 4> allArrangements{
    Arrangement::maps, Arrangement::kinds, Arrangement::subjects, Arrangement::wrapped};
[[nodiscard]] std::string_view toString(Arrangement arrangement) noexcept;
[[nodiscard]] std::optional<Arrangement> arrangementNamed(std::string_view name) noexcept;

} // namespace cortograph
