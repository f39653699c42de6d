#pragma once

#include "subject/demo/cortex/hull.h"
#include "subject/demo/cortex/mesh.h"
#include "subject/demo/cortex/pattern.h"

namespace cortograph::demo {

/// A sheet of cortex: its outer and its inner surface.
struct Sheet {
  Points pial;
  Points white;
};

/// Grows the cortex of a hull, as in Nie et al., "A computational model of cerebral cortex
/// folding", Journal of Theoretical Biology 2010, and Tallinen et al., "On the growth and form of
/// cortical convolutions", Nature Physics 2016: a sheet of two layers of springs, whose surface
/// grows by two and a half, can't leave the skull, is held back by the white matter below, and
/// can't cross itself; so it buckles, first where the pattern has its sulci. Moved by position based
/// dynamics (Müller et al., Journal of Visual Communication and Image Representation 2007).
[[nodiscard]] Sheet grow(const Topology& topology,
                         const Points& hull,
                         const HullField& skull,
                         const Pattern& pattern);

/// The sheet on the next finer sphere, whose first vertices are those of the coarse one: new
/// vertices are laid between, then all settle.
[[nodiscard]] Sheet refine(const Topology& coarse,
                           const Sheet& sheet,
                           const Topology& fine,
                           const Points& fineHull,
                           const HullField& skull,
                           const Pattern& finePattern);

} // namespace cortograph::demo
