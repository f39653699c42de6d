#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cortograph {

/// A named set of modelled vertices. Regions may overlap ("V1v" lies in "early").
struct Region {
  std::string name;                 ///< "V1v", "FFA-1"
  std::string group;                ///< "prf-visualrois", "streams"
  std::vector<std::uint8_t> member; ///< N, 0 or 1
};

using Parcellation = std::vector<Region>;

/// Returns the name of the region that a numbered, dorsal or ventral part belongs to: "FFA" for
/// "FFA-1", "V1" for "V1v". Returns any other name unchanged.
[[nodiscard]] std::string wholeRegion(const std::string& name);

/// Returns the region of this name, or else the union of its parts: "V1" is V1v and V1d, "FFA" is
/// FFA-1 and FFA-2. Throws Error{notFound} that lists the existing names.
[[nodiscard]] Region regionNamed(const Parcellation& parcellation, const std::string& name);

} // namespace cortograph
