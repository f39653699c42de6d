#include "base/error.h"
#include "base/npy.h"
#include "base/random.h"
#include "brain/disk_around.h"
#include "brain/disk_embedding.h"
#include "brain/flatten.h"
#include "brain/mesh_topology.h"
#include "brain/subdivision.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <set>

using namespace cortograph;
using namespace cortograph::test;

namespace {

/// The modelled vertices of subject-simulated, on fsaverage5.
VertexSet modeledVertices() {
  VertexSet vertices{meshOfCounts({10242, 10242}), {}};
  for (const Side side : bothSides) {
    const char* const file = side == Side::left ? "lh.all-vertices_fsaverage_space.npy"
                                                : "rh.all-vertices_fsaverage_space.npy";
    const auto mask = NpyFile(dataPath("subject-simulated/roi_masks") / file).read<float>().values;
    for (std::size_t i = 0; i < mask.size(); ++i) {
      if (mask[i] > 0) {
        vertices.ofSide[static_cast<std::size_t>(side)].push_back(static_cast<std::int32_t>(i));
      }
    }
  }
  return vertices;
}

std::vector<std::int32_t> cornersOf(const std::vector<Triangle>& triangles) {
  std::set<std::int32_t> corners;
  for (const Triangle& triangle : triangles) {
    corners.insert(triangle.begin(), triangle.end());
  }
  return {corners.begin(), corners.end()};
}

/// The border as pairs of vertices.
std::vector<std::array<std::int32_t, 2>> borderOf(const Surface& surface) {
  const MeshTopology topology(surface.triangles, surface.verticesRas.size());
  std::vector<std::array<std::int32_t, 2>> border;
  for (std::size_t i = 0; i < surface.triangles.size(); ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      if (topology.across(static_cast<std::int32_t>(i), k) == -1) {
        border.push_back({surface.triangles[i].at(k), surface.triangles[i].at((k + 1) % 3)});
      }
    }
  }
  return border;
}

double turn(const Point& a, const Point& b, const Point& c) {
  return (double{b[0]} - a[0]) * (double{c[1]} - a[1]) -
         (double{c[0]} - a[0]) * (double{b[1]} - a[1]);
}

/// How often the border of a flat surface crosses itself.
int crossings(const Surface& flat) {
  const auto border = borderOf(flat);
  const auto at = [&](std::int32_t vertex) {
    return flat.verticesRas[static_cast<std::size_t>(vertex)];
  };
  int count = 0;
  for (std::size_t i = 0; i < border.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto [a, b] = border[i];
      const auto [c, d] = border[j];
      if (a == c || a == d || b == c || b == d) {
        continue;
      }
      count += turn(at(a), at(b), at(c)) * turn(at(a), at(b), at(d)) < 0 &&
                       turn(at(c), at(d), at(a)) * turn(at(c), at(d), at(b)) < 0
                   ? 1
                   : 0;
    }
  }
  return count;
}

double areaOf(const Surface& surface) {
  const std::vector<float> areas = vertexAreas(surface);
  return std::accumulate(areas.begin(), areas.end(), 0.0);
}

/// Pearson's correlation over the given vertices of two coordinates.
double correlation(const std::vector<std::int32_t>& vertices,
                   const Surface& a,
                   std::size_t axisA,
                   const Surface& b,
                   std::size_t axisB) {
  const auto n = static_cast<double>(vertices.size());
  std::array<double, 5> sums{}; // a, b, aa, bb, ab
  for (const std::int32_t vertex : vertices) {
    const double x = a.verticesRas[static_cast<std::size_t>(vertex)].at(axisA);
    const double y = b.verticesRas[static_cast<std::size_t>(vertex)].at(axisB);
    sums = {sums[0] + x, sums[1] + y, sums[2] + x * x, sums[3] + y * y, sums[4] + x * y};
  }
  return (sums[4] - sums[0] * sums[1] / n) /
         std::sqrt((sums[2] - sums[0] * sums[0] / n) * (sums[3] - sums[1] * sums[1] / n));
}

/// A torus of 24 × 12 vertices; with `open`, a cylinder of radius 20 mm and height 60 mm instead,
/// which is cut along its height.
Surface grid(bool open) {
  constexpr int around = 24;
  constexpr int along = 12;
  Surface surface;
  const auto number = [](int i, int j) { return static_cast<std::int32_t>(i * along + j); };
  for (int i = 0; i < around; ++i) {
    for (int j = 0; j < along; ++j) {
      const double u = 2 * std::numbers::pi * i / around;
      const double v = 2 * std::numbers::pi * j / along;
      const double radius = open ? 20 : 40 + 10 * std::cos(v);
      surface.verticesRas.push_back({static_cast<float>(radius * std::cos(u)),
                                     static_cast<float>(radius * std::sin(u)),
                                     static_cast<float>(open ? 5 * j : 10 * std::sin(v))});
      const int nextI = (i + 1) % around;
      const int nextJ = (j + 1) % along;
      if (!open || (nextI != 0 && nextJ != 0)) {
        surface.triangles.push_back({number(i, j), number(nextI, j), number(nextI, nextJ)});
        surface.triangles.push_back({number(i, j), number(nextI, nextJ), number(i, nextJ)});
      }
    }
  }
  return surface;
}

} // namespace

/// Flat patches of fsaverage5, of its subdivision, and of surfaces whose flat shape is known.
class FlattenTest : public QObject {
  Q_OBJECT

private:
  std::shared_ptr<const Cortex> cortex_;
  VertexSet vertices_;

  /// Checks what holds for every flat patch.
  static void checkPatch(const FlatPatch& patch, const Hemisphere& hemisphere) {
    const Surface middle = middleSurface(hemisphere);
    const Surface part{.verticesRas = middle.verticesRas, .triangles = patch.surface.triangles};
    const std::vector<std::int32_t> inside = cornersOf(patch.surface.triangles);
    QCOMPARE(patch.surface.verticesRas.size(), hemisphere.vertexCount());
    QCOMPARE(flippedTriangles(patch.surface), std::size_t{0});
    QCOMPARE(crossings(patch.surface), 0); // so no two triangles overlap
    QVERIFY(
        std::ranges::all_of(patch.surface.verticesRas, [](const Point& p) { return p[2] == 0; }));
    QVERIFY(std::abs(areaOf(patch.surface) / areaOf(part) - 1) < 1e-4);
    // Euler's characteristic of a disk.
    const auto border = static_cast<std::ptrdiff_t>(borderOf(patch.surface).size());
    const auto triangles = static_cast<std::ptrdiff_t>(patch.surface.triangles.size());
    QCOMPARE(std::ssize(inside) - (3 * triangles + border) / 2 + triangles, std::ptrdiff_t{1});
    // Dorsal up, medial inward, both sides mirrored.
    const bool left = hemisphere.side == Side::left;
    QVERIFY(correlation(inside, patch.surface, 1, middle, 2) > 0.7);
    QVERIFY(correlation(inside, patch.surface, 0, middle, 0) > 0.6);
    const auto inward = [&](std::int32_t vertex) {
      const float x = patch.surface.verticesRas[static_cast<std::size_t>(vertex)][0];
      return left ? x : -x;
    };
    QVERIFY(std::abs(inward(std::ranges::max(inside, {}, inward)) + 2) < 1e-4F);
  }

private Q_SLOTS:
  void initTestCase() {
    CORTOGRAPH_NEED(dataPath("subject-simulated"));
    cortex_ = readCortex(dataPath("fsaverage5"));
    vertices_ = modeledVertices();
  }

  void patchesOfFsaverage5() {
    for (const Side side : bothSides) {
      const Hemisphere& hemisphere = cortex_->hemisphere(side);
      const FlatPatch patch = flattened(hemisphere, vertices_.of(side));
      checkPatch(patch, hemisphere);
      QCOMPARE(patch.leftOut, std::size_t{0});
      const DistortionSummary summary = summaryOf(patch.distortion);
      QVERIFY(summary.areaMedian < 0.125 && summary.area95 < 0.55);
      QVERIFY(summary.elongationMedian < 0.22 && summary.elongation95 < 0.52);
      // A brain can't be flattened without distortion.
      QVERIFY(summary.areaMedian > 0.05 && summary.elongationMedian > 0.05);
    }
  }

  void aFinePatchIsAsGood() {
    const Cortex fine = subdivided(subdivided(*cortex_));
    const Hemisphere& hemisphere = fine.hemisphere(Side::left);
    QElapsedTimer timer;
    timer.start();
    const FlatPatch patch = flattened(hemisphere, vertices_.of(Side::left), 12);
    const auto size = cornersOf(patch.surface.triangles).size();
    qInfo("A patch of %zu vertices was flattened in %lld ms.", size, timer.elapsed());
    QVERIFY(size > 20'000);
    checkPatch(patch, hemisphere);
    const DistortionSummary summary = summaryOf(patch.distortion);
    QVERIFY(summary.areaMedian < 0.2 && summary.area95 < 0.7);
    QVERIFY(summary.elongationMedian < 0.27 && summary.elongation95 < 0.6);
  }

  void roughSurfacesAreFlattenedToo() {
    Cortex rough = *cortex_;
    SplitMix random(7);
    Hemisphere& hemisphere = rough.hemispheres[0];
    for (const Shape shape : {Shape::pial, Shape::white}) {
      for (Point& point : hemisphere.shapes.at(shape).verticesRas) {
        for (float& coordinate : point) {
          coordinate += static_cast<float>(random.normal()); // 1 mm, a quarter of an edge
        }
      }
    }
    const FlatPatch patch = flattened(hemisphere, vertices_.of(Side::left));
    QCOMPARE(flippedTriangles(patch.surface), std::size_t{0});
    QCOMPARE(crossings(patch.surface), 0);
    QVERIFY(summaryOf(patch.distortion).area95 < 1.2);
  }

  void aCylinderUnrolls() {
    const Surface cylinder = grid(true);
    Surface flat{.verticesRas = {}, .triangles = cylinder.triangles};
    for (const auto& [x, y] : flattenedDisk(cylinder)) {
      flat.verticesRas.push_back({static_cast<float>(x), static_cast<float>(y), 0});
    }
    QCOMPARE(flippedTriangles(flat), std::size_t{0});
    const DistortionSummary summary = summaryOf(distortionOf(flat, cylinder));
    QVERIFY(summary.area95 < 2e-3 && summary.elongation95 < 2e-3);
    // 23 chords wide and 55 mm high.
    const double width = 23 * 2 * 20 * std::sin(std::numbers::pi / 24);
    const Point& a = flat.verticesRas.front();
    const Point& b = flat.verticesRas.back();
    QVERIFY(std::abs(std::hypot(a[0] - b[0], a[1] - b[1]) - std::hypot(width, 55)) < 0.1);
  }

  void diskAroundVertices() {
    const Surface sphere = cortex_->hemisphere(Side::left).shapes.at(Shape::sphere);
    const auto within = [&](const auto& belongs) {
      std::vector<std::int32_t> vertices;
      for (std::size_t i = 0; i < sphere.verticesRas.size(); ++i) {
        if (belongs(sphere.verticesRas[i])) {
          vertices.push_back(static_cast<std::int32_t>(i));
        }
      }
      return vertices;
    };
    const auto holds = [](const std::vector<Triangle>& disk,
                          const std::vector<std::int32_t>& vertices) {
      return std::ranges::includes(cornersOf(disk), vertices);
    };
    // Without a margin, the triangles around a vertex.
    QCOMPARE(diskAround(sphere, {5}, 0).size(), std::size_t{5});
    // A ring is filled, on its smaller side.
    const auto cap = within([](const Point& p) { return p[2] > 50; });
    const auto ring = within([](const Point& p) { return p[2] > 50 && p[2] < 80; });
    QVERIFY(holds(diskAround(sphere, ring, 0), cap));
    QVERIFY(cornersOf(diskAround(sphere, ring, 0)).size() < sphere.verticesRas.size() / 3);
    // Two islands are joined, as wide as the margin; a lone vertex far away is left out.
    auto islands = within([](const Point& p) { return p[2] > 95 || p[0] > 95; });
    const auto bridged = diskAround(sphere, islands, 6);
    QVERIFY(holds(bridged, islands));
    const auto bridge = within([](const Point& p) {
      return std::abs(p[0] - p[2]) < 5 && p[0] > 0 && std::abs(p[1]) < 25;
    });
    const auto inBridge = std::ranges::count_if(cornersOf(bridged), [&](std::int32_t vertex) {
      return std::ranges::binary_search(bridge, vertex);
    });
    QVERIFY(inBridge > 5 && inBridge < 40);
    const auto lone = within([](const Point& p) { return p[1] < -99.9F; });
    QVERIFY(!lone.empty() && lone.size() <= 2);
    islands.insert(islands.end(), lone.begin(), lone.end());
    QVERIFY(!holds(diskAround(sphere, islands, 6), lone));
    // More margin, more triangles.
    QVERIFY(diskAround(sphere, ring, 10).size() > diskAround(sphere, ring, 5).size());
    // No disk.
    CORTOGRAPH_EXPECT_ERROR((void)diskAround(sphere, {}, 5), ErrorKind::notFound, "no vertices");
    CORTOGRAPH_EXPECT_ERROR(
        (void)diskAround(sphere, {0}, 1000), ErrorKind::unsupported, "cover the whole surface");
    std::vector<std::int32_t> half(std::size_t{12} * 12);
    std::iota(half.begin(), half.end(), 0);
    CORTOGRAPH_EXPECT_ERROR(
        (void)diskAround(grid(false), half, 0), ErrorKind::unsupported, "handles", "is 0");
    CORTOGRAPH_EXPECT_ERROR((void)flattenedDisk(sphere), ErrorKind::unsupported, "border", "none");
  }

  void aCortexWithoutAFlatShapeGetsOne() {
    auto bare = std::make_shared<Cortex>(*cortex_);
    for (Hemisphere& hemisphere : bare->hemispheres) {
      hemisphere.shapes.erase(Shape::flat);
    }
    VertexSet left = vertices_;
    left.ofSide[1].clear();
    const auto flat = withFlatShape(bare, left);
    QVERIFY(flat != bare);
    QCOMPARE(flat->shapes(), cortex_->shapes());
    QCOMPARE(flat->mesh, bare->mesh);
    QVERIFY(!flat->hemisphere(Side::left).shapes.at(Shape::flat).triangles.empty());
    const Surface& right = flat->hemisphere(Side::right).shapes.at(Shape::flat);
    QVERIFY(right.triangles.empty());
    QCOMPARE(right.verticesRas.size(), std::size_t{10242});
    QVERIFY(withFlatShape(cortex_, left) == cortex_);
    QVERIFY(withFlatShape(bare, {}) == bare);
    // The medial wall, where the thickness is 0, does not count: then there is a border.
    VertexSet all = vertices_;
    all.ofSide[0].resize(10242);
    std::iota(all.ofSide[0].begin(), all.ofSide[0].end(), 0);
    all.ofSide[1].clear();
    QVERIFY(withFlatShape(bare, all) != bare);
    bare->hemispheres[0].thickness.clear();
    QVERIFY(withFlatShape(bare, all) == bare);
  }

  void theMiddleSurfaceIsOfWhatIsThere() {
    Hemisphere hemisphere = cortex_->hemisphere(Side::left);
    const Surface middle = middleSurface(hemisphere);
    const Point& pial = hemisphere.shapes.at(Shape::pial).verticesRas[100];
    const Point& white = hemisphere.shapes.at(Shape::white).verticesRas[100];
    QVERIFY(std::abs(middle.verticesRas[100][1] - (pial[1] + white[1]) / 2) < 1e-5F);
    hemisphere.shapes.erase(Shape::pial);
    QCOMPARE(middleSurface(hemisphere).verticesRas[100], white);
    hemisphere.shapes = {{Shape::flat, hemisphere.shapes.at(Shape::flat)}};
    CORTOGRAPH_EXPECT_ERROR((void)middleSurface(hemisphere), ErrorKind::notFound, "left", "pial");
  }
};

CORTOGRAPH_TEST(FlattenTest, QCoreApplication)
#include "flatten_test.moc"
