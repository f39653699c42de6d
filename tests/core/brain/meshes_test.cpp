#include "base/error.h"
#include "base/gzip.h"
#include "brain/format.h"
#include "core/base/garble.h"
#include "core/brain/mesh_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// What damage must not change unseen.
std::vector<Point> pointsIn(const fs::path& file) {
  return readSurface(file).surface.verticesRas;
}

void compareTetrahedron(const fs::path& file) {
  const Surface surface = readSurface(file).surface;
  QCOMPARE(surface.verticesRas,
           (std::vector<Point>{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1.5F}}));
  QCOMPARE(surface.triangles, (std::vector<Triangle>{{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {0, 3, 2}}));
}

} // namespace

/// Meshes of other programs.
class MeshesTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsMeshes() {
    writeBytes(path("a.mz3"), mz3Bytes(3, {}));
    writeBytes(path("packed.mz3"), gzipped(mz3Bytes(7, {})));
    writeBytes(path("text.ply"), plyText());
    writeBytes(path("little.ply"), plyBinary(false));
    writeBytes(path("big.ply"), plyBinary(true));
    writeBytes(path("a.obj"), objText());
    for (const char* name : {"a.mz3", "packed.mz3", "text.ply", "little.ply", "big.ply", "a.obj"}) {
      compareTetrahedron(path(name));
    }
    writeBytes(path("square.obj"), "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf 1 2 3 4\n");
    QCOMPARE(readSurface(path("square.obj")).surface.triangles,
             (std::vector<Triangle>{{0, 1, 2}, {0, 2, 3}}));
  }

  void readsVertexDataOfSurfice() {
    writeBytes(path("lh.a.mz3"), mz3Bytes(8, {1, 2, 3, 4, 5, 6, 7, 8}));
    const VertexData floats = readVertexData(path("lh.a.mz3"));
    QCOMPARE(floats.columns.size(), std::size_t{2});
    QCOMPARE(floats.of(Side::left, 1), (std::vector<float>{5, 6, 7, 8}));
    writeBytes(path("lh.b.mz3"), mz3Bytes(3 + 16, {1, 2, 3, 4}));
    compareTetrahedron(path("lh.b.mz3"));
    QCOMPARE(readVertexData(path("lh.b.mz3")).of(Side::left), (std::vector<float>{1, 2, 3, 4}));
    writeBytes(path("lh.c.mz3"), mz3Bytes(1, {}));
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(path("lh.c.mz3")), ErrorKind::format, "neither");
  }

  void refusesBadMeshes() {
    const auto refuse = [this](const char* name, const std::string& bytes, const char* words) {
      writeBytes(path(name), bytes);
      CORTOGRAPH_EXPECT_ERROR((void)readSurface(path(name)), ErrorKind::format, words, name);
    };
    refuse("bad.obj", "v 0 0\n", "ends where a number");
    refuse("bad.obj", "v 0 0 x\n", "\"x\"");
    refuse("bad.obj", "v 0 0 0\nf 0 1 1\n", "numbered from 1");
    refuse("bad.obj", "v 0 0 0\nf 1 1 -2\n", "\"-2\"");
    refuse("bad.obj", "v 0 0 0\nf 1 1 2\n", "triangle 0");
    refuse("bad.obj", "v 0 0 nan\nf 1 1 1\n", "NaN");
    refuse("bad.mz3", mz3Bytes(3, {}).substr(0, 100), "bytes are expected");
    const auto replaced = [](std::string text, const std::string& from, const std::string& to) {
      return text.replace(text.find(from), from.size(), to);
    };
    refuse("bad.ply", replaced(plyText(), "vertex 4", "vertex 4000000000"), "bytes are expected");
    refuse("bad.ply", replaced(plyText(), "vertex 4", "vertex -4"), "count");
    refuse("bad.ply", replaced(plyText(), "float x", "quad x"), "\"quad\"");
    refuse("bad.ply", replaced(plyText(), "ascii", "xml"), "encoding is \"xml\"");
    refuse("bad.ply", replaced(plyText(), "end_header", "comment"), "does not end");
    refuse("bad.ply", replaced(plyText(), "3 0 2 1", "3 0 2 4"), "not one of its 4 vertices");
    refuse("bad.ply", replaced(plyText(), "3 0 2 1", "3 0 2 1e12"), "count or vertex");
    refuse("bad.ply", replaced(plyText(), "1.5", "x"), "\"x\"");
  }

  void survivesDamage() {
    writeBytes(path("a.mz3"), mz3Bytes(3, {}));
    writeBytes(path("a.ply"), plyBinary(true));
    for (const char* name : {"a.mz3", "a.ply"}) {
      const int size = static_cast<int>(bytesOf(path(name)).size());
      QCOMPARE(survive(path(name), Damage::cut, size, &pointsIn).refused, size);
    }
    writeBytes(path("text.ply"), plyText());
    writeBytes(path("a.obj"), objText());
    for (const char* name : {"a.mz3", "a.ply", "text.ply", "a.obj"}) {
      const Survival garbled = survive(path(name), Damage::garbled, 300, &pointsIn);
      QCOMPARE(garbled.asBefore + garbled.other + garbled.refused, 300);
      QVERIFY(garbled.refused > 20);
    }
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(MeshesTest, QCoreApplication)
#include "meshes_test.moc"
