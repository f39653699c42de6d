#pragma once

#include "demo/cortex/hull.h"
#include "demo/cortex/mesh.h"
#include "demo/cortex/pattern.h"

namespace cortograph::demo {

inline constexpr int growthSteps = 400;

/// Grows the cortex of a hull, as in Nie et al., "A computational model of cerebral cortex
/// folding", Journal of Theoretical Biology 2010, and Tallinen et al., "On the growth and form of
/// cortical convolutions", Nature Physics 2016: an elastic sheet, whose surface grows by two and a
/// half, can't leave the skull, is tied to the white matter below, and can't cross itself; so it
/// buckles, first where the pattern has its sulci. Gives the middle of the sheet after `steps` of
/// growthSteps. Cost: 15 ms a step for 10,000 vertices.
[[nodiscard]] Points grow(const Topology& topology,
                          const Points& hull,
                          const HullField& skull,
                          const Pattern& pattern,
                          int steps = growthSteps);

/// Smooths a grown sheet, given on the next finer sphere, whose first vertices are those of the
/// coarse one, until its facets are gone.
[[nodiscard]] Points settle(const Topology& coarse,
                            const Topology& fine,
                            const Points& hull,
                            const HullField& skull,
                            const Pattern& pattern,
                            const Points& middle);

/// A sheet of cortex: its outer and its inner surface.
struct Sheet {
  Points pial;
  Points white;
};

/// Gives a sheet its thickness: from its middle, moves one surface out and one in, until they have
/// gone as far as they should or meet themselves. Neither crosses itself, on the fine sphere nor on
/// the coarse one.
[[nodiscard]] Sheet thicken(const Topology& coarse,
                            const Topology& fine,
                            const Points& middle,
                            const std::vector<double>& medialWall);

} // namespace cortograph::demo
