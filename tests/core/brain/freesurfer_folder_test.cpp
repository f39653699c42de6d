#include "base/error.h"
#include "brain/cortex.h"
#include "core/base/garble.h"
#include "core/brain/freesurfer_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// An octahedron whose size tells the surfaces of a folder apart. Vertex 0 is to the left, 1 to the
/// right, 4 on top.
Surface octahedron(float size, float middle) {
  return {
      .verticesRas = {{middle - size, 0, 0},
                      {middle + size, 0, 0},
                      {middle, -size, 0},
                      {middle, size, 0},
                      {middle, 0, size},
                      {middle, 0, -size}},
      .triangles = {
          {0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}, {2, 0, 5}, {1, 2, 5}, {3, 1, 5}, {0, 3, 5}}};
}

} // namespace

/// A FreeSurfer folder "surf" with its many files of similar names.
class FreesurferFolderTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;

  [[nodiscard]] fs::path surf() const {
    return fs::path(folder_.path().toStdString()) / "bert/surf";
  }
  void put(const std::string& name, const std::string& bytes) const {
    writeBytes(surf() / name, bytes);
  }

private Q_SLOTS:
  void initTestCase() {
    fs::create_directories(surf());
    for (const std::string prefix : {"lh.", "rh."}) {
      const float middle = prefix == "lh." ? -20 : 20;
      put(prefix + "white", triangleFile(octahedron(10, middle)));
      put(prefix + "pial", triangleFile(octahedron(12, middle)));
      put(prefix + "inflated", triangleFile(octahedron(15, 0)));
      put(prefix + "sphere", triangleFile(octahedron(100, 0)));
      put(prefix + "curv", morphFile({1, 2, 3, 4, 5, 6}));
      put(prefix + "sulc", morphFile({2, 2, 2, 2, 2, 2}));
      put(prefix + "thickness", morphFile({3, 3, 3, 3, 3, 3}));
      for (const char* name : {"white.preaparc",
                               "sphere.reg",
                               "pial.T2",
                               "orig",
                               "smoothwm",
                               "inflated.nofix",
                               "qsphere.nofix",
                               "white_avg",
                               "pial-outer-smoothed"}) {
        put(prefix + name, triangleFile(octahedron(77, 0)));
      }
      for (const char* name : {"inflated.H",
                               "inflated.K",
                               "curv.pial",
                               "area",
                               "area.pial",
                               "volume",
                               "jacobian_white",
                               "avg_curv",
                               "white.H",
                               "defect_labels"}) {
        put(prefix + name, morphFile({9, 9, 9, 9, 9, 9}));
      }
      put(prefix + "thickness.fwhm10.fsaverage.mgh", mghFile({2, 1, 1, 1}, 3, std::string(8, 'a')));
      // The upper half, flattened, and an earlier try at less of it.
      put(prefix + "full.flat.patch.3d",
          patchFile({-1, -2, -3, -4, 5},
                    {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0.25F, 0, 0}}));
      put(prefix + "a.flat.patch.3d", patchFile({-1, -2, -3}, {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}}));
    }
  }

  void itsOwnNamesAreRead() {
    const auto cortex = readCortex(surf());
    QCOMPARE(cortex->mesh.name, std::string("bert"));
    for (const Hemisphere& hemisphere : cortex->hemispheres) {
      const float middle = hemisphere.side == Side::left ? -20 : 20;
      QCOMPARE(hemisphere.shapes.size(), allShapes.size());
      QCOMPARE(hemisphere.shapes.at(Shape::white).verticesRas[1][0], middle + 10);
      QCOMPARE(hemisphere.shapes.at(Shape::pial).verticesRas[1][0], middle + 12);
      QCOMPARE(hemisphere.shapes.at(Shape::inflated).verticesRas[1][0], 15.0F);
      QCOMPARE(hemisphere.shapes.at(Shape::sphere).verticesRas[1][0], 100.0F);
      QCOMPARE(hemisphere.curvature, (std::vector<float>{1, 2, 3, 4, 5, 6}));
      QCOMPARE(hemisphere.sulcalDepth, std::vector<float>(6, 2));
      QCOMPARE(hemisphere.thickness, std::vector<float>(6, 3));
    }
  }

  void theFlatPatchHasItsOwnCuts() {
    const auto cortex = readCortex(surf());
    const Surface& flat = cortex->hemispheres[1].shapes.at(Shape::flat);
    QCOMPARE(flat.verticesRas.size(), std::size_t{6});
    QCOMPARE(flat.verticesRas[4], (Point{0.25F, 0, 0}));
    QCOMPARE(flat.triangles, (std::vector<Triangle>{{0, 2, 4}, {2, 1, 4}, {1, 3, 4}, {3, 0, 4}}));
    const auto part = readCortexInPart(surf(), Shape::flat); // needs a whole surface too
    QCOMPARE(part->hemispheres[1].shapes.at(Shape::flat).triangles, flat.triangles);
    QVERIFY(!readCortexInPart(surf(), Shape::inflated)->complete);
  }

  void conversionsGiveWayToTheOriginal() {
    put("lh.curv.mgh", mghFile({6, 1, 1, 1}, 3, std::string(24, 'a')));
    QCOMPARE(readCortex(surf())->hemispheres[0].curvature[5], 6.0F);
    fs::remove(surf() / "lh.curv.mgh");
  }

  void aPatchWithoutItsSurfaceIsRefused() {
    const fs::path alone = surf() / "alone";
    fs::create_directories(alone);
    fs::copy_file(surf() / "lh.full.flat.patch.3d", alone / "lh.full.flat.patch.3d");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readCortex(alone), ErrorKind::notFound, "lh.full.flat.patch.3d", "lh.white");
    fs::copy_file(surf() / "lh.white", alone / "lh.white");
    writeBytes(alone / "lh.full.flat.patch.3d", patchFile({7}, {{0, 0, 0}}));
    CORTOGRAPH_EXPECT_ERROR((void)readCortex(alone), ErrorKind::mismatch, "vertex 6", "6 vertices");
  }
};

CORTOGRAPH_TEST(FreesurferFolderTest, QCoreApplication)
#include "freesurfer_folder_test.moc"
