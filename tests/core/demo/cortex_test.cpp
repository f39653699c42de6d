#include "base/error.h"
#include "brain/cortex.h"
#include "brain/format.h"
#include "brain/gifti_write.h"
#include "subject/demo/cortex/cortex.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

using namespace cortograph;

namespace {

constexpr std::size_t verticesPerSide = 10242;

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

double meanX(const Surface& surface) {
  double sum = 0;
  for (const Point& point : surface.verticesRas) {
    sum += point[0];
  }
  return sum / static_cast<double>(surface.verticesRas.size());
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
  void isLabelledAsSimulated();
  void hasAllShapesOnOneMesh();
  void isClosedAndLooksOutward();
  void isAsLargeAsABrain();
  void sidesAreMirrored();
  void flatIsOneSheetWithoutFolds();
  void curvatureIsPositiveInSulci();
  void isNested();
  void writesGifti();
  void refusesAMissingFolder();
};

void CortexTest::isLabelledAsSimulated() {
  QVERIFY(demoCortex()->simulated);
  QCOMPARE(demoCortex()->name, std::string("demo"));
  QCOMPARE(demoCortex().get(), demoCortex().get());
}

void CortexTest::hasAllShapesOnOneMesh() {
  for (const Hemisphere& hemisphere : demoCortex()->hemispheres) {
    QCOMPARE(hemisphere.shapes.size(), allShapes.size());
    for (const auto& [shape, surface] : hemisphere.shapes) {
      QCOMPARE(surface.verticesRas.size(), verticesPerSide);
      for (const Point& point : surface.verticesRas) {
        QVERIFY(std::isfinite(point[0]) && std::isfinite(point[1]) && std::isfinite(point[2]));
      }
    }
    QCOMPARE(hemisphere.curvature.size(), verticesPerSide);
    QCOMPARE(hemisphere.sulcalDepth.size(), verticesPerSide);
    QCOMPARE(hemisphere.thickness.size(), verticesPerSide);
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
      const auto euler = static_cast<long>(verticesPerSide) - static_cast<long>(edges.size() / 2) +
                         static_cast<long>(surface.triangles.size());
      QCOMPARE(euler, 2L);
      QVERIFY(volume(surface) > 0);
    }
    // Every triangle of the convex one, not only most.
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
    QVERIFY2(inside > 350 && inside < 650, qPrintable(QString::number(inside)));
    QVERIFY(volume(hemisphere.shapes.at(Shape::white)) < volume(pial));
  }
}

void CortexTest::sidesAreMirrored() {
  const Hemisphere& left = demoCortex()->hemisphere(Side::left);
  const Hemisphere& right = demoCortex()->hemisphere(Side::right);
  QVERIFY(left.side == Side::left);
  QVERIFY(right.side == Side::right);
  for (const Shape shape : {Shape::inflated, Shape::sphere, Shape::flat}) {
    for (std::size_t i = 0; i < verticesPerSide; ++i) {
      const Point& a = left.shapes.at(shape).verticesRas[i];
      const Point& b = right.shapes.at(shape).verticesRas[i];
      QCOMPARE((Point{-a[0], a[1], a[2]}), b);
    }
  }
  for (const Shape shape : {Shape::pial, Shape::white}) {
    QVERIFY(extent(left.shapes.at(shape), 0).second < 2);
    QVERIFY(extent(right.shapes.at(shape), 0).first > -2);
    QVERIFY(meanX(left.shapes.at(shape)) < meanX(right.shapes.at(shape)) - 50);
  }
  // Each has folds of its own.
  QVERIFY(left.curvature != right.curvature);
}

void CortexTest::flatIsOneSheetWithoutFolds() {
  for (const Hemisphere& hemisphere : demoCortex()->hemispheres) {
    const Surface& flat = hemisphere.shapes.at(Shape::flat);
    std::set<std::int32_t> used;
    for (const Triangle& t : flat.triangles) {
      QVERIFY(orientedArea(flat, t) > 0.05);
      used.insert(t.begin(), t.end());
    }
    QVERIFY(used.size() > 9000 && used.size() < verticesPerSide);
    const std::vector<Edge> boundary = boundaryOf(flat);
    const auto edges = (edgesOf(flat).size() + boundary.size()) / 2;
    QCOMPARE(static_cast<long>(used.size()) - static_cast<long>(edges) +
                 static_cast<long>(flat.triangles.size()),
             1L);
    // A disc without a flipped triangle whose rim does not cross itself overlaps nowhere.
    for (std::size_t i = 0; i < boundary.size(); ++i) {
      for (std::size_t k = i + 1; k < boundary.size(); ++k) {
        const std::set<std::int32_t> ends{
            boundary[i].first, boundary[i].second, boundary[k].first, boundary[k].second};
        if (ends.size() == 4) {
          QVERIFY(!cross(at(flat, boundary[i].first),
                         at(flat, boundary[i].second),
                         at(flat, boundary[k].first),
                         at(flat, boundary[k].second)));
        }
      }
    }
    // Dorsal up.
    const Surface& inflated = hemisphere.shapes.at(Shape::inflated);
    double together = 0;
    for (std::size_t i = 0; i < verticesPerSide; ++i) {
      together += inflated.verticesRas[i][2] * flat.verticesRas[i][1];
    }
    QVERIFY(together > 0);
  }
}

void CortexTest::curvatureIsPositiveInSulci() {
  for (const Hemisphere& hemisphere : demoCortex()->hemispheres) {
    double together = 0;
    double curvature = 0;
    double depth = 0;
    const auto hollow = std::count_if(hemisphere.curvature.begin(),
                                      hemisphere.curvature.end(),
                                      [](float value) { return value > 0; });
    for (std::size_t i = 0; i < verticesPerSide; ++i) {
      together += hemisphere.curvature[i] * hemisphere.sulcalDepth[i];
      curvature += hemisphere.curvature[i] * hemisphere.curvature[i];
      depth += hemisphere.sulcalDepth[i] * hemisphere.sulcalDepth[i];
    }
    QVERIFY(together / std::sqrt(curvature * depth) > 0.5);
    const double share = static_cast<double>(hollow) / verticesPerSide;
    QVERIFY2(share > 0.25 && share < 0.6, qPrintable(QString::number(share)));
    for (const float thickness : hemisphere.thickness) {
      QVERIFY(thickness == 0 || (thickness > 1 && thickness < 4));
    }
  }
}

/// The first 2,562 vertices are the mesh of the level above: each later vertex is the middle of an
/// edge, so no two of the first are joined.
void CortexTest::isNested() {
  for (const auto& [edge, times] :
       edgesOf(demoCortex()->hemisphere(Side::left).shapes.at(Shape::sphere))) {
    QVERIFY(edge.first >= 2562 || edge.second >= 2562);
  }
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
  QCOMPARE(values.values, left.curvature);
  QVERIFY(values.side == Side::left);
}

void CortexTest::refusesAMissingFolder() {
  CORTOGRAPH_EXPECT_ERROR(writeVertexData("/nowhere/x.gii", {1.0F}, Side::left, "x"),
                          ErrorKind::file,
                          "/nowhere",
                          "choose another");
}

QTEST_GUILESS_MAIN(CortexTest)
#include "cortex_test.moc"
