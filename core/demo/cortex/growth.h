#pragma once

#include "demo/cortex/hull.h"
#include "demo/cortex/mesh.h"
#include "demo/cortex/pattern.h"

namespace cortograph::demo {

inline constexpr int growthSteps = 400;

/// Grows a folded cortex from a hull, as in Nie et al., "A computational model of cerebral cortex
/// folding", Journal of Theoretical Biology 2010, and Tallinen et al., "On the growth and form of
/// cortical convolutions", Nature Physics 2016. The cortex is an elastic sheet whose area grows by
/// a factor of 2.5. It can't leave the skull, is tied to the white matter below and can't cross
/// itself, so it buckles, first at the sulci of the pattern. Returns the middle of the sheet after
/// `steps` of growthSteps. Cost: 15 ms per step for 10,000 vertices.
[[nodiscard]] Points grow(const Topology& topology,
                          const Points& hull,
                          const HullField& skull,
                          const Pattern& pattern,
                          int steps = growthSteps);

/// Smooths a grown sheet until its facets are gone. The sheet is given on the next finer sphere,
/// whose first vertices are those of the coarse one. Returns the middle of the sheet.
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

/// Gives a sheet its thickness: moves one surface outwards and one inwards from the middle, until
/// they reach half the thickness or meet themselves. Neither surface crosses itself, on the fine
/// sphere or on the coarse one.
[[nodiscard]] Sheet thicken(const Topology& coarse,
                            const Topology& fine,
                            const Points& middle,
                            const std::vector<double>& medialWall);

} // namespace cortograph::demo
