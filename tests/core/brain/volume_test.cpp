#include "base/error.h"
#include "brain/volume.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;

namespace {

const VoxelAffine oblique{{{-0.1, 2, 0.3, 1}, {0, 0.2, -3, 2}, {1.5, 0.1, 0.2, 3}, {0, 0, 0, 1}}};

} // namespace

/// The expected numbers are nibabel's (nibabel.affines, nibabel.orientations) and NumPy's.
class VolumeTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void mapsVoxelsToMillimetres() {
    const Point3 mm = transformed(oblique, {1, 2, 3});
    QVERIFY(std::abs(mm[0] - 5.8) < 1e-14);
    QVERIFY(std::abs(mm[1] + 6.6) < 1e-14);
    QVERIFY(std::abs(mm[2] - 5.3) < 1e-14);
    const Point3 back = transformed(inverse(oblique), mm);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      QVERIFY(std::abs(back[axis] - static_cast<double>(axis + 1)) < 1e-14);
    }
  }

  void invertsAsNumPyDoes() {
    const VoxelAffine result = inverse(oblique);
    const VoxelAffine expected{
        {{-0.03726435773783428, 0.04055238930293731, 0.664182376150811, -2.036387549320473},
         {0.49320473476545373, 0.05151249451994738, 0.03288031565103025, -0.6948706707584392},
         {0.03288031565103025, -0.3298991670320035, 0.0021920210434020165, 0.6203419552827707},
         {0, 0, 0, 1}}};
    for (std::size_t row = 0; row < 4; ++row) {
      for (std::size_t column = 0; column < 4; ++column) {
        QVERIFY(std::abs(result[row][column] - expected[row][column]) < 1e-15);
      }
    }
    VoxelAffine flat = identityAffine;
    flat[2][2] = 0;
    CORTOGRAPH_EXPECT_ERROR((void)inverse(flat), ErrorKind::format, "affine");
    flat[2][2] = std::nan("");
    CORTOGRAPH_EXPECT_ERROR((void)inverse(flat), ErrorKind::format, "affine");
  }

  void measuresVoxels() {
    const Point3 size = voxelSizeMm(oblique);
    QVERIFY(std::abs(size[0] - 1.50332964) < 1e-8);
    QVERIFY(std::abs(size[1] - 2.01246118) < 1e-8);
    QVERIFY(std::abs(size[2] - 3.02158899) < 1e-8);
  }

  void namesDirections() {
    QCOMPARE(orientationOf(identityAffine), std::string("RAS"));
    QCOMPARE(orientationOf(oblique), std::string("SRP"));
    const VoxelAffine freeSurfer{{{-1, 0, 0, 1.5}, {0, 0, 1, -1.5}, {0, -1, 0, 1.5}, {0, 0, 0, 1}}};
    QCOMPARE(orientationOf(freeSurfer), std::string("LIA"));
    QCOMPARE(orientationOf(VoxelAffine{}), std::string("???"));
  }

  void ordersVoxels() {
    const Volume volume{.extent = {2, 3, 4}, .values = {}};
    QCOMPARE(volume.voxels(), std::size_t{24});
    QCOMPARE(volume.indexOf(1, 0, 0), std::size_t{1});
    QCOMPARE(volume.indexOf(0, 1, 0), std::size_t{2});
    QCOMPARE(volume.indexOf(1, 2, 3), std::size_t{23});
  }
};

CORTOGRAPH_TEST(VolumeTest, QCoreApplication)
#include "volume_test.moc"
