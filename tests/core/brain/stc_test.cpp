#include "base/error.h"
#include "brain/format.h"
#include "core/base/garble.h"
#include "core/brain/mesh_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

class StcTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsTimeCourses() {
    writeBytes(path("audvis-lh.stc"), stcBytes({0, 2, 5}, {1, 2, 3, 4, 5, 6}));
    const BrainFile file = readBrainFile(path("audvis-lh.stc"));
    QCOMPARE(file.vertices, (std::vector<std::int32_t>{0, 2, 5}));
    QCOMPARE(file.columns.size(), std::size_t{2}); // times are slowest
    QCOMPARE(file.columns[1].values, (std::vector<float>{4, 5, 6}));
    QVERIFY(file.dataKind == VertexDataKind::time);
    QCOMPARE(file.timeStep, 0.002);
    QVERIFY(file.notes.front().find("-100") != std::string::npos);
    CORTOGRAPH_EXPECT_ERROR((void)readVertexData(path("audvis-lh.stc")),
                            ErrorKind::mismatch,
                            "3 vertices of a mesh whose size");
  }

  void refusesBadFiles() {
    const auto refuse = [this](const std::string& bytes) {
      writeBytes(path("bad-lh.stc"), bytes);
      CORTOGRAPH_EXPECT_ERROR(
          (void)readBrainFile(path("bad-lh.stc")), ErrorKind::format, "unknown format", "MNE");
    };
    std::string bytes = stcBytes({0, 2, 5}, {1, 2, 3, 4, 5, 6});
    refuse(bytes + "x");
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      refuse(bytes.substr(0, size));
    }
    bytes.replace(8, 4, "\xff\xff\xff\xff");
    refuse(bytes);
    writeBytes(path("a-vl.stc"), stcBytes({0, 2, 5}, {1, 2, 3}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readBrainFile(path("a-vl.stc")), ErrorKind::unsupported, "in a volume");
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(StcTest, QCoreApplication)
#include "stc_test.moc"
