#include "base/resources.h"
#include "brain/format.h"
#include "map/brain_map.h"
#include "support/program.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>
#include <map>

using namespace cortograph;
using namespace cortograph::test;

namespace {

namespace fs = std::filesystem;

Outcome run(const QStringList& arguments) {
  return runProgram(CORTOGRAPH_PROGRAM, arguments, {});
}

std::ptrdiff_t members(const BrainMap& map, const std::string& name) {
  const auto found = std::ranges::find(map.regions, name, &Region::name);
  return found == map.regions.end() ? -1 : std::ranges::count(found->member, 1);
}

} // namespace

/// The commands that write vertex data and regions, as they are run.
class VertexDataCommandTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir made_;
  QString map_ = QString::fromStdString(resourcePath("demo/maps/demo/supervised.h5").string());

  [[nodiscard]] QString in(const char* name) const { return made_.filePath(name); }
  [[nodiscard]] fs::path path(const char* name) const { return in(name).toStdString(); }

private Q_SLOTS:
  void numbersOfAMapAreExported() {
    const Outcome outcome =
        run({"export", map_, "--show", "layer,r2", "--out", in("layer.func.gii"), "--json"});
    QVERIFY2(outcome.status == 0, outcome.error);
    QCOMPARE(outcome.json()["columns"].toArray().size(), 3);
    const BrainMap map = readMap(map_.toStdString());
    for (const Side side : bothSides) {
      const VertexData data =
          readVertexData(path(side == Side::left ? "lh.layer.func.gii" : "rh.layer.func.gii"));
      QCOMPARE(data.of(side).size(), map.vertices.mesh.of(side));
      for (std::size_t n = 0; n < map.vertices.of(side).size(); ++n) {
        const auto vertex = static_cast<std::size_t>(map.vertices.of(side)[n]);
        const std::size_t row = map.vertices.offset(side) + n;
        const auto weights = map.layer.row(row);
        const auto best = std::ranges::max_element(weights) - weights.begin();
        QCOMPARE(data.of(side, 0)[vertex], static_cast<float>(best + 1));
        QCOMPARE(data.of(side, 2)[vertex], map.r2[row]);
      }
      const auto modeled =
          std::ranges::count_if(data.of(side, 0), [](float value) { return !std::isnan(value); });
      QCOMPARE(static_cast<std::size_t>(modeled), map.vertices.of(side).size());
    }
    QCOMPARE(run({"export", map_, "--show", "layer", "--out", in("layer.xyz")}).status, 1);
    QCOMPARE(run({"export", map_, "--show", "layer,region", "--out", in("both.csv")}).status, 1);
    QVERIFY(!fs::exists(path("both.csv")));
  }

  void exportedRegionsCanBeAdded() {
    // The built-in mesh takes no files that don't state it.
    BrainMap before = readMap(map_.toStdString());
    before.vertices.mesh = meshOfCounts(before.vertices.mesh.vertices);
    writeMap(path("map.h5"), before);
    const QString map = in("map.h5");
    QCOMPARE(run({"export", map, "--show", "region", "--out", in("areas.annot")}).status, 0);
    const Outcome added = run({"regions",
                               map,
                               in("lh.areas.annot"),
                               in("rh.areas.annot"),
                               "--replace",
                               "--out",
                               in("with.h5"),
                               "--json"});
    QVERIFY2(added.status == 0, added.error);
    const BrainMap after = readMap(path("with.h5"));
    QCOMPARE(members(after, "V1v"), members(before, "V1v"));
    QVERIFY(members(after, "V1v") > 0);
    QCOMPARE(added.json()["added"].toObject()["V1v"].toInt(),
             static_cast<int>(members(before, "V1v")));
    QCOMPARE(after.regions.front().group, std::string("areas"));
    // Without --replace, the map's own stay.
    QCOMPARE(run({"regions", in("with.h5"), in("lh.areas.annot")}).status, 0);
    QCOMPARE(readMap(path("with.h5")).regions.size(), after.regions.size());
    const QJsonObject info = run({"info", map, "--regions", in("lh.areas.annot"), "--json"}).json();
    QVERIFY(info["regions"].toObject()["V1v"].toInt() > 0);
  }

  void aRegionIsExportedAsLabels() {
    QCOMPARE(run({"export", map_, "--region", "V1v", "--out", in("V1v.label")}).status, 0);
    const BrainMap map = readMap(map_.toStdString());
    const auto region = std::ranges::find(map.regions, "V1v", &Region::name);
    std::size_t total = 0;
    for (const Side side : bothSides) {
      const BrainFile label =
          readBrainFile(path(side == Side::left ? "lh.V1v.label" : "rh.V1v.label"));
      for (const std::int32_t vertex : label.vertices) {
        const auto& modeled = map.vertices.of(side);
        const auto n = std::ranges::lower_bound(modeled, vertex) - modeled.begin();
        QCOMPARE(region->member[map.vertices.offset(side) + static_cast<std::size_t>(n)], 1);
      }
      total += label.vertices.size();
    }
    QCOMPARE(static_cast<std::ptrdiff_t>(total), members(map, "V1v"));
  }

  void dataAreResampledToANestedMesh() {
    const fs::path file = dataPath("fsaverage/lh.curv");
    CORTOGRAPH_NEED(file);
    const Outcome outcome = run({"resample",
                                 QString::fromStdString(file.string()),
                                 "--from",
                                 "fsaverage",
                                 "--to",
                                 "fsaverage5",
                                 "--out",
                                 in("lh.curv5.mgz"),
                                 "--json"});
    QVERIFY2(outcome.status == 0, outcome.error);
    const VertexData fine = readVertexData(file);
    const VertexData coarse = readVertexData(path("lh.curv5.mgz"));
    QCOMPARE(coarse.of(Side::left).size(), std::size_t{10242});
    QVERIFY(std::equal(
        coarse.of(Side::left).begin(), coarse.of(Side::left).end(), fine.of(Side::left).begin()));
  }

  void aVolumeIsSampledOnSurfaces() {
    const fs::path volume = dataPath("formats/mgh/brain.mgz");
    const fs::path surfaces = dataPath("fsaverage5");
    CORTOGRAPH_NEED(volume);
    const Outcome outcome = run({"sample",
                                 QString::fromStdString(volume.string()),
                                 "--surfaces",
                                 QString::fromStdString(surfaces.string()),
                                 "--depths",
                                 "0",
                                 "--out",
                                 in("brain.csv"),
                                 "--json"});
    QVERIFY2(outcome.status == 0, outcome.error);
    const BrainFile content = readBrainFile(path("brain.csv"));
    QCOMPARE(content.columns.size(), std::size_t{1});
    QCOMPARE(content.columns[0].values.size(), std::size_t{2 * 10242});
    // The numbers of wb_command -volume-to-surface-mapping -trilinear on the left white surface.
    for (const auto& [vertex, wanted] : std::map<std::size_t, float>{
             {12, 2.1727924F}, {700, 0}, {2500, 93.334381F}, {4100, 110}, {9000, 75.719856F}}) {
      QVERIFY(std::abs(content.columns[0].values[vertex] - wanted) < 5e-4);
    }
  }
};

CORTOGRAPH_TEST(VertexDataCommandTest, QCoreApplication)
#include "vertex_data_test.moc"
