#include "base/error.h"
#include "base/hdf5.h"
#include "map/brain_map.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cstring>
#include <fstream>

using namespace cortograph;
using test::smallMap;

namespace {

std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

class BrainMapTest : public QObject {
  Q_OBJECT
private:
  QTemporaryDir folder_;
  [[nodiscard]] std::filesystem::path at(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

private Q_SLOTS:
  void whatIsWrittenIsReadAgain() {
    const BrainMap map = smallMap();
    writeMap(at("m.h5"), map);
    const BrainMap again = readMap(at("m.h5"));
    QCOMPARE(again.vertices, map.vertices);
    QCOMPARE(again.coordinates, map.coordinates);
    QCOMPARE(again.encodingFrame, map.encodingFrame);
    QCOMPARE(again.layer, map.layer);
    QCOMPARE(again.space, map.space);
    QCOMPARE(again.scale, map.scale);
    QCOMPARE(again.readoutWeight, map.readoutWeight);
    QCOMPARE(again.readoutBias, map.readoutBias);
    QCOMPARE(std::memcmp(again.r2.data(), map.r2.data(), map.r2.size() * sizeof(float)),
             0); // NaN and all
    QCOMPARE(again.noiseCeiling, map.noiseCeiling);
    QCOMPARE(again.clusters.label, map.clusters.label);
    QCOMPARE(again.clusters.count, 3);
    QCOMPARE(again.clusters.settings, map.clusters.settings);
    QCOMPARE(again.regions.size(), std::size_t{2});
    QCOMPARE(again.regions[0].name, std::string("V1v"));
    QCOMPARE(again.regions[0].group, std::string("prf-visualrois"));
    QCOMPARE(again.regions[0].member, map.regions[0].member);
    QCOMPARE(again.trainImages, map.trainImages);
    QCOMPARE(again.validationImages, map.validationImages);
    QCOMPARE(again.history.step, map.history.step);
    QCOMPARE(again.history.r2, map.history.r2);
    QCOMPARE(again.parameters, map.parameters);
    QCOMPARE(std::get<std::int64_t>(again.attributes.at("seed")), std::int64_t{7});
    QCOMPARE(std::get<double>(again.attributes.at("learning_rate")), 1e-3);
    QVERIFY(again.simulated());
    QCOMPARE(again.title(), std::string("Test ViT"));
    QVERIFY(isMap(at("m.h5")));
  }

  void theSameMapGivesTheSameBytes() {
    writeMap(at("a.h5"), smallMap());
    writeMap(at("b.h5"), smallMap());
    QVERIFY(bytesOf(at("a.h5")) == bytesOf(at("b.h5")));
    // Also when it is what was read of a file.
    writeMap(at("a.h5"), readMap(at("b.h5")));
    writeMap(at("b.h5"), readMap(at("a.h5")));
    QVERIFY(bytesOf(at("a.h5")) == bytesOf(at("b.h5")));
  }

  void rightVerticesAreCountedAfterTheLeftMesh() {
    writeMap(at("m.h5"), smallMap());
    const Hdf5File file = Hdf5File::open(at("m.h5"));
    QCOMPARE(file.read<std::int32_t>("/vertex/index").values,
             (std::vector<std::int32_t>{0, 3, 11, 13, 14}));
    QCOMPARE(file.read<std::uint8_t>("/vertex/hemisphere").values,
             (std::vector<std::uint8_t>{0, 0, 0, 1, 1}));
    QVERIFY(!textOf(file.attributes("/select/layer"), "meaning").empty());
  }

  void clustersAreOptionalAndChecked() {
    BrainMap map = smallMap();
    map.clusters = {};
    writeMap(at("m.h5"), map);
    QVERIFY(!Hdf5File::open(at("m.h5")).has("/channel/cluster"));
    QVERIFY(readMap(at("m.h5")).clusters.label.empty());
    map.clusters = {{0, 1, 3, 0, 0}, 3, {}};
    writeMap(at("m.h5"), map);
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(readMap(at("m.h5"))),
                            ErrorKind::format,
                            "/channel/cluster",
                            "the cluster 3 of 3");
    map.clusters = {{0, 1}, 3, {}};
    writeMap(at("m.h5"), map);
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(readMap(at("m.h5"))), ErrorKind::mismatch, "/channel/cluster", "2", "5");
  }

  void everyTruncationIsAnError() {
    writeMap(at("m.h5"), smallMap());
    const std::string whole = bytesOf(at("m.h5"));
    for (std::size_t cut = 1; cut <= 64; ++cut) {
      std::ofstream(at("cut.h5"), std::ios::binary)
          .write(whole.data(), static_cast<std::streamsize>(whole.size() * (cut - 1) / 64));
      CORTOGRAPH_EXPECT_ERROR(
          static_cast<void>(readMap(at("cut.h5"))), ErrorKind::format, "cut.h5");
      QVERIFY(!isMap(at("cut.h5")));
    }
  }

  void disagreeingShapesAreNamed() {
    writeMap(at("m.h5"), smallMap());
    BrainMap map = smallMap();
    map.scale = Array<float>({4});
    writeMap(at("short.h5"), map);
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(readMap(at("short.h5"))), ErrorKind::mismatch, "/select/scale", "4", "5");
  }

  void aForeignOrNewerFileIsRefusedByName() {
    {
      Hdf5File file = Hdf5File::create(at("tokens.h5"));
      file.setAttribute("/", "cortograph_kind", std::string("tokens"));
    }
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(readMap(at("tokens.h5"))), ErrorKind::format, "tokens");
    writeMap(at("new.h5"), smallMap());
    Hdf5File::append(at("new.h5")).setAttribute("/", "schema", std::int64_t{3});
    CORTOGRAPH_EXPECT_ERROR(
        static_cast<void>(readMap(at("new.h5"))), ErrorKind::unsupported, "schema 3");
    Hdf5File::append(at("new.h5")).setAttribute("/", "schema", std::int64_t{1});
    CORTOGRAPH_EXPECT_ERROR(static_cast<void>(readMap(at("new.h5"))),
                            ErrorKind::unsupported,
                            "schema 1",
                            "reads schema 2");
  }

  void theMeshIsKept() {
    BrainMap map = smallMap();
    map.vertices.mesh = {"bert", {12, 0}, {"0123456789abcdef", ""}, MeshEvidence::byFolder};
    map.vertices.ofSide = {{{0, 2, 3, 5, 11}, {}}};
    writeMap(at("one-side.h5"), map);
    const BrainMap again = readMap(at("one-side.h5"));
    QCOMPARE(again.vertices, map.vertices);
    QVERIFY(!again.attributes.contains("mesh_told_by"));
  }

  void aFailedWriteLeavesNothing() {
    CORTOGRAPH_EXPECT_ERROR(writeMap(at("none/m.h5"), smallMap()), ErrorKind::file, "none");
    const QTemporaryDir empty;
    BrainMap map = smallMap();
    map.parameters["bad"] = Array<float>({3}, {1}); // three values promised, one there
    try {
      writeMap(empty.filePath("m.h5").toStdString(), map);
    } catch (const Error&) {
      QVERIFY(QDir(empty.path()).isEmpty());
      return;
    }
    QFAIL("an array that disagrees with its own shape was written");
  }
};

CORTOGRAPH_TEST(BrainMapTest, QCoreApplication)
#include "brain_map_test.moc"
