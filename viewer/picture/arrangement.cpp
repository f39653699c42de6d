#include "viewer/picture/arrangement.h"

#include <algorithm>

namespace cortograph {

std::string_view toString(Arrangement arrangement) noexcept {
  switch (arrangement) {
  case Arrangement::maps:
    return "maps";
  case Arrangement::kinds:
    return "kinds";
  case Arrangement::subjects:
    return "subjects";
  case Arrangement::wrapped:
    break;
  }
  return "wrapped";
}

std::optional<Arrangement> arrangementNamed(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(
      allArrangements, name, [](Arrangement arrangement) { return toString(arrangement); });
  return found == allArrangements.end() ? std::nullopt : std::optional(*found);
}

} // namespace cortograph
