#include "base/error.h"
#include "base/npy.h"
#include "brain/file_names.h"
#include "brain/format.h"
#include "brain/vertex_data.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <numeric>

using namespace cortograph;
namespace fs = std::filesystem;

class VertexDataTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;

  /// 0, 1, 2, … in a .npy file.
  [[nodiscard]] fs::path counting(const std::string& name, std::size_t count) const {
    Array<float> values({count});
    std::iota(values.values.begin(), values.values.end(), 0.0F);
    const fs::path file = fs::path(folder_.path().toStdString()) / name;
    writeNpy(file, values);
    return file;
  }

private Q_SLOTS:
  void cortexWithoutItsMedialWallIsNamed() {
    for (const std::size_t count : {std::size_t{59412}, std::size_t{91282}}) {
      CORTOGRAPH_EXPECT_ERROR((void)readVertexData(counting("hcp.npy", count)),
                              ErrorKind::mismatch,
                              "fs_LR 32k",
                              "without its medial wall");
    }
    const VertexData left = readVertexData(counting("lh.hcp.npy", 29696));
    QVERIFY(inWords(left.mesh).find("fs_LR 32k") != std::string::npos);
  }

  void sidesOfOneThingShareAName() {
    QCOMPARE(sidelessName("lh.curv"), std::string("curv"));
    QCOMPARE(sidelessName("/a.b/rh.thickness.mgh"), std::string("thickness"));
    QCOMPARE(sidelessName("thick_left.gii.gz"), std::string("thick"));
    QCOMPARE(sidelessName("lh.X.func.gii"), std::string("X"));
    QCOMPARE(sidelessName("sub-01_hemi-L_space-fsLR_den-32k_curv.shape.gii"),
             std::string("sub-01_space-fsLR_den-32k_curv"));
    // A lone letter counts only when nothing else speaks: r is Pearson's correlation here.
    QCOMPARE(sidelessName("r_lh.npy"), std::string("r"));
    QCOMPARE(sidelessName("lh.r.npy"), std::string("r"));
    QCOMPARE(sidelessName("S1.L.thickness.32k_fs_LR.shape.gii"),
             std::string("S1.thickness.32k_fs_LR"));
    for (const char* left :
         {"r_lh.npy", "lh.r.npy", "r_hemi-L_lh.npy", "x.L.curv.gii", "l_r.npy"}) {
      QVERIFY2(sideIn(nameWords(left)) == Side::left, left);
    }
    QVERIFY(sideIn(nameWords("sub-left_hemi-R_x.gii")) == Side::right);
    QVERIFY(!sideIn(nameWords("R2.npy")));
    QCOMPARE(sidelessName("R2.npy"), std::string("R2"));
    QCOMPARE(sidelessName("lh.npy"), std::string("lh"));
  }

  void realFilesPairUp() {
    const fs::path folder = test::dataPath("fsaverage5");
    CORTOGRAPH_NEED(folder);
    const auto sets = readVertexDataFiles(
        {folder / "thick_right.gii.gz", folder / "sulc_left.gii.gz", folder / "thick_left.gii.gz"});
    QCOMPARE(sets.size(), std::size_t{2});
    QCOMPARE(sets[0]->name, std::string("thick"));
    QCOMPARE(sets[0]->unit, std::string("mm"));
    QCOMPARE(sets[0]->files[0], folder / "thick_left.gii.gz");
    QCOMPARE(sets[0]->of(Side::left).size(), std::size_t{10242});
    QVERIFY(sets[0]->of(Side::left) != sets[0]->of(Side::right));
    QCOMPARE(inWords(sets[0]->mesh), std::string("fsaverage5, 10,242 vertices a side"));
    QVERIFY(sets[0]->mesh.toldBy == MeshEvidence::byCount);
    QCOMPARE(sets[1]->name, std::string("sulc"));
    QVERIFY(sets[1]->of(Side::right).empty());
    QVERIFY(sets[1]->side() == Side::left);
    const auto cortex = readCortex(folder);
    QCOMPARE(sets[0]->of(Side::left), cortex->hemispheres[0].thickness);
    QVERIFY(fits(*cortex, *sets[1]));
    const auto beside = cortexBeside(*sets[0]);
    QVERIFY(beside != nullptr);
    QCOMPARE(beside->mesh.name, std::string("fsaverage5"));
  }

  void aFileOfBothSidesHasTheLeftOnesFirst() {
    const auto sets = readVertexDataFiles({counting("pc.npy", 2 * 642)});
    QCOMPARE(sets.front()->name, std::string("pc"));
    QCOMPARE(sets.front()->of(Side::left).size(), std::size_t{642});
    QCOMPARE(sets.front()->of(Side::right).front(), 642.0F);
    QVERIFY(cortexBeside(*sets.front()) == nullptr);
  }

  void anArchiveOfSeveralArraysIsTold() {
    CORTOGRAPH_NEED(test::dataPath("subject-simulated"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexDataFiles({test::dataPath("subject-simulated") / "truth.npz"}),
        ErrorKind::unsupported,
        "truth.npz",
        "arrays, but one value");
  }

  void whatDoesNotGoTogetherIsSaid() {
    CORTOGRAPH_EXPECT_ERROR((void)readVertexDataFiles({counting("pc.npy", 642)}),
                            ErrorKind::mismatch,
                            "pc.npy",
                            "642",
                            "lh.");
    CORTOGRAPH_EXPECT_ERROR((void)readVertexDataFiles({counting("odd.npy", 7)}),
                            ErrorKind::mismatch,
                            "odd.npy",
                            "7 values");
    const fs::path left = counting("lh.a.npy", 642);
    const auto uneven = readVertexDataFiles({left, counting("rh.a.npy", 641)});
    QCOMPARE(uneven.size(), std::size_t{1});
    QCOMPARE(inWords(uneven.front()->mesh), std::string("a mesh of 642 + 641 vertices"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)vertexDataOf("lh.two.gii", {.columns = {{"a", {1, 2}}, {"b", {1}}}}),
        ErrorKind::mismatch,
        "lh.two.gii",
        "columns of 2 and of 1");
    CORTOGRAPH_EXPECT_ERROR(
        (void)vertexDataOf("lh.two.gii", {.side = Side::right, .columns = {{"a", {1, 2}}}}),
        ErrorKind::mismatch,
        "metadata that it is the right",
        "name says left");
    CORTOGRAPH_EXPECT_ERROR((void)readVertexDataFiles({left, counting("a_left.npy", 642)}),
                            ErrorKind::mismatch,
                            "lh.a.npy",
                            "a_left.npy",
                            "left side");
    Cortex cortex;
    for (Hemisphere& hemisphere : cortex.hemispheres) {
      hemisphere.shapes[Shape::pial].verticesRas.resize(12);
    }
    cortex.mesh = meshOf(cortex.hemispheres, "tiny", MeshEvidence::none);
    const auto data = readVertexDataFiles({left}).front();
    QVERIFY(!fits(cortex, *data));
    CORTOGRAPH_EXPECT_ERROR(requireFits(cortex, *data),
                            ErrorKind::mismatch,
                            "lh.a.npy",
                            "642",
                            "tiny, 12 vertices a side",
                            "surfaces");
  }
};

CORTOGRAPH_TEST(VertexDataTest, QCoreApplication)
#include "vertex_data_test.moc"
