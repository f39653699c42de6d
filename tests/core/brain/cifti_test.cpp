#include "base/error.h"
#include "brain/format.h"
#include "core/base/garble.h"
#include "core/brain/cifti_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// What nibabel 5.0 reads of a map on one side.
struct Expected {
  std::size_t map;
  Side side;
  std::size_t present;
  double least;
  double greatest;
  double sum;
};

const std::vector<Expected> conteScalars{
    {0, Side::left, 30424, 1.0419560670852661, 2.014064311981201, 40335.297551989555},
    {1, Side::left, 30424, 1.0197547674179077, 4.794551849365234, 83101.76090610027},
    {0, Side::right, 30527, 1.0594402551651, 2.0355865955352783, 40479.288776516914},
    {1, Side::right, 30527, 1.0160353183746338, 4.7301435470581055, 84454.667517066},
};
const std::vector<Expected> conteLabels{
    {0, Side::left, 32492, 0, 95, 208092},
    {1, Side::left, 32492, 0, 94, 1902833},
    {2, Side::left, 32492, 0, 1, 2779},
    {0, Side::right, 32492, 0, 95, 209692},
    {1, Side::right, 32492, 0, 94, 1903152},
    {2, Side::right, 32492, 0, 1, 2787},
};

void compare(const VertexData& data, const std::vector<Expected>& all) {
  for (const Expected& expected : all) {
    const std::vector<float>& values = data.of(expected.side, expected.map);
    QCOMPARE(values.size(), std::size_t{32492});
    double least = INFINITY;
    double greatest = -INFINITY;
    double sum = 0;
    std::size_t present = 0;
    for (const float value : values) {
      if (!std::isnan(value)) {
        least = std::min(least, double{value});
        greatest = std::max(greatest, double{value});
        sum += value;
        ++present;
      }
    }
    QCOMPARE(present, expected.present);
    QVERIFY(std::abs(least - expected.least) < 1e-13);
    QCOMPARE(greatest, expected.greatest);
    QVERIFY(std::abs(sum - expected.sum) < 1e-6);
  }
}

/// Compares values of which some are NaN.
bool areSame(const std::vector<float>& a, const std::vector<float>& b) {
  return std::ranges::equal(
      a, b, [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

constexpr float none = std::numeric_limits<float>::quiet_NaN();

} // namespace

class CiftiTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsAsNibabelDoes() {
    const fs::path folder = dataPath("formats/cifti");
    CORTOGRAPH_NEED(folder);
    const VertexData scalars =
        readVertexData(folder / "Conte69.MyelinAndCorrThickness.32k_fs_LR.dscalar.nii");
    QCOMPARE(scalars.columns.size(), std::size_t{2});
    QCOMPARE(scalars.columns[0].name, std::string("MyelinMap_BC_decurv"));
    QCOMPARE(scalars.columns[1].name, std::string("corrThickness"));
    QVERIFY(scalars.kind == VertexDataKind::numbers);
    compare(scalars, conteScalars);
    QCOMPARE(scalars.of(Side::left, 1)[2], 3.02838302F);
    QCOMPARE(scalars.of(Side::right, 0).back(), 1.2234174F);
    const VertexData labels =
        readVertexData(folder / "Conte69.parcellations_VGD11b.32k_fs_LR.dlabel.nii");
    QVERIFY(labels.kind == VertexDataKind::labels);
    compare(labels, conteLabels);
    QCOMPARE(labels.labels.size(), std::size_t{96}); // the same table for each map
    QCOMPARE(labels.labels[3],
             (VertexLabel{.key = 3, .name = "BA1_FRB08", .color = {0.475F, 0.722F, 0.859F, 1}}));
  }

  void describesMaps() {
    const fs::path folder = dataPath("formats/cifti");
    CORTOGRAPH_NEED(folder);
    const auto info = fileInfo(folder / "Conte69.MyelinAndCorrThickness.32k_fs_LR.dscalar.nii");
    QCOMPARE(info["format"].get<std::string>(), std::string("cifti"));
    QCOMPARE(info["shape"], nlohmann::ordered_json({2, 60951}));
    QCOMPARE(info["side_vertices"]["left"].get<int>(), 32492);
    QCOMPARE(info["meshes"][0].get<std::string>(), std::string("fsLR-32k"));
    QCOMPARE(info["columns"][1]["name"].get<std::string>(), std::string("corrThickness"));
    QCOMPARE(info["missing"].get<int>(), 2 * (2 * 32492 - 60951));
    const auto labels = fileInfo(folder / "Conte69.parcellations_VGD11b.32k_fs_LR.dlabel.nii");
    QCOMPARE(labels["labels"][4]["name"].get<std::string>(), std::string("BA3b_FRB08"));
    QCOMPARE(labels["labels"].size(), std::size_t{96});
  }

  void fillsTheMedialWall() {
    for (const bool bigEndian : {false, true}) {
      CiftiFields fields = denseScalars();
      fields.bigEndian = bigEndian;
      writeBytes(path("a.dscalar.nii"), ciftiFile(fields));
      const BrainFile file = readBrainFile(path("a.dscalar.nii"));
      QCOMPARE(file.columns.size(), std::size_t{2});
      // The matrix is 0, 1, 2, …: row i holds 2 i and 2 i + 1. Left: vertices 0, 2, 3, 5 of 6;
      // right: 1, 2, 4 of 6; then two voxels.
      QVERIFY(
          areSame(file.columns[0].values, {0, none, 2, 4, none, 6, none, 8, 10, none, 12, none}));
      QVERIFY(
          areSame(file.columns[1].values, {1, none, 3, 5, none, 7, none, 9, 11, none, 13, none}));
      QCOMPARE(*file.sideCounts, (std::array<std::size_t, 2>{6, 6}));
      QVERIFY(file.notes.front().find("THALAMUS_LEFT") != std::string::npos);
    }
  }

  void readsOneSide() {
    CiftiFields fields = denseScalars();
    fields.rows = 3;
    fields.brain = brainModel("CORTEX_RIGHT", 0, "1 2 4", 3, 6);
    writeBytes(path("a.dscalar.nii"), ciftiFile(fields));
    const VertexData data = readVertexData(path("a.dscalar.nii"));
    QVERIFY(data.side() == Side::right);
    QVERIFY(areSame(data.of(Side::right, 1), {none, 1, 3, none, 5, none}));
  }

  void readsSeries() {
    CiftiFields fields = denseScalars();
    fields.intent = 3002;
    fields.maps = seriesMap(2, 72, 0.5, -2, "SECOND");
    writeBytes(path("a.dtseries.nii"), ciftiFile(fields));
    const VertexData data = readVertexData(path("a.dtseries.nii"));
    QVERIFY(data.kind == VertexDataKind::time);
    QCOMPARE(data.timeStep, 0.005);
    QCOMPARE(data.timeUnit, std::string("s"));
    QVERIFY(areSame(data.of(Side::left, 0), {0, none, 2, 4, none, 6}));
  }

  void readsParcels() {
    CiftiFields fields = denseScalars();
    fields.intent = 3008;
    fields.rows = 3;
    fields.brain = parcelMap();
    writeBytes(path("a.pscalar.nii"), ciftiFile(fields));
    const BrainFile file = readBrainFile(path("a.pscalar.nii"));
    QVERIFY(areSame(file.columns[0].values, {0, 0, 2, none, 2, 2}));
    QVERIFY(areSame(file.columns[1].values, {1, 1, 3, none, 3, 3}));
    QVERIFY(file.notes.front().find("deep") != std::string::npos);
    fields.maps = labelMaps();
    writeBytes(path("a.plabel.nii"), ciftiFile(fields));
    QVERIFY(readVertexData(path("a.plabel.nii")).kind == VertexDataKind::labels);
    fields.maps = seriesMap(2, 0, 1, 0, "SECOND");
    writeBytes(path("a.ptseries.nii"), ciftiFile(fields));
    QCOMPARE(readVertexData(path("a.ptseries.nii")).timeStep, 1.0);
  }

  void unitesTablesOfLabels() {
    CiftiFields fields = denseScalars();
    fields.intent = 3007;
    fields.maps = labelMaps(); // 2 is V2 in the first map, and MT in the second
    fields.rows = 2;
    fields.brain = brainModel("CORTEX_LEFT", 0, "0 2", 2, 3);
    fields.values = {1, 1, 2, 2};
    writeBytes(path("a.dlabel.nii"), ciftiFile(fields));
    const BrainFile file = readBrainFile(path("a.dlabel.nii"));
    QCOMPARE(file.labels.size(), std::size_t{3});
    QCOMPARE(file.labels[0].name, std::string("V1"));
    QCOMPARE(file.labels[1], (VertexLabel{.key = 2, .name = "V2", .color = {0, 1, 0, 1}}));
    QCOMPARE(file.labels[2], (VertexLabel{.key = 3, .name = "MT", .color = {0, 0, 1, 0.5F}}));
    QVERIFY(areSame(file.columns[0].values, {1, none, 2}));
    QVERIFY(areSame(file.columns[1].values, {1, none, 3}));
    QVERIFY(file.notes.front().find("new keys") != std::string::npos);
  }

  void refusesOtherMatrices() {
    CiftiFields fields = denseScalars();
    fields.maps = "<MatrixIndicesMap AppliesToMatrixDimension=\"0\" "
                  "IndicesMapToDataType=\"CIFTI_INDEX_TYPE_BRAIN_MODELS\">" +
                  brainModel("CORTEX_LEFT", 0, "0 2", 2, 3) + "</MatrixIndicesMap>";
    fields.columns = 2;
    writeBytes(path("a.dconn.nii"), ciftiFile(fields));
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(path("a.dconn.nii")),
                            ErrorKind::unsupported,
                            "brain models by brain models",
                            "a.dconn.nii");
    fields = denseScalars();
    fields.rows = 2;
    fields.brain = voxelModel("THALAMUS_LEFT", 0, 2);
    writeBytes(path("a.dscalar.nii"), ciftiFile(fields));
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(path("a.dscalar.nii")),
                            ErrorKind::unsupported,
                            "no values of the cortex",
                            "THALAMUS_LEFT");
    fields = denseScalars();
    fields.version = "1.0";
    writeBytes(path("a.dscalar.nii"), ciftiFile(fields));
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(path("a.dscalar.nii")),
                            ErrorKind::unsupported,
                            "version \"1.0\"",
                            "wb_command");
  }

  void refusesBadFiles() {
    const auto refuse = [this](const CiftiFields& fields, const char* words) {
      writeBytes(path("bad.dscalar.nii"), ciftiFile(fields));
      CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(path("bad.dscalar.nii")),
                              ErrorKind::format,
                              words,
                              "bad.dscalar.nii");
    };
    const auto refuseModel = [&](const std::string& model, const char* words) {
      CiftiFields fields = denseScalars();
      fields.rows = 2;
      fields.brain = model;
      refuse(fields, words);
    };
    refuseModel(brainModel("CORTEX_LEFT", 0, "0 3", 2, 3), "vertex 3 of CORTEX_LEFT");
    refuseModel(brainModel("CORTEX_LEFT", 0, "0 -1", 2, 3), "\"-1\"");
    refuseModel(brainModel("CORTEX_LEFT", 0, "0 1 2", 2, 3), "3 vertices for 2 indices");
    refuseModel(brainModel("CORTEX_LEFT", 1, "0 1", 2, 3), "overlap or leave gaps");
    refuseModel(brainModel("CORTEX_LEFT", 0, "0", 1, 3) + brainModel("CORTEX_LEFT", 1, "1", 1, 3),
                "twice");
    refuseModel(brainModel("CORTEX_LEFT", 0, "0", 1, 3), "but its XML 1x1x1x1x2x1");
    refuseModel(brainModel("CORTEX_LEFT", 0, "0 1", 2, 4000000000), "SurfaceNumberOfVertices");
    // Surfaces much larger than what the file holds, for 8,000 maps.
    CiftiFields lying = denseScalars();
    lying.maps = seriesMap(8000, 0, 1, 0, "SECOND");
    lying.columns = 8000;
    lying.rows = 1;
    lying.brain = brainModel("CORTEX_LEFT", 0, "0", 1, 16000000);
    refuse(lying, "states surfaces of 16000000 vertices");
    CiftiFields fields = denseScalars();
    fields.brain += "<Wrong/>";
    refuse(fields, "\"Wrong\" in MatrixIndicesMap");
    fields = denseScalars();
    fields.doctype = "<!DOCTYPE CIFTI [<!ENTITY a \"aaaa\">]>";
    refuse(fields, "entities");
    fields = denseScalars();
    fields.maps = "";
    refuse(fields, "some of its dimensions only");
    writeBytes(path("bad.dscalar.nii"),
               niftiFile({.version = 2, .dim = {1, 1, 1, 1, 2, 3}, .intent_code = 3006},
                         storedAll<float>({1, 2, 3, 4, 5, 6})));
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(path("bad.dscalar.nii")),
                            ErrorKind::format,
                            "no extension",
                            "bad.dscalar.nii");
  }

  void survivesDamage() {
    writeBytes(path("a.dscalar.nii"), ciftiFile(denseScalars()));
    const auto read = [](const fs::path& file) {
      std::vector<std::vector<float>> all;
      for (const FileColumn& column : readBrainFile(file).columns) {
        all.push_back(column.values);
        std::ranges::replace_if(
            all.back(), [](float v) { return std::isnan(v); }, -1.0F);
      }
      return all;
    };
    const int size = static_cast<int>(bytesOf(path("a.dscalar.nii")).size());
    QCOMPARE(survive(path("a.dscalar.nii"), Damage::cut, size, read).refused, size);
    const Survival garbled = survive(path("a.dscalar.nii"), Damage::garbled, 1000, read);
    QCOMPARE(garbled.asBefore + garbled.other + garbled.refused, 1000);
    QVERIFY(garbled.refused > 500);
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(CiftiTest, QCoreApplication)
#include "cifti_test.moc"
