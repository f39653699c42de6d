#pragma once

#include "demo/cortex/mesh.h"

#include <cstdint>
#include <vector>

namespace cortograph::demo {

/// Where a hull is to fold, one value a vertex.
struct Pattern {
  std::vector<double> sulcal;     ///< -1 gyral crown .. 1 sulcus
  std::vector<double> primary;    ///< 1 on the sulci that all people have, 0 far from them
  std::vector<double> medialWall; ///< 1 where there is no cortex, 0 outside
};

/// A Turing pattern, as in Lefèvre and Mangin, "A reaction-diffusion model of human brain
/// development", PLoS Computational Biology 2010, grown from the primary sulci, which lie alike in
/// everyone, and from the noise of `seed`.
[[nodiscard]] Pattern
foldingPattern(const Topology& topology, const Points& hull, std::uint64_t seed);

} // namespace cortograph::demo
