#include "base/error.h"
#include "brain/format.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

bool alike(const std::vector<float>& a, const std::vector<float>& b) {
  return std::ranges::equal(
      a, b, [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

/// Data of two columns on 3 left and 2 right vertices.
VertexData someData() {
  VertexData data{.name = "some", .mesh = meshOfCounts({3, 2})};
  data.columns = {{.name = "thickness, mm", .values = {{{1.5F, none, 0.1F}, {2, 3}}}},
                  {.name = "area", .values = {{{1e-9F, 7, 8}, {-9, 1.0F / 3}}}}};
  return data;
}

} // namespace

/// Tables of vertex data, and writing in the format of a file's ending.
class CsvTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = made_->path().toStdString();
  }

  void tablesWithAndWithoutHeaderAreRead() {
    const fs::path file = folder_ / "lh.some.csv";
    writeBytes(file, "vertex,\"a, b\",c\r\n0,1.5,NA\r\n1,,-2e3\r\n\r\n");
    VertexData data = readVertexData(file);
    QCOMPARE(data.columns.size(), std::size_t{2}); // the numbers of vertices are no data
    QCOMPARE(data.columns[0].name, std::string("a, b"));
    QVERIFY(alike(data.of(Side::left, 0), {1.5F, none}));
    QVERIFY(alike(data.of(Side::left, 1), {none, -2000}));
    QVERIFY(!data.mesh.has(Side::right));
    writeBytes(file, "1\t2\n3\t4\n5\t6");
    data = readVertexData(file);
    QVERIFY(alike(data.of(Side::left, 1), {2, 4, 6}));
    QCOMPARE(fileInfo(file)["columns"].size(), std::size_t{2});
  }

  void whatIsNoTableOfNumbersIsRefused() {
    const fs::path file = folder_ / "lh.some.csv";
    const auto refused = [&](const char* text) {
      writeBytes(file, text);
      return [&file] { (void)readVertexData(file); };
    };
    CORTOGRAPH_EXPECT_ERROR(
        refused("a,b\n1,2\n3\n")(), ErrorKind::format, "line 3", "1 fields", "2");
    CORTOGRAPH_EXPECT_ERROR(
        refused("a,b\n1,left\n")(), ErrorKind::format, "line 2", "\"left\"", "not a number");
    CORTOGRAPH_EXPECT_ERROR(refused("a,b\n")(), ErrorKind::format, "no rows");
    CORTOGRAPH_EXPECT_ERROR(refused("")(), ErrorKind::format, "no rows");
  }

  void tablesAndArraysHoldBothSides() {
    const VertexData data = someData();
    const fs::path table = folder_ / "some.csv";
    QCOMPARE(writeVertexData(table, data), std::vector<fs::path>{table});
    const BrainFile content = readBrainFile(table);
    QCOMPARE(content.columns[0].name, std::string("thickness, mm"));
    QVERIFY(alike(content.columns[0].values, {1.5F, none, 0.1F, 2, 3}));
    QVERIFY(alike(content.columns[1].values, {1e-9F, 7, 8, -9, 1.0F / 3}));
    VertexData one = data;
    one.columns.pop_back();
    const fs::path array = folder_ / "some.npy";
    QCOMPARE(writeVertexData(array, one), std::vector<fs::path>{array});
    QVERIFY(alike(readBrainFile(array).columns[0].values, {1.5F, none, 0.1F, 2, 3}));
  }

  void otherFormatsHaveAFileForEachSide() {
    const VertexData data = someData();
    const std::vector<fs::path> files = writeVertexData(folder_ / "some.func.gii", data);
    QCOMPARE(files, (std::vector{folder_ / "lh.some.func.gii", folder_ / "rh.some.func.gii"}));
    for (const Side side : bothSides) {
      const VertexData read = readVertexData(files[static_cast<std::size_t>(side)]);
      QCOMPARE(read.columns.size(), std::size_t{2});
      for (std::size_t column = 0; column < 2; ++column) {
        QCOMPARE(read.columns[column].name, data.columns[column].name);
        QVERIFY(alike(read.of(side, column), data.of(side, column)));
      }
    }
    const fs::path named = folder_ / "x_hemi-R_some.func.gii";
    QCOMPARE(writeVertexData(named, data), std::vector<fs::path>{named});
    QVERIFY(alike(readVertexData(named).of(Side::right), {2, 3}));
    QCOMPARE(writeVertexData(folder_ / "r.func.gii", data),
             (std::vector{folder_ / "lh.r.func.gii", folder_ / "rh.r.func.gii"}));
    VertexData left = data;
    left.mesh = meshOfCounts({3, 0});
    for (VertexColumn& column : left.columns) {
      column.values[1].clear();
    }
    const fs::path only = folder_ / "left.func.gii";
    QCOMPARE(writeVertexData(only, left), std::vector<fs::path>{only});
    CORTOGRAPH_EXPECT_ERROR((void)writeVertexData(folder_ / "some.xyz", data),
                            ErrorKind::unsupported,
                            "some.xyz",
                            ".gii",
                            ".npy",
                            ".csv");
  }

private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;
};

CORTOGRAPH_TEST(CsvTest, QCoreApplication)
#include "csv_test.moc"
