#include "base/error.h"
#include "brain/cortex.h"
#include "brain/vertex_set.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "support/uneven_brains.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

using namespace cortograph;
namespace fs = std::filesystem;

/// A cortex of one side, and one whose sides are of two meshes.
class UnevenCortexTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir made_;
  [[nodiscard]] fs::path at(const char* name) const {
    return fs::path(made_.path().toStdString()) / name;
  }

private Q_SLOTS:
  void initTestCase() {
    CORTOGRAPH_NEED(test::dataPath("fsaverage5"));
    test::writeLeftOnly(at("alone"));
    test::writeUneven(at("uneven"));
  }

  void oneSideIsACortex() {
    const auto cortex = readCortex(at("alone"));
    QCOMPARE(inWords(cortex->mesh), std::string("fsaverage5, 10,242 vertices on the left"));
    QVERIFY(cortex->has(Side::left) && !cortex->has(Side::right));
    QCOMPARE(cortex->vertexCount(), std::size_t{10242});
    QCOMPARE(cortex->shapes(), std::vector<Shape>(allShapes.begin(), allShapes.end()));
    const auto whole = readCortex(test::dataPath("fsaverage5"));
    QVERIFY(liesOn(cortex->mesh, whole->mesh) && !liesOn(whole->mesh, cortex->mesh));
    const VertexSet left{cortex->mesh, {{{0, 7}, {}}}};
    QCOMPARE(selectorCoordinates(*cortex, left), selectorCoordinates(*whole, left));
    const VertexSet both{whole->mesh, {{{0, 7}, {3}}}};
    CORTOGRAPH_EXPECT_ERROR((void)selectorCoordinates(*cortex, both),
                            ErrorKind::mismatch,
                            "fsaverage5, 10,242 vertices on the left",
                            "has no right side");
  }

  void oneSideIsReadInPart() {
    const auto part = readCortexInPart(at("alone"), Shape::inflated);
    QVERIFY(!part->complete);
    QCOMPARE(part->shapes(), std::vector<Shape>{Shape::inflated});
    QCOMPARE(part->mesh, readCortex(at("alone"))->mesh);
  }

  void sidesMayBeOfTwoMeshes() {
    const auto cortex = readCortex(at("uneven"));
    QCOMPARE(inWords(cortex->mesh), std::string("uneven, 10,242 + 2,562 vertices"));
    QVERIFY(cortex->mesh.toldBy == MeshEvidence::byFolder);
    QCOMPARE(standardMeshName({cortex->mesh.triangulation[1], ""}), std::string("fsaverage4"));
    QCOMPARE(cortex->shapes().size(), allShapes.size());
    QCOMPARE(cortex->hemisphere(Side::right).curvature.size(), std::size_t{2562});
    const VertexSet vertices{cortex->mesh, {{{10241}, {0, 2561}}}};
    QCOMPARE(meshIndices(vertices), (std::vector<std::int32_t>{10241, 10242, 12803}));
    const std::vector<Point> points = selectorCoordinates(*cortex, vertices);
    const auto& right = cortex->hemisphere(Side::right).shapes.at(Shape::sphere).verticesRas;
    const auto lowest = std::ranges::min_element(right, {}, [](const Point& p) { return p[0]; });
    // The left sphere from -100 to 100; the right one begins at 200.
    QVERIFY(std::abs(points[1][0] - (right[0][0] - (*lowest)[0] + 200)) < 0.1F);
    QCOMPARE(spreadOverMesh(vertices, Side::right, {1, 2, 3}, 0).size(), std::size_t{2562});
  }
};

CORTOGRAPH_TEST(UnevenCortexTest, QCoreApplication)
#include "uneven_cortex_test.moc"
