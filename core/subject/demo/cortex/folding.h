#pragma once

#include "subject/demo/cortex/mesh.h"

#include <cstdint>
#include <vector>

namespace cortograph::demo {

struct Folding {
  Points pial;
  std::vector<double> depth;            ///< mm below the hull
  std::vector<std::uint8_t> medialWall; ///< 1 where there is no cortex: not folded
};

/// Folds a hull. The pattern is a Turing pattern, as in Lefèvre and Mangin, "A reaction-diffusion
/// model of human brain development", PLoS Computational Biology 2010, grown from the primary
/// sulci, which lie alike in everyone, and from the noise of `seed`.
[[nodiscard]] Folding fold(const Topology& topology, const Points& hull, std::uint64_t seed);

} // namespace cortograph::demo
