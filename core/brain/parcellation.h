#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cortograph {

/// A named part of the modelled vertices. Regions may overlap ("V1v" lies in "early").
struct Region {
  std::string name;                 ///< "V1v", "FFA-1"
  std::string group;                ///< "prf-visualrois", "streams"
  std::vector<std::uint8_t> member; ///< N, 0 or 1
};

using Parcellation = std::vector<Region>;

/// The name of the whole that a numbered or a dorsal or ventral part belongs to: "FFA" of "FFA-1",
/// "V1" of "V1v"; any other name is its own.
[[nodiscard]] std::string wholeRegion(const std::string& name);

/// A region by its name, or the union of those it stands for: "V1" is V1v and V1d, "FFA" is FFA-1
/// and FFA-2. Throws Error{notFound} that lists the names there are.
[[nodiscard]] Region regionNamed(const Parcellation& parcellation, const std::string& name);

} // namespace cortograph
