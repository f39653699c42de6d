#include "base/error.h"
#include "brain/volume_sampling.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>
#include <limits>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

/// Returns a volume of three frames that hold the x, y and z of each voxel's centre. Its axes are
/// turned, of unequal voxel sizes, and sheared a little.
Volume coordinateVolume() {
  Volume volume;
  volume.extent = {20, 16, 12};
  volume.frames = 3;
  volume.affine = {{{0.1, -2, 0, 12}, {2.5, 0.2, 0.3, -20}, {0, 0.1, 3, -15}, {0, 0, 0, 1}}};
  volume.values.resize(3 * volume.voxels());
  for (std::size_t k = 0; k < volume.extent[2]; ++k) {
    for (std::size_t j = 0; j < volume.extent[1]; ++j) {
      for (std::size_t i = 0; i < volume.extent[0]; ++i) {
        const Point3 place =
            transformed(volume.affine,
                        {static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)});
        for (std::size_t axis = 0; axis < 3; ++axis) {
          volume.values[axis * volume.voxels() + volume.indexOf(i, j, k)] =
              static_cast<float>(place.at(axis));
        }
      }
    }
  }
  return volume;
}

/// Returns two surfaces of points inside the volume, of which the second lies 2 mm away.
std::array<Surface, 2> linesInside() {
  std::array<Surface, 2> lines;
  for (int n = 0; n < 50; ++n) {
    const auto step = static_cast<float>(n);
    const Point white{-10 + step * 0.3F, -5 + step * 0.4F, -8 + step * 0.25F};
    lines[0].verticesRas.push_back(white);
    lines[1].verticesRas.push_back({white[0] + 1.2F, white[1], white[2] + 1.6F});
  }
  return lines;
}

/// Returns a volume of one row of voxels along x, 1 mm apart from x = 0.
Volume row(std::vector<float> values) {
  Volume volume;
  volume.extent = {values.size(), 1, 1};
  volume.values = std::move(values);
  return volume;
}

/// Returns what a line from x = from to x = to reads.
float alongRow(const Volume& volume, float from, float to, const VolumeSampling& sampling) {
  const Surface white{.verticesRas = {{from, 0, 0}}, .triangles = {}};
  const Surface pial{.verticesRas = {{to, 0, 0}}, .triangles = {}};
  return sampleVolume(volume, 0, white, pial, sampling).front();
}

} // namespace

class VolumeSamplingTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void coordinatesAreReadAsTheyAre() {
    const Volume volume = coordinateVolume();
    const auto [white, pial] = linesInside();
    for (const double depth : {0.0, 0.25, 1.0}) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const std::vector<float> read =
            sampleVolume(volume, axis, white, pial, {.depths = {depth}});
        for (std::size_t n = 0; n < read.size(); ++n) {
          const float from = white.verticesRas[n].at(axis);
          const float to = pial.verticesRas[n].at(axis);
          const double wanted = from + depth * (static_cast<double>(to) - from);
          QVERIFY2(std::abs(read[n] - wanted) < 2e-5,
                   qPrintable(QString("%1 %2 %3").arg(axis).arg(read[n]).arg(wanted)));
        }
      }
    }
    // The mean of a linear volume over symmetric depths is its value in the middle.
    const std::vector<float> mean = sampleVolume(volume, 2, white, pial, {});
    const std::vector<float> middle = sampleVolume(volume, 2, white, pial, {.depths = {0.5}});
    for (std::size_t n = 0; n < mean.size(); ++n) {
      QVERIFY(std::abs(mean[n] - middle[n]) < 2e-5);
    }
    // The lines are 2 mm long: 0.5 mm are a quarter.
    const std::vector<float> byDistance =
        sampleVolume(volume, 0, white, pial, {.distancesMm = {0.5}});
    const std::vector<float> byDepth = sampleVolume(volume, 0, white, pial, {.depths = {0.25}});
    for (std::size_t n = 0; n < byDepth.size(); ++n) {
      QVERIFY(std::abs(byDistance[n] - byDepth[n]) < 2e-6);
    }
  }

  void samplesAreMerged() {
    const Volume volume = row({5, 1, 1, 7, 3, 3});
    const auto nearest = [&](DepthMerge merge) {
      return alongRow(
          volume,
          0,
          5,
          {.depths = {0, 0.2, 0.4, 0.6, 0.8, 1}, .merge = merge, .read = VoxelRead::nearest});
    };
    QCOMPARE(nearest(DepthMerge::mean), 20.0F / 6);
    QCOMPARE(nearest(DepthMerge::maximum), 7.0F);
    QCOMPARE(nearest(DepthMerge::majority), 1.0F); // 1 and 3 are equally frequent
    QCOMPARE(alongRow(volume, 2.25F, 2.25F, {.depths = {0}}), 1 + 0.25F * 6);
    QCOMPARE(alongRow(volume, 2.25F, 2.25F, {.depths = {0}, .read = VoxelRead::nearest}), 1.0F);
    QCOMPARE(alongRow(volume, 2.75F, 2.75F, {.depths = {0}, .read = VoxelRead::nearest}), 7.0F);
    QCOMPARE(alongRow(volume, 5, 5, {.depths = {0}}), 3.0F); // on the last centre
  }

  void outsideThereAreNoData() {
    const Volume volume = row({5, none, 1, 7});
    QVERIFY(std::isnan(alongRow(volume, -0.25F, -0.25F, {.depths = {0}})));
    QVERIFY(std::isnan(alongRow(volume, 3.25F, 3.25F, {.depths = {0}})));
    QVERIFY(std::isnan(alongRow(volume, 0.5F, 0.5F, {.depths = {0}})));
    QCOMPARE(alongRow(volume, 0, 0, {.depths = {0}}), 5.0F); // its neighbour has no weight
    QCOMPARE(alongRow(volume, -0.25F, -0.25F, {.depths = {0}, .read = VoxelRead::nearest}), 5.0F);
    // Samples without data do not count: at x = 0, 1.5 and 3.
    QCOMPARE(alongRow(volume, 0, 3, {.depths = {0, 0.5, 1}}), 6.0F);
  }

  void surfacesAndVolumesMustFit() {
    const Surface one{.verticesRas = {{0, 0, 0}}, .triangles = {}};
    const Surface two{.verticesRas = {{0, 0, 0}, {1, 0, 0}}, .triangles = {}};
    CORTOGRAPH_EXPECT_ERROR(
        (void)sampleVolume(row({1}), 0, one, two, {}), ErrorKind::mismatch, "1 vertices", "2;");
    Volume flat = row({1, 2});
    flat.affine[0] = {0, 0, 0, 0};
    CORTOGRAPH_EXPECT_ERROR((void)sampleVolume(flat, 0, one, one, {}), ErrorKind::format, "affine");
  }

  void bothSidesOfACortexAreSampled() {
    const Volume volume = coordinateVolume();
    const auto [white, pial] = linesInside();
    Cortex cortex;
    cortex.hemispheres[0].shapes = {{Shape::white, white}, {Shape::pial, pial}};
    cortex.hemispheres[1].side = Side::right;
    cortex.hemispheres[1].shapes = {{Shape::pial, pial}};
    const VertexData data = sampleOnCortex(volume, cortex, {.depths = {0}});
    QCOMPARE(data.columns.size(), std::size_t{3});
    QVERIFY(std::abs(data.of(Side::left, 1)[7] - white.verticesRas[7][1]) < 2e-5);
    QVERIFY(std::abs(data.of(Side::right, 1)[7] - pial.verticesRas[7][1]) < 2e-5);
    cortex.hemispheres[0].surfaceToScanner = identityAffine;
    (*cortex.hemispheres[0].surfaceToScanner)[1][3] = 2.5; // its surfaces lie 2.5 mm too far back
    const VertexData moved = sampleOnCortex(volume, cortex, {.depths = {0}});
    QVERIFY(std::abs(moved.of(Side::left, 1)[7] - white.verticesRas[7][1] - 2.5) < 2e-5);
    QCOMPARE(moved.of(Side::right, 1)[7], data.of(Side::right, 1)[7]);
    cortex.hemispheres[1].shapes = {{Shape::inflated, pial}};
    CORTOGRAPH_EXPECT_ERROR(
        (void)sampleOnCortex(volume, cortex, {}), ErrorKind::notFound, "right", "white");
  }
};

CORTOGRAPH_TEST(VolumeSamplingTest, QCoreApplication)
#include "volume_sampling_test.moc"
