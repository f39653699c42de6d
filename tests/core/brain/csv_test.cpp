#include "base/error.h"
#include "brain/format.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

class CsvTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsColumns() {
    writeBytes(path("lh.a.csv"),
               "\xEF\xBB\xBF\"thickness, mm\", curv\r\n1.5,-2\r\n,3e1\r\nNA,n/a\r\n\r\n");
    const VertexData data = readVertexData(path("lh.a.csv"));
    QCOMPARE(data.columns[0].name, std::string("thickness, mm"));
    QCOMPARE(data.columns[1].name, std::string("curv"));
    const std::vector<float>& thickness = data.of(Side::left, 0);
    const std::vector<float>& curv = data.of(Side::left, 1);
    QCOMPARE(thickness.size(), std::size_t{3});
    QCOMPARE(thickness[0], 1.5F);
    QVERIFY(std::isnan(thickness[1]) && std::isnan(thickness[2]) && std::isnan(curv[2]));
    QCOMPARE(curv[1], 30.0F);
    writeBytes(path("rh.b.tsv"), "a\tb\n1\t\n\t2\n");
    const VertexData tabs = readVertexData(path("rh.b.tsv"));
    QCOMPARE(tabs.of(Side::right, 0)[0], 1.0F);
    QCOMPARE(tabs.of(Side::right, 1)[1], 2.0F);
    QVERIFY(std::isnan(tabs.of(Side::right, 1)[0]));
  }

  void readsNumbersWithoutNames() {
    writeBytes(path("lh.a.csv"), "1\n2\n3");
    QCOMPARE(readVertexData(path("lh.a.csv")).of(Side::left), (std::vector<float>{1, 2, 3}));
  }

  void refusesOtherTables() {
    const auto refuse = [this](const char* text, const char* words) {
      writeBytes(path("bad.csv"), text);
      CORTOGRAPH_EXPECT_ERROR(
          (void)readVertexData(path("bad.csv")), ErrorKind::format, words, "bad.csv");
    };
    refuse("a,b\n1,2\n3\n", "1 fields in line 3");
    refuse("a,b\n1,2\n3,x\n", "\"x\" in line 3");
    refuse("a\n1\n\n2\n3,4\n", "2 fields in line 5");
    refuse("name,value\nV1,2\n", "unknown format");
    refuse("a,b\n", "unknown format");
    refuse("", "unknown format");
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(CsvTest, QCoreApplication)
#include "csv_test.moc"
