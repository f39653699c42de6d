#include "brain/subdivision.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QtTest>

using namespace cortograph;

class SubdivisionTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void tetrahedron();
  void thereAndBack();
  void refusesWhatIsNone();
};

void SubdivisionTest::tetrahedron() {
  Midpoints midpoints(4);
  const std::vector<Triangle> finer =
      subdivided({{0, 1, 2}, {0, 2, 3}, {0, 3, 1}, {1, 3, 2}}, midpoints);
  QCOMPARE(finer.size(), std::size_t{16});
  QCOMPARE(midpoints.parents().size(), std::size_t{6}); // an edge has one midpoint for both sides
  QVERIFY(finer[0] == (Triangle{0, 4, 6}));
  QVERIFY(finer[3] == (Triangle{4, 5, 6}));
  QCOMPARE(midpoints.of(1, 0), 4);
}

void SubdivisionTest::thereAndBack() {
  CORTOGRAPH_NEED(test::dataPath("fsaverage5"));
  const auto cortex = readCortex(test::dataPath("fsaverage5"));
  const Cortex finer = subdivided(*cortex);
  // As many vertices as fsaverage6, whose new ones are numbered in another order.
  QCOMPARE(finer.mesh.name, std::string("fsaverage5, finer"));
  for (std::size_t s = 0; s < 2; ++s) {
    const Hemisphere& before = cortex->hemispheres[s];
    const Hemisphere& after = finer.hemispheres[s];
    QCOMPARE(after.vertexCount(), std::size_t{40962});
    QCOMPARE(after.curvature.size(), std::size_t{40962});
    QCOMPARE(after.curvature[17], before.curvature[17]);
    for (const Shape shape : {Shape::pial, Shape::flat}) {
      const Surface& fine = after.shapes.at(shape);
      const Surface& coarse = before.shapes.at(shape);
      QCOMPARE(fine.triangles.size(), 4 * coarse.triangles.size());
      QVERIFY(std::equal(
          coarse.verticesRas.begin(), coarse.verticesRas.end(), fine.verticesRas.begin()));
      auto back = coarsened(fine.triangles, 40962, coarserSize(40962));
      QCOMPARE(back.size(), coarse.triangles.size());
      // The same triangles, each turning as before, in the same order.
      const auto rotated = [](Triangle t) {
        std::rotate(t.begin(), std::min_element(t.begin(), t.end()), t.end());
        return t;
      };
      QVERIFY(std::equal(
          back.begin(),
          back.end(),
          coarse.triangles.begin(),
          [&](const Triangle& a, const Triangle& b) { return rotated(a) == rotated(b); }));
    }
  }
  // fsaverage's own numbering is such a subdivision, down to the icosahedron.
  std::vector<Triangle> triangles = cortex->hemispheres[0].shapes.at(Shape::sphere).triangles;
  std::size_t vertices = 10242;
  while (coarserSize(vertices) > 0) {
    const std::size_t coarse = coarserSize(vertices);
    const std::size_t count = triangles.size();
    triangles = coarsened(triangles, vertices, coarse);
    QCOMPARE(triangles.size() * 4, count);
    vertices = coarse;
  }
  QCOMPARE(vertices, std::size_t{12});
}

void SubdivisionTest::refusesWhatIsNone() {
  // The same sphere with its vertices numbered backwards.
  Midpoints midpoints(4);
  std::vector<Triangle> triangles =
      subdivided({{0, 1, 2}, {0, 2, 3}, {0, 3, 1}, {1, 3, 2}}, midpoints);
  QCOMPARE(coarsened(triangles, 10, 4).size(), std::size_t{4});
  for (Triangle& triangle : triangles) {
    for (std::int32_t& corner : triangle) {
      corner = 9 - corner;
    }
  }
  QVERIFY(coarsened(triangles, 10, 4).empty());
  QCOMPARE(coarserSize(32492), std::size_t{0});
  QCOMPARE(coarserSize(163842), std::size_t{40962});
}

CORTOGRAPH_TEST(SubdivisionTest, QCoreApplication)
#include "subdivision_test.moc"
