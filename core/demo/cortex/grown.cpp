#include "demo/cortex/grown.h"

#include "base/parallel.h"
#include "demo/cortex/crossing.h"
#include "demo/cortex/flat.h"
#include "demo/cortex/growth.h"
#include "demo/cortex/hull.h"
#include "demo/cortex/pattern.h"

#include <algorithm>

namespace cortograph::demo {

namespace {

constexpr std::array<std::uint64_t, 2> foldingSeeds{11, 12};

/// The spheres, hull and skull that both hemispheres grow from.
struct Seedbed {
  Icosphere coarse = icosphere(coarseLevel);
  Icosphere fine = icosphere(fineLevel);
  Points hull = demo::hull(coarse);
  HullField skull;

  [[nodiscard]] Pattern pattern(Side side) const {
    return foldingPattern(coarse.topology, hull, foldingSeeds[static_cast<std::size_t>(side)]);
  }
};

/// Rounds points to whole steps, as the file stores them and as crossings are tested.
void toSteps(Points& points) {
  const auto step = [](double mm) { return std::round(mm / placeStepMm) * placeStepMm; };
  for (Vec3& p : points) {
    p = {step(p.x), step(p.y), step(p.z)};
  }
}

GrownCortex::Side growSide(const Seedbed& bed, Side which) {
  const Topology& coarse = bed.coarse.topology;
  const Topology& fine = bed.fine.topology;
  const Pattern pattern = bed.pattern(which);
  const Pattern finePattern{interpolated(pattern.sulcal, bed.fine),
                            interpolated(pattern.primary, bed.fine),
                            interpolated(pattern.medialWall, bed.fine)};
  const Points grown = grow(coarse, bed.hull, bed.skull, pattern);
  const Points settled = settle(coarse,
                                fine,
                                interpolated(bed.hull, bed.fine),
                                bed.skull,
                                finePattern,
                                interpolated(grown, bed.fine));
  Sheet sheet = thicken(coarse, fine, settled, finePattern.medialWall);
  GrownCortex::Side side{
      .pial = std::move(sheet.pial), .white = std::move(sheet.white), .depth = {}, .curvature = {}};
  toSteps(side.pial);
  toSteps(side.white);
  for (const Vec3& p : side.pial) {
    side.depth.push_back(std::max(0.0, -bed.skull.outside(p)));
  }
  side.curvature = meanCurvature(fine, side.white);
  smooth(fine, side.curvature, 0.5, 8);
  return side;
}

void addShapes(const Seedbed& bed, GrownCortex& cortex) {
  const Points hull = interpolated(bed.hull, bed.fine);
  cortex.inflated = interpolated(inflated(bed.coarse.topology, bed.hull), bed.fine);
  smooth(bed.fine.topology, cortex.inflated, 0.5, 4);
  cortex.flat = flatten(bed.fine, bed.coarse, hull);
  toSteps(cortex.inflated);
  toSteps(cortex.flat);
}

} // namespace

GrownCortex growCortex() {
  const Seedbed bed;
  GrownCortex cortex;
  inParallel(bothSides.size(),
             [&](std::size_t side) { cortex.sides.at(side) = growSide(bed, bothSides.at(side)); });
  addShapes(bed, cortex);
  cortex.young = growthAfter(Side::left, youngSteps);
  toSteps(cortex.young);
  return cortex;
}

Points growthAfter(Side side, int steps) {
  const Seedbed bed;
  return grow(bed.coarse.topology, bed.hull, bed.skull, bed.pattern(side), steps);
}

GrownCortex shapesOfHull() {
  GrownCortex cortex;
  addShapes({}, cortex);
  return cortex;
}

} // namespace cortograph::demo
