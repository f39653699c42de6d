#pragma once

#include "demo/cortex/mesh.h"

#include <cstdint>
#include <vector>

namespace cortograph::demo {

/// Where a hull will fold; each vector has one value per vertex.
struct Pattern {
  std::vector<double> sulcal;     ///< from -1 on gyral crowns to 1 in sulci
  std::vector<double> primary;    ///< 1 on the sulci that all people have, 0 far from them
  std::vector<double> medialWall; ///< 1 where there is no cortex, 0 outside
};

/// Grows a Turing pattern from the primary sulci, which are the same in everyone, and from the
/// noise of `seed`, as in Lefèvre and Mangin, "A reaction-diffusion model of human brain
/// development", PLoS Computational Biology 2010.
[[nodiscard]] Pattern
foldingPattern(const Topology& topology, const Points& hull, std::uint64_t seed);

} // namespace cortograph::demo
