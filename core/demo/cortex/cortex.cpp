#include "demo/cortex/cortex.h"

#include "base/resources.h"
#include "demo/cortex/flat.h"
#include "demo/cortex/grown.h"

#include <algorithm>
#include <numeric>

namespace cortograph {

namespace {

using namespace demo;

constexpr double sphereRadiusMm = 100;

/// Makes a surface from points, which are stored as those of a right hemisphere; a left one is
/// mirrored.
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

void addFolds(Hemisphere& hemisphere,
              const GrownCortex::Side& grown,
              const std::vector<Triangle>& triangles) {
  hemisphere.shapes[Shape::pial] = surfaceOf(grown.pial, triangles, hemisphere.side);
  hemisphere.shapes[Shape::white] = surfaceOf(grown.white, triangles, hemisphere.side);
  hemisphere.curvature.assign(grown.curvature.begin(), grown.curvature.end());
  const double mean = std::accumulate(grown.depth.begin(), grown.depth.end(), 0.0) /
                      static_cast<double>(grown.depth.size());
  for (std::size_t i = 0; i < grown.pial.size(); ++i) {
    hemisphere.sulcalDepth.push_back(static_cast<float>(grown.depth[i] - mean));
    hemisphere.thickness.push_back(static_cast<float>(length(grown.pial[i] - grown.white[i])));
  }
}

std::shared_ptr<const Cortex> readDemoCortex(DemoMesh mesh) {
  const int level = mesh == DemoMesh::coarse ? coarseLevel : fineLevel;
  const Icosphere icosphere = demo::icosphere(level);
  const GrownCortex grown = readGrownCortex(resourcePath("demo/cortex.h5"), icosphere, level);
  auto cortex = std::make_shared<Cortex>();
  cortex->simulated = true;
  Points sphere = icosphere.directions;
  for (Vec3& direction : sphere) {
    direction = direction * sphereRadiusMm;
  }
  const std::vector<Triangle>& triangles = icosphere.topology.triangles;
  const std::vector<Triangle> cut = flatTriangles(icosphere);
  for (const Side side : bothSides) {
    const auto index = static_cast<std::size_t>(side);
    Hemisphere& hemisphere = cortex->hemispheres[index];
    hemisphere.side = side;
    hemisphere.shapes[Shape::sphere] = surfaceOf(sphere, triangles, side);
    hemisphere.shapes[Shape::inflated] = surfaceOf(grown.inflated, triangles, side);
    hemisphere.shapes[Shape::flat] = surfaceOf(grown.flat, cut, side);
    addFolds(hemisphere, grown.sides[index], triangles);
  }
  cortex->mesh = meshOf(cortex->hemispheres,
                        mesh == DemoMesh::coarse ? demoMesh : fineDemoMesh,
                        MeshEvidence::builtIn);
  return cortex;
}

} // namespace

std::shared_ptr<const Cortex> demoCortex(DemoMesh mesh) {
  if (mesh == DemoMesh::fine) {
    static const std::shared_ptr<const Cortex> fine = readDemoCortex(DemoMesh::fine);
    return fine;
  }
  static const std::shared_ptr<const Cortex> coarse = readDemoCortex(DemoMesh::coarse);
  return coarse;
}

std::shared_ptr<const Cortex> demoCortexNamed(std::string_view mesh) {
  if (mesh == demoMesh) {
    return demoCortex(DemoMesh::coarse);
  }
  return mesh == fineDemoMesh ? demoCortex(DemoMesh::fine) : nullptr;
}

} // namespace cortograph
