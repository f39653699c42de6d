#include "base/error.h"
#include "base/npy.h"
#include "brain/cortex.h"
#include "brain/format.h"
#include "brain/gifti_write.h"
#include "brain/parcellation.h"
#include "brain/vertex_set.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// A tetrahedron about (x, 0, 0), its triangles counter-clockwise from outside.
Surface tetrahedron(float x, float size = 1) {
  Surface surface;
  surface.verticesRas = {{x + size, size, size},
                         {x - size, -size, size},
                         {x - size, size, -size},
                         {x + size, -size, -size}};
  surface.triangles = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
  return surface;
}

/// One more vertex, on the middle of an edge.
Surface fiveVertices(float x) {
  Surface surface = tetrahedron(x);
  surface.verticesRas.push_back({x, 0, 1});
  return surface;
}

void writePair(const fs::path& folder, const char* shape, float leftX, float rightX) {
  const Shape known = shapeNamed(shape).value_or(Shape::pial);
  writeSurface(
      folder / (std::string("lh.") + shape + ".gii"), tetrahedron(leftX), Side::left, known);
  writeSurface(
      folder / (std::string("rh.") + shape + ".gii"), tetrahedron(rightX), Side::right, known);
}

Region region(const char* name, std::vector<std::uint8_t> member) {
  return {name, "group", std::move(member)};
}

} // namespace

class CortexTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsFsaverage5() {
    const fs::path folder = dataPath("fsaverage5");
    CORTOGRAPH_NEED(folder);
    const auto cortex = readCortex(folder);
    QCOMPARE(cortex->mesh.name, std::string("fsaverage5"));
    QCOMPARE(cortex->folder, fs::canonical(folder));
    QCOMPARE(cortex->shapes(), std::vector<Shape>(allShapes.begin(), allShapes.end()));
    QVERIFY(cortex->mesh.toldBy == MeshEvidence::byTriangulation);
    QCOMPARE(cortex->vertexCount(), std::size_t{20484});
    QVERIFY(!cortex->simulated);
    for (const Side side : bothSides) {
      const Hemisphere& hemisphere = cortex->hemisphere(side);
      QVERIFY(hemisphere.side == side);
      QCOMPARE(hemisphere.curvature.size(), std::size_t{10242});
      QCOMPARE(hemisphere.sulcalDepth.size(), std::size_t{10242});
      QCOMPARE(hemisphere.thickness.size(), std::size_t{10242});
      // The smallest and largest thickness a cortex has, in mm.
      QVERIFY(*std::max_element(hemisphere.thickness.begin(), hemisphere.thickness.end()) < 5.1F);
      for (const auto& [shape, surface] : hemisphere.shapes) {
        QCOMPARE(surface.verticesRas.size(), std::size_t{10242});
        QCOMPARE(surface.triangles.size(),
                 shape == Shape::flat
                     ? (side == Side::left ? std::size_t{18654} : std::size_t{18790})
                     : std::size_t{20480});
      }
      for (const Point& point : hemisphere.shapes.at(Shape::flat).verticesRas) {
        QCOMPARE(point[2], 0.0F);
      }
    }
  }

  void selectorsSeeTheSpheresSideBySide() {
    const fs::path folder = dataPath("fsaverage5");
    CORTOGRAPH_NEED(folder);
    const auto cortex = readCortex(folder);
    const VertexSet vertices{meshOfCounts({10242, 10242}), {{{0, 5}, {0, 7, 10241}}}};
    const std::vector<Point> points = selectorCoordinates(*cortex, vertices);
    QCOMPARE(points.size(), std::size_t{5});
    const auto& left = cortex->hemispheres[0].shapes.at(Shape::sphere).verticesRas;
    const auto& right = cortex->hemispheres[1].shapes.at(Shape::sphere).verticesRas;
    QCOMPARE(points[1], left[5]);
    // Spheres of radius 100: left from -100 to 100, right from 200.
    QVERIFY(std::abs(points[3][0] - (right[7][0] + 300)) < 1e-3F);
    QCOMPARE(points[3][1], right[7][1]);
    const VertexSet other{meshOfCounts({40962, 40962}), {{{0}, {0}}}};
    CORTOGRAPH_EXPECT_ERROR(
        (void)selectorCoordinates(*cortex, other), ErrorKind::mismatch, "10,242", "40,962");
  }

  void readsOtherNamings() {
    const QTemporaryDir made;
    const fs::path folder = made.path().toStdString();
    writeSurface(folder / "tpl-x_hemi-L_pial.surf.gii", tetrahedron(-10), Side::left, Shape::pial);
    writeSurface(folder / "tpl-x_hemi-R_pial.surf.gii", tetrahedron(10), Side::right, Shape::pial);
    writePair(folder, "inflated", 0, 0);
    writePair(folder, "sphere", 0, 0);
    writePair(folder, "sphere.reg", 0, 0);    // another sphere: not meant
    writePair(folder, "very_inflated", 0, 0); // another shape
    writeNpy(folder / "curv_left.npy", Array<float>({4}, {1, 2, 3, 4}));
    writeVertexData(folder / "rh.sulc.shape.gii", {1, 2, 3, 4}, Side::right, "sulc");
    const auto cortex = readCortex(folder);
    QCOMPARE(cortex->shapes(), (std::vector<Shape>{Shape::pial, Shape::inflated, Shape::sphere}));
    QCOMPARE(cortex->mesh.name, folder.filename().string());
    QCOMPARE(cortex->hemispheres[0].curvature, (std::vector<float>{1, 2, 3, 4}));
    QCOMPARE(cortex->hemispheres[1].sulcalDepth, (std::vector<float>{1, 2, 3, 4}));
    QVERIFY(cortex->hemispheres[1].curvature.empty());
  }

  void oneShapeIsReadBeforeTheOthers() {
    const fs::path folder = dataPath("fsaverage5");
    CORTOGRAPH_NEED(folder);
    const auto whole = readCortex(folder);
    const auto part = readCortexInPart(folder, Shape::white);
    QVERIFY(whole->complete && !part->complete);
    QCOMPARE(part->mesh, whole->mesh);
    QCOMPARE(part->folder, whole->folder);
    QCOMPARE(part->shapes(), (std::vector<Shape>{Shape::white}));
    for (const Side side : bothSides) {
      const Hemisphere& hemisphere = part->hemisphere(side);
      QCOMPARE(hemisphere.shapes.at(Shape::white).verticesRas,
               whole->hemisphere(side).shapes.at(Shape::white).verticesRas);
      QCOMPARE(hemisphere.curvature, whole->hemisphere(side).curvature);
      QVERIFY(hemisphere.thickness.empty());
    }
    const QTemporaryDir made;
    const fs::path other = made.path().toStdString();
    writePair(other, "inflated", 0, 0);
    writePair(other, "sphere", 0, 0);
    const auto lacking = readCortexInPart(other, Shape::white);
    QVERIFY(lacking->complete);
    QCOMPARE(lacking->shapes(), (std::vector<Shape>{Shape::inflated, Shape::sphere}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readCortexInPart(other / "none", Shape::white), ErrorKind::notFound, "none");
  }

  void turnsTrianglesOutwards() {
    const QTemporaryDir made;
    const fs::path folder = made.path().toStdString();
    writePair(folder, "pial", -10, 10);
    Surface inwards = tetrahedron(-10);
    for (Triangle& triangle : inwards.triangles) {
      std::swap(triangle[0], triangle[1]);
    }
    writeSurface(folder / "lh.pial.gii", inwards, Side::left, Shape::pial);
    const auto cortex = readCortex(folder);
    for (const Side side : bothSides) {
      const Surface& surface = cortex->hemisphere(side).shapes.at(Shape::pial);
      const Point center{side == Side::left ? -10.0F : 10.0F, 0, 0};
      for (const Triangle& t : surface.triangles) {
        const auto corner = [&](int i) {
          return surface.verticesRas[static_cast<std::size_t>(t.at(static_cast<std::size_t>(i)))];
        };
        const Point a = corner(0), b = corner(1), c = corner(2);
        const Point u{b[0] - a[0], b[1] - a[1], b[2] - a[2]};
        const Point v{c[0] - a[0], c[1] - a[1], c[2] - a[2]};
        const Point normal{
            u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
        const float outwards = normal[0] * (a[0] - center[0]) + normal[1] * (a[1] - center[1]) +
                               normal[2] * (a[2] - center[2]);
        QVERIFY(outwards > 0);
      }
    }
  }

  void refusesFoldersThatDisagree() {
    const QTemporaryDir made;
    const fs::path folder = made.path().toStdString();
    CORTOGRAPH_EXPECT_ERROR((void)readCortex(folder / "none"), ErrorKind::notFound, "none");
    CORTOGRAPH_EXPECT_ERROR((void)readCortex(folder), ErrorKind::notFound, "pial_left.gii.gz");
    writePair(folder, "pial", 10, -10);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readCortex(folder), ErrorKind::mismatch, "swapped", "lh.pial.gii", "rh.pial.gii");
    writePair(folder, "pial", -10, 10);
    QCOMPARE(readCortex(folder)->vertexCount(), std::size_t{8});
    // A file named for one side that says it is the other.
    writeSurface(folder / "lh.white.gii", tetrahedron(10), Side::right, Shape::white);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readCortex(folder), ErrorKind::mismatch, "lh.white.gii", "metadata", "right");
    fs::remove(folder / "lh.white.gii");
    writeVertexData(folder / "lh.curv.gii", {1, 2, 3}, Side::left, "curv");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readCortex(folder), ErrorKind::mismatch, "3 vertices", "lh.pial.gii has 4");
    fs::remove(folder / "lh.curv.gii");
    writeSurface(folder / "pial_left.gii", tetrahedron(-10), Side::left, Shape::pial);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readCortex(folder), ErrorKind::mismatch, "keep one", "pial_left.gii");
    fs::remove(folder / "pial_left.gii");
    writeSurface(folder / "rh.pial.gii", fiveVertices(10), Side::right, Shape::pial);
    QCOMPARE(readCortex(folder)->mesh.vertices, (std::array<std::size_t, 2>{4, 5}));
    writeSurface(folder / "lh.white.gii", fiveVertices(-10), Side::left, Shape::white);
    CORTOGRAPH_EXPECT_ERROR((void)readCortex(folder),
                            ErrorKind::mismatch,
                            "lh.white.gii has 5 vertices",
                            "lh.pial.gii has 4");
    fs::remove(folder / "lh.pial.gii");
    CORTOGRAPH_EXPECT_ERROR((void)readCortex(folder), ErrorKind::notFound, "no shape in common");
  }

  void refusesRealSidesSwapped() {
    const fs::path folder = dataPath("fsaverage5");
    CORTOGRAPH_NEED(folder);
    const QTemporaryDir made;
    const fs::path swapped = made.path().toStdString();
    fs::copy_file(folder / "pial_left.gii.gz", swapped / "pial_right.gii.gz");
    fs::copy_file(folder / "pial_right.gii.gz", swapped / "pial_left.gii.gz");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readCortex(swapped), ErrorKind::mismatch, "pial_left.gii.gz", "right hemisphere");
    // Another mesh on the right is no error.
    const QTemporaryDir unequal;
    const fs::path mixed = unequal.path().toStdString();
    fs::copy_file(folder / "sphere_left.gii.gz", mixed / "sphere_left.gii.gz");
    fs::copy_file(dataPath("fsaverage/fsaverage_std_sphere.R.164k_fsavg_R.surf.gii"),
                  mixed / "rh.sphere.surf.gii");
    QCOMPARE(inWords(readCortex(mixed)->mesh),
             mixed.filename().string() + ", 10,242 + 163,842 vertices");
  }

  void spreadsValues() {
    const VertexSet vertices{{.name = "x", .vertices = {4, 3}}, {{{1, 3}, {0}}}};
    QCOMPARE(vertices.size(), std::size_t{3});
    QCOMPARE(spreadOverMesh(vertices, Side::left, {5, 6, 7}, -1),
             (std::vector<float>{-1, 5, -1, 6}));
    QCOMPARE(spreadOverMesh(vertices, Side::right, {5, 6, 7}, -1), (std::vector<float>{7, -1, -1}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)spreadOverMesh(vertices, Side::left, {5}, -1), ErrorKind::mismatch, "3");
  }

  void findsRegionsAndTheirParts() {
    const Parcellation all{region("V1v", {1, 0, 0, 0}),
                           region("V1d", {0, 1, 0, 0}),
                           region("FFA-1", {0, 0, 1, 0}),
                           region("FFA-2", {0, 0, 1, 1}),
                           region("ventral", {1, 1, 1, 1})};
    QCOMPARE(regionNamed(all, "V1v").member, (std::vector<std::uint8_t>{1, 0, 0, 0}));
    QCOMPARE(wholeRegion("V1v"), std::string("V1"));
    QCOMPARE(wholeRegion("VWFA-12"), std::string("VWFA"));
    for (const char* whole : {"", "hV4", "V1", "mfs-words", "FFA-", "-1", "midventral", "lad"}) {
      QCOMPARE(wholeRegion(whole), std::string(whole));
    }
    QCOMPARE(regionNamed(all, "V1").member, (std::vector<std::uint8_t>{1, 1, 0, 0}));
    QCOMPARE(regionNamed(all, "FFA").member, (std::vector<std::uint8_t>{0, 0, 1, 1}));
    QCOMPARE(regionNamed(all, "FFA").name, std::string("FFA"));
    CORTOGRAPH_EXPECT_ERROR((void)regionNamed(all, "V"), ErrorKind::notFound, "V1v, V1d, FFA-1");
    CORTOGRAPH_EXPECT_ERROR((void)regionNamed(all, "ventra"), ErrorKind::notFound, "ventra");
    CORTOGRAPH_EXPECT_ERROR((void)regionNamed({}, "V1"), ErrorKind::notFound, "no named regions");
  }
};

CORTOGRAPH_TEST(CortexTest, QCoreApplication)
#include "cortex_test.moc"
