#include "brain/distortion.h"
#include "brain/format.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <array>
#include <cmath>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

class DistortionTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aStretchIsMeasured() {
    Surface square;
    square.verticesRas = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {9, 9, 9}};
    square.triangles = {{0, 1, 2}, {0, 2, 3}};
    Surface wide = square;
    for (Point& p : wide.verticesRas) {
      p = {4 * p[0], 0, p[1]}; // four times as wide, in another plane
    }
    const Distortion distortion = distortionOf(wide, square);
    for (std::size_t i = 0; i < 4; ++i) {
      QVERIFY(std::abs(distortion.area[i] - 2) < 1e-6F);
      QVERIFY(std::abs(distortion.elongation[i] - 2) < 1e-6F);
    }
    QVERIFY(std::isnan(distortion.area[4]) && std::isnan(distortion.elongation[4]));
    QVERIFY(std::abs(summaryOf(distortion).area95 - 2) < 1e-6);
    const Distortion back = distortionOf(square, wide);
    QVERIFY(std::abs(back.area[0] + 2) < 1e-6F && std::abs(back.elongation[0] - 2) < 1e-6F);
    QVERIFY(std::abs(summaryOf(back).areaMedian - 2) < 1e-6);
    const Distortion none = distortionOf(square, square);
    QVERIFY(std::abs(none.area[2]) < 1e-6F && std::abs(none.elongation[2]) < 1e-6F);
  }

  void flippedTrianglesAreCounted() {
    Surface square;
    square.verticesRas = {{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}};
    square.triangles = {{0, 1, 2}, {0, 2, 3}};
    QCOMPARE(flippedTriangles(square), std::size_t{0});
    square.verticesRas[3] = {1, 0.5F, 0};
    QCOMPARE(flippedTriangles(square), std::size_t{1});
    square.verticesRas[3] = {0.5F, 0.5F, 0}; // no area
    QCOMPARE(flippedTriangles(square), std::size_t{1});
  }

  void numbersAgreeWithWorkbench() {
    CORTOGRAPH_NEED(dataPath("fsaverage5"));
    // wb_command -surface-distortion pial inflated … -local-affine-method -log2
    const Distortion distortion =
        distortionOf(readSurface(dataPath("fsaverage5/infl_left.gii.gz")).surface,
                     readSurface(dataPath("fsaverage5/pial_left.gii.gz")).surface);
    struct Expected {
      std::size_t vertex;
      double area;
      double elongation;
    };
    for (const Expected& expected : {Expected{0, -2.273894, 2.293762},
                                     Expected{100, -1.131300, 1.387250},
                                     Expected{1234, -0.736174, 1.937864},
                                     Expected{5000, 0.569235, 1.472107},
                                     Expected{10241, 0.138736, 0.624715}}) {
      QVERIFY(std::abs(distortion.area[expected.vertex] - expected.area) < 1e-4);
      QVERIFY(std::abs(distortion.elongation[expected.vertex] - expected.elongation) < 1e-4);
    }
    const auto sum = [](const std::vector<float>& values) {
      return std::accumulate(values.begin(), values.end(), 0.0);
    };
    QVERIFY(std::abs(sum(distortion.area) + 1648.2495) < 0.05);
    QVERIFY(std::abs(sum(distortion.elongation) - 9552.3551) < 0.05);
  }
};

CORTOGRAPH_TEST(DistortionTest, QCoreApplication)
#include "distortion_test.moc"
