#include "subject/demo/cortex/cortex.h"

#include "subject/demo/cortex/flat.h"
#include "subject/demo/cortex/folding.h"
#include "subject/demo/cortex/hull.h"

#include <algorithm>
#include <future>
#include <numeric>

namespace cortograph {

namespace {

using namespace demo;

constexpr int sphereLevel = 5;
constexpr double sphereRadiusMm = 100;
constexpr std::array<std::uint64_t, 2> foldingSeeds{11, 12};

/// Everything is made as a right hemisphere; a left one is its mirror image.
Surface surfaceOf(const Points& points, const std::vector<Triangle>& triangles, Side side) {
  Surface surface;
  surface.triangles = triangles;
  surface.verticesRas.resize(points.size());
  const double mirror = side == Side::left ? -1 : 1;
  std::transform(points.begin(), points.end(), surface.verticesRas.begin(), [&](const Vec3& p) {
    return Point{
        static_cast<float>(mirror * p.x), static_cast<float>(p.y), static_cast<float>(p.z)};
  });
  if (side == Side::left) {
    for (Triangle& triangle : surface.triangles) {
      std::swap(triangle[1], triangle[2]);
    }
  }
  return surface;
}

std::vector<float> floats(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

/// What both hemispheres have in common.
struct Shared {
  Icosphere sphere = icosphere(sphereLevel);
  Points hull = demo::hull(sphere);
  Points inflated = demo::inflated(sphere.topology, hull);
};

void addFolds(Hemisphere& hemisphere, const Shared& shared, std::uint64_t seed) {
  const Topology& topology = shared.sphere.topology;
  Folding folding = fold(topology, shared.hull, seed);

  std::vector<double> curvature = meanCurvature(topology, folding.pial);
  smooth(topology, curvature, 0.5, 3);
  const double meanDepth = std::accumulate(folding.depth.begin(), folding.depth.end(), 0.0) /
                           static_cast<double>(folding.depth.size());
  std::vector<double> thickness(curvature.size());
  Points white = folding.pial;
  Points outward = normals(topology, folding.pial);
  smooth(topology, outward, 0.5, 3); // else white crosses itself under sharp crowns
  for (std::size_t i = 0; i < white.size(); ++i) {
    // Crowns are thicker than the depths of sulci, the occipital pole is thin.
    const double occipital = std::clamp((-60 - shared.hull[i].y) / 40, 0.0, 1.0);
    thickness[i] =
        folding.medialWall[i] != 0 ? 0.0 : 2.9 - 0.08 * folding.depth[i] - 0.5 * occipital;
    white[i] = white[i] - outward[i] * thickness[i];
  }
  smooth(topology, white, 0.4, 2);
  for (double& depth : folding.depth) {
    depth -= meanDepth;
  }
  hemisphere.shapes[Shape::pial] = surfaceOf(folding.pial, topology.triangles, hemisphere.side);
  hemisphere.shapes[Shape::white] = surfaceOf(white, topology.triangles, hemisphere.side);
  hemisphere.curvature = floats(curvature);
  hemisphere.sulcalDepth = floats(folding.depth);
  hemisphere.thickness = floats(thickness);
}

std::shared_ptr<const Cortex> makeCortex() {
  const Shared shared;
  auto cortex = std::make_shared<Cortex>();
  cortex->name = demoMesh;
  cortex->simulated = true;
  auto flattening =
      std::async(std::launch::async, [&] { return flatten(shared.sphere, shared.hull); });
  Points sphere = shared.sphere.directions;
  for (Vec3& direction : sphere) {
    direction = direction * sphereRadiusMm;
  }
  for (const Side side : bothSides) {
    Hemisphere& hemisphere = cortex->hemispheres[static_cast<std::size_t>(side)];
    const std::vector<Triangle>& triangles = shared.sphere.topology.triangles;
    hemisphere.side = side;
    hemisphere.shapes[Shape::sphere] = surfaceOf(sphere, triangles, side);
    hemisphere.shapes[Shape::inflated] = surfaceOf(shared.inflated, triangles, side);
    addFolds(hemisphere, shared, foldingSeeds[static_cast<std::size_t>(side)]);
  }
  const Flat flat = flattening.get();
  for (const Side side : bothSides) {
    cortex->hemispheres[static_cast<std::size_t>(side)].shapes[Shape::flat] =
        surfaceOf(flat.points, flat.triangles, side);
  }
  return cortex;
}

} // namespace

std::shared_ptr<const Cortex> demoCortex() {
  static const std::shared_ptr<const Cortex> cortex = makeCortex();
  return cortex;
}

} // namespace cortograph
