#include "base/error.h"
#include "base/resources.h"
#include "brain/cortex.h"
#include "brain/format.h"
#include "brain/gifti_write.h"
#include "demo/cortex/cortex.h"
#include "demo/cortex/grown.h"
#include "subject/find_cortex.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace cortograph;

namespace {

constexpr std::array<DemoMesh, 2> meshes{DemoMesh::coarse, DemoMesh::fine};

std::size_t sizeOf(DemoMesh mesh) {
  return mesh == DemoMesh::coarse ? 10242 : 40962;
}

using Edge = std::pair<std::int32_t, std::int32_t>;

std::map<Edge, int> edgesOf(const Surface& surface) {
  std::map<Edge, int> edges;
  for (const Triangle& t : surface.triangles) {
    for (std::size_t k = 0; k < 3; ++k) {
      ++edges[{t[k], t[(k + 1) % 3]}];
    }
  }
  return edges;
}

const Point& at(const Surface& surface, std::int32_t vertex) {
  return surface.verticesRas[static_cast<std::size_t>(vertex)];
}

double orientedArea(const Surface& surface, const Triangle& t) {
  const Point& a = at(surface, t[0]);
  const Point& b = at(surface, t[1]);
  const Point& c = at(surface, t[2]);
  return 0.5 * ((b[0] - a[0]) * static_cast<double>(c[1] - a[1]) -
                (c[0] - a[0]) * static_cast<double>(b[1] - a[1]));
}

double volume(const Surface& surface) {
  double sum = 0;
  for (const Triangle& t : surface.triangles) {
    const Point& a = at(surface, t[0]);
    const Point& b = at(surface, t[1]);
    const Point& c = at(surface, t[2]);
    sum += a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) +
           a[2] * (b[0] * c[1] - b[1] * c[0]);
  }
  return sum / 6;
}

/// Extent along an axis: smallest, largest.
std::pair<float, float> extent(const Surface& surface, std::size_t axis) {
  const auto [low, high] =
      std::minmax_element(surface.verticesRas.begin(),
                          surface.verticesRas.end(),
                          [axis](const Point& a, const Point& b) { return a[axis] < b[axis]; });
  return {(*low)[axis], (*high)[axis]};
}

double area(const Surface& surface) {
  double sum = 0;
  for (const Triangle& t : surface.triangles) {
    std::array<double, 3> u{};
    std::array<double, 3> v{};
    for (std::size_t k = 0; k < 3; ++k) {
      u[k] = at(surface, t[1])[k] - at(surface, t[0])[k];
      v[k] = at(surface, t[2])[k] - at(surface, t[0])[k];
    }
    sum += std::hypot(
               u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]) /
           2;
  }
  return sum;
}

/// Places in whole steps of 0.005 mm, as the cortex is kept: what follows is exact.
using Whole = std::array<std::int64_t, 3>;

std::vector<Whole> wholeSteps(const Surface& surface) {
  std::vector<Whole> places;
  for (const Point& point : surface.verticesRas) {
    Whole place{};
    for (std::size_t k = 0; k < 3; ++k) {
      place[k] = std::llround(point[k] / 0.005);
    }
    places.push_back(place);
  }
  return places;
}

/// Six times the volume of a tetrahedron: its sign says on which side of a b c the point d lies.
std::int64_t sixVolumes(const Whole& a, const Whole& b, const Whole& c, const Whole& d) {
  const auto minus = [&a](const Whole& p) { return Whole{p[0] - a[0], p[1] - a[1], p[2] - a[2]}; };
  const Whole u = minus(b);
  const Whole v = minus(c);
  const Whole w = minus(d);
  return u[0] * (v[1] * w[2] - v[2] * w[1]) + u[1] * (v[2] * w[0] - v[0] * w[2]) +
         u[2] * (v[0] * w[1] - v[1] * w[0]);
}

/// Whether the segment p q meets the triangle a b c.
bool meets(const Whole& p, const Whole& q, const Whole& a, const Whole& b, const Whole& c) {
  const std::int64_t fromP = sixVolumes(a, b, c, p);
  const std::int64_t fromQ = sixVolumes(a, b, c, q);
  if ((fromP > 0 && fromQ > 0) || (fromP < 0 && fromQ < 0) || (fromP == 0 && fromQ == 0)) {
    return false;
  }
  const std::array<std::int64_t, 3> turns{
      sixVolumes(p, q, a, b), sixVolumes(p, q, b, c), sixVolumes(p, q, c, a)};
  return std::all_of(turns.begin(), turns.end(), [](std::int64_t t) { return t >= 0; }) ||
         std::all_of(turns.begin(), turns.end(), [](std::int64_t t) { return t <= 0; });
}

/// Pairs of triangles without a common vertex that meet, sought among those in one cell of 4 mm.
int crossingPairs(const Surface& surface) {
  const std::vector<Whole> places = wholeSteps(surface);
  const auto corner = [&](std::size_t t, std::size_t k) {
    return places[static_cast<std::size_t>(surface.triangles[t][k])];
  };
  std::map<Whole, std::vector<std::size_t>> cells;
  for (std::size_t t = 0; t < surface.triangles.size(); ++t) {
    Whole low = corner(t, 0);
    Whole high = low;
    for (std::size_t k = 0; k < 9; ++k) {
      low[k % 3] = std::min(low[k % 3], corner(t, k / 3)[k % 3]);
      high[k % 3] = std::max(high[k % 3], corner(t, k / 3)[k % 3]);
    }
    const auto cell = [](std::int64_t steps) { return (steps + 80000) / 800; };
    for (std::int64_t x = cell(low[0]); x <= cell(high[0]); ++x) {
      for (std::int64_t y = cell(low[1]); y <= cell(high[1]); ++y) {
        for (std::int64_t z = cell(low[2]); z <= cell(high[2]); ++z) {
          cells[{x, y, z}].push_back(t);
        }
      }
    }
  }
  int pairs = 0;
  for (const auto& [cell, members] : cells) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (std::size_t j = i + 1; j < members.size(); ++j) {
        const std::size_t s = members[i];
        const std::size_t t = members[j];
        const Triangle& u = surface.triangles[s];
        const Triangle& v = surface.triangles[t];
        if (std::find_first_of(u.begin(), u.end(), v.begin(), v.end()) != u.end()) {
          continue;
        }
        bool crosses = false;
        for (std::size_t k = 0; k < 3; ++k) {
          const std::size_t n = (k + 1) % 3;
          crosses = crosses ||
                    meets(corner(s, k), corner(s, n), corner(t, 0), corner(t, 1), corner(t, 2)) ||
                    meets(corner(t, k), corner(t, n), corner(s, 0), corner(s, 1), corner(s, 2));
        }
        pairs += crosses ? 1 : 0; // a pair in two cells counts twice: none is none
      }
    }
  }
  return pairs;
}

/// Whether the segments p-q and r-s cross.
bool cross(const Point& p, const Point& q, const Point& r, const Point& s) {
  const auto turn = [](const Point& a, const Point& b, const Point& c) {
    return (b[0] - a[0]) * static_cast<double>(c[1] - a[1]) -
           (b[1] - a[1]) * static_cast<double>(c[0] - a[0]);
  };
  return (turn(p, q, r) > 0) != (turn(p, q, s) > 0) && (turn(r, s, p) > 0) != (turn(r, s, q) > 0);
}

std::vector<Edge> boundaryOf(const Surface& surface) {
  const std::map<Edge, int> edges = edgesOf(surface);
  std::vector<Edge> boundary;
  for (const auto& [edge, times] : edges) {
    if (!edges.contains({edge.second, edge.first})) {
      boundary.push_back(edge);
    }
  }
  return boundary;
}

} // namespace

class CortexTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void isLabeledAsSimulated();
  void hasAllShapesOnOneMesh();
  void isClosedAndLooksOutward();
  void isAsLargeAsABrain();
  void isFoldedAsABrain();
  void sidesAreMirrored();
  void neverCrossesItself();
  void crossingsAreFound();
  void flatIsOneSheetWithoutFolds();
  void curvatureIsPositiveInSulci();
  void isNested();
  void growsAsKept();
  void isFoundByName();
  void writesGifti();
  void refusesAMissingFolder();
};

void CortexTest::isLabeledAsSimulated() {
  QVERIFY(demoCortex()->simulated);
  QVERIFY(demoCortex(DemoMesh::fine)->simulated);
  QCOMPARE(demoCortex()->mesh.name, std::string("demo"));
  QCOMPARE(demoCortex(DemoMesh::fine)->mesh.name, std::string("demo-fine"));
  QCOMPARE(demoCortex().get(), demoCortex().get());
}

void CortexTest::hasAllShapesOnOneMesh() {
  for (const DemoMesh mesh : meshes) {
    for (const Hemisphere& hemisphere : demoCortex(mesh)->hemispheres) {
      QCOMPARE(hemisphere.shapes.size(), allShapes.size());
      for (const auto& [shape, surface] : hemisphere.shapes) {
        QCOMPARE(surface.verticesRas.size(), sizeOf(mesh));
        for (const Point& point : surface.verticesRas) {
          QVERIFY(std::isfinite(point[0]) && std::isfinite(point[1]) && std::isfinite(point[2]));
        }
      }
      QCOMPARE(hemisphere.curvature.size(), sizeOf(mesh));
      QCOMPARE(hemisphere.sulcalDepth.size(), sizeOf(mesh));
      QCOMPARE(hemisphere.thickness.size(), sizeOf(mesh));
    }
  }
}

void CortexTest::isClosedAndLooksOutward() {
  for (const Hemisphere& hemisphere : demoCortex()->hemispheres) {
    for (const Shape shape : {Shape::pial, Shape::white, Shape::inflated, Shape::sphere}) {
      const Surface& surface = hemisphere.shapes.at(shape);
      const std::map<Edge, int> edges = edgesOf(surface);
      for (const auto& [edge, times] : edges) {
        QCOMPARE(times, 1);
        QVERIFY(edges.contains({edge.second, edge.first}));
      }
      const auto euler = static_cast<long>(surface.verticesRas.size()) -
                         static_cast<long>(edges.size() / 2) +
                         static_cast<long>(surface.triangles.size());
      QCOMPARE(euler, 2L);
      QVERIFY(volume(surface) > 0);
    }
    const Surface& sphere = hemisphere.shapes.at(Shape::sphere);
    for (const Triangle& t : sphere.triangles) {
      const Point& a = at(sphere, t[0]);
      QVERIFY(std::abs(std::hypot(a[0], a[1], a[2]) - 100) < 1e-3);
      QVERIFY(volume(Surface{{a, at(sphere, t[1]), at(sphere, t[2])}, {{0, 1, 2}}}) > 0);
    }
  }
}

void CortexTest::isAsLargeAsABrain() {
  for (const Hemisphere& hemisphere : demoCortex()->hemispheres) {
    const Surface& pial = hemisphere.shapes.at(Shape::pial);
    const auto length = [&](std::size_t axis) {
      const auto [low, high] = extent(pial, axis);
      return high - low;
    };
    QVERIFY(length(0) > 55 && length(0) < 75);
    QVERIFY(length(1) > 155 && length(1) < 185);
    QVERIFY(length(2) > 100 && length(2) < 135);
    const double inside = volume(pial) / 1000;
    QVERIFY2(inside > 400 && inside < 650, qPrintable(QString::number(inside)));
    QVERIFY(volume(hemisphere.shapes.at(Shape::white)) < 0.8 * volume(pial));
  }
}

/// As large, deep and thick as people's are: Fischl and Dale 2000 for thickness; Zilles et al. 1988
/// for the gyrification index, here the area against that of the hull, 46,700 mm².
void CortexTest::isFoldedAsABrain() {
  for (const Hemisphere& hemisphere : demoCortex(DemoMesh::fine)->hemispheres) {
    const double pial = area(hemisphere.shapes.at(Shape::pial));
    QVERIFY2(pial > 85000 && pial < 115000, qPrintable(QString::number(pial)));
    const double white = area(hemisphere.shapes.at(Shape::white));
    QVERIFY2(white > 0.8 * pial && white < 0.97 * pial, qPrintable(QString::number(white)));
    std::vector<float> depth = hemisphere.sulcalDepth;
    std::sort(depth.begin(), depth.end());
    const float deep = depth[depth.size() * 95 / 100] - depth.front();
    QVERIFY2(deep > 12, qPrintable(QString::number(deep)));
    double thickness = 0;
    std::size_t cortical = 0;
    for (const float value : hemisphere.thickness) {
      QVERIFY(value >= 0 && value < 5);
      thickness += value;
      cortical += value > 0.5 ? 1 : 0;
    }
    thickness /= static_cast<double>(cortical);
    QVERIFY2(thickness > 1.9 && thickness < 3, qPrintable(QString::number(thickness)));
    QVERIFY(cortical > hemisphere.thickness.size() * 9 / 10);
  }
}

void CortexTest::sidesAreMirrored() {
  for (const DemoMesh mesh : meshes) {
    const Hemisphere& left = demoCortex(mesh)->hemisphere(Side::left);
    const Hemisphere& right = demoCortex(mesh)->hemisphere(Side::right);
    QVERIFY(left.side == Side::left);
    QVERIFY(right.side == Side::right);
    for (const Shape shape : {Shape::inflated, Shape::sphere, Shape::flat}) {
      for (std::size_t i = 0; i < sizeOf(mesh); ++i) {
        const Point& a = left.shapes.at(shape).verticesRas[i];
        const Point& b = right.shapes.at(shape).verticesRas[i];
        QCOMPARE((Point{-a[0], a[1], a[2]}), b);
      }
    }
    for (const Shape shape : {Shape::pial, Shape::white}) {
      QVERIFY(extent(left.shapes.at(shape), 0).second < 0);
      QVERIFY(extent(right.shapes.at(shape), 0).first > 0);
    }
    QVERIFY(left.curvature != right.curvature);
  }
}

void CortexTest::neverCrossesItself() {
  for (const DemoMesh mesh : meshes) {
    for (const Hemisphere& hemisphere : demoCortex(mesh)->hemispheres) {
      for (const Shape shape : {Shape::pial, Shape::white}) {
        QCOMPARE(crossingPairs(hemisphere.shapes.at(shape)), 0);
      }
    }
  }
}

/// The test of crossings itself: one vertex moved through the opposite wall is found.
void CortexTest::crossingsAreFound() {
  Surface pial = demoCortex()->hemisphere(Side::left).shapes.at(Shape::pial);
  pial.verticesRas[5000] = {-30, -20, 10}; // deep in the white matter, through folds on the way
  QVERIFY(crossingPairs(pial) > 0);
  const Surface apart{{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0.2F, 0.2F, 1}, {1, 1, 1}, {0, 1, 2}},
                      {{0, 1, 2}, {3, 4, 5}}};
  QCOMPARE(crossingPairs(apart), 0);
  Surface through = apart;
  through.verticesRas[3][2] = -1;
  QVERIFY(crossingPairs(through) > 0);
}

void CortexTest::flatIsOneSheetWithoutFolds() {
  for (const DemoMesh mesh : meshes) {
    for (const Hemisphere& hemisphere : demoCortex(mesh)->hemispheres) {
      const Surface& flat = hemisphere.shapes.at(Shape::flat);
      std::set<std::int32_t> used;
      for (const Triangle& t : flat.triangles) {
        QVERIFY(orientedArea(flat, t) > 0.02);
        used.insert(t.begin(), t.end());
      }
      QVERIFY(used.size() > sizeOf(mesh) * 88 / 100 && used.size() < sizeOf(mesh));
      const std::vector<Edge> boundary = boundaryOf(flat);
      const auto edges = (edgesOf(flat).size() + boundary.size()) / 2;
      QCOMPARE(static_cast<long>(used.size()) - static_cast<long>(edges) +
                   static_cast<long>(flat.triangles.size()),
               1L);
      // A disc without a flipped triangle whose rim does not cross itself overlaps nowhere.
      for (std::size_t i = 0; i < boundary.size(); ++i) {
        for (std::size_t k = i + 1; k < boundary.size(); ++k) {
          const bool joined =
              boundary[i].first == boundary[k].second || boundary[i].second == boundary[k].first;
          QVERIFY(joined || !cross(at(flat, boundary[i].first),
                                   at(flat, boundary[i].second),
                                   at(flat, boundary[k].first),
                                   at(flat, boundary[k].second)));
        }
      }
      // Dorsal up.
      const Surface& inflated = hemisphere.shapes.at(Shape::inflated);
      double together = 0;
      for (std::size_t i = 0; i < sizeOf(mesh); ++i) {
        together += inflated.verticesRas[i][2] * flat.verticesRas[i][1];
      }
      QVERIFY(together > 0);
    }
  }
}

void CortexTest::curvatureIsPositiveInSulci() {
  for (const DemoMesh mesh : meshes) {
    for (const Hemisphere& hemisphere : demoCortex(mesh)->hemispheres) {
      double together = 0;
      double curvature = 0;
      double depth = 0;
      const auto hollow = std::count_if(hemisphere.curvature.begin(),
                                        hemisphere.curvature.end(),
                                        [](float value) { return value > 0; });
      for (std::size_t i = 0; i < sizeOf(mesh); ++i) {
        together += hemisphere.curvature[i] * hemisphere.sulcalDepth[i];
        curvature += hemisphere.curvature[i] * hemisphere.curvature[i];
        depth += hemisphere.sulcalDepth[i] * hemisphere.sulcalDepth[i];
      }
      const double r = together / std::sqrt(curvature * depth);
      QVERIFY2(r > 0.35, qPrintable(QString::number(r)));
      const double share = static_cast<double>(hollow) / static_cast<double>(sizeOf(mesh));
      QVERIFY2(share > 0.3 && share < 0.65, qPrintable(QString::number(share)));
    }
  }
}

/// The first vertices of the fine mesh are those of the coarse one, in every shape.
void CortexTest::isNested() {
  for (const Side side : bothSides) {
    const Hemisphere& coarse = demoCortex()->hemisphere(side);
    const Hemisphere& fine = demoCortex(DemoMesh::fine)->hemisphere(side);
    const auto first = [&](const auto& values) {
      using Values = std::decay_t<decltype(values)>;
      return Values(values.begin(), values.begin() + 10242);
    };
    for (const Shape shape : allShapes) {
      QCOMPARE(first(fine.shapes.at(shape).verticesRas), coarse.shapes.at(shape).verticesRas);
    }
    QCOMPARE(first(fine.curvature), coarse.curvature);
    QCOMPARE(first(fine.thickness), coarse.thickness);
    // Each later vertex is the middle of an edge, so no two of the first are joined.
    for (const auto& [edge, times] : edgesOf(fine.shapes.at(Shape::sphere))) {
      QVERIFY(edge.first >= 10242 || edge.second >= 10242);
    }
  }
}

/// The file is what the code grows. All of it takes minutes: here are the first fifth of the growth
/// and the shapes that follow from the hull, and all of it if CORTOGRAPH_GROW_CORTEX is set (with a
/// longer QTEST_FUNCTION_TIMEOUT).
void CortexTest::growsAsKept() {
  const auto sphere = demo::icosphere(demo::fineLevel);
  const auto kept = demo::readGrownCortex(resourcePath("demo/cortex.h5"), sphere, demo::fineLevel);
  const bool all = qEnvironmentVariableIsSet("CORTOGRAPH_GROW_CORTEX");
  const demo::GrownCortex grown = all ? demo::growCortex() : demo::shapesOfHull();
  const auto farthest = [](const demo::Points& a, const demo::Points& b) {
    double most = a.size() == b.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
      most = std::max(most, length(a[i] - b[i]));
    }
    return most;
  };
  QVERIFY(farthest(kept.inflated, grown.inflated) < 0.02);
  QVERIFY(farthest(kept.flat, grown.flat) < 0.02);
  QVERIFY(farthest(kept.young, demo::growthAfter(Side::left, demo::youngSteps)) < 0.05);
  if (all) {
    for (std::size_t side = 0; side < 2; ++side) {
      QVERIFY(farthest(kept.sides[side].pial, grown.sides[side].pial) < 0.02);
      QVERIFY(farthest(kept.sides[side].white, grown.sides[side].white) < 0.02);
    }
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("again.h5").toStdString();
    demo::writeGrownCortex(file, grown);
    QVERIFY(std::filesystem::file_size(file) < 2'000'000);
  }
}

void CortexTest::isFoundByName() {
  QCOMPARE(demoCortexNamed("demo"), demoCortex());
  QCOMPARE(demoCortexNamed("demo-fine"), demoCortex(DemoMesh::fine));
  QVERIFY(demoCortexNamed("fsaverage5") == nullptr);
  VertexSet vertices{{.name = "demo-fine", .vertices = {40962, 40962}}, {{{0, 1}, {2}}}};
  QCOMPARE(findCortex(vertices, {}), demoCortex(DemoMesh::fine));
  vertices.mesh.name = "fsaverage6"; // as many vertices, another mesh
  QVERIFY(!fits(*demoCortex(DemoMesh::fine), vertices));
}

void CortexTest::writesGifti() {
  const QTemporaryDir folder;
  const Hemisphere& right = demoCortex()->hemisphere(Side::right);
  const std::filesystem::path file = folder.filePath("rh.flat.surf.gii").toStdString();
  writeSurface(file, right.shapes.at(Shape::flat), Side::right, Shape::flat);
  const SurfaceFile read = readSurface(file);
  QCOMPARE(read.surface.verticesRas, right.shapes.at(Shape::flat).verticesRas);
  QCOMPARE(read.surface.triangles, right.shapes.at(Shape::flat).triangles);
  QVERIFY(read.side == Side::right);

  const std::filesystem::path data = folder.filePath("lh.curv.shape.gii").toStdString();
  const Hemisphere& left = demoCortex()->hemisphere(Side::left);
  writeVertexData(data, left.curvature, Side::left, "curvature");
  const VertexData values = readVertexData(data);
  QCOMPARE(values.of(Side::left), left.curvature);
  QVERIFY(values.side() == Side::left);
}

void CortexTest::refusesAMissingFolder() {
  CORTOGRAPH_EXPECT_ERROR(writeVertexData("/nowhere/x.gii", {1.0F}, Side::left, "x"),
                          ErrorKind::file,
                          "/nowhere",
                          "choose another");
}

CORTOGRAPH_TEST(CortexTest, QCoreApplication)
#include "cortex_test.moc"
