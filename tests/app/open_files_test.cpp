#include "app/session/open_files.h"
#include "core/base/garble.h"
#include "core/brain/freesurfer_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

/// Files of FreeSurfer, which have no endings, as they are dropped on the window.
class OpenFilesTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;

  [[nodiscard]] fs::path path(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name;
  }
  static OpenedFiles open(const std::vector<fs::path>& files) {
    return openFiles(files, {}, {}, {});
  }

private Q_SLOTS:
  void initTestCase() {
    const Surface tetrahedron{.verticesRas = {{-9, 0, 0}, {-8, 0, 0}, {-9, 1, 0}, {-9, 0, 1}},
                              .triangles = {{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {0, 3, 2}}};
    fs::create_directories(path("bert/surf"));
    fs::create_directories(path("bert/label"));
    for (const char* name : {"lh.white", "lh.pial", "lh.white.preaparc"}) {
      writeBytes(path("bert/surf") / name, triangleFile(tetrahedron));
    }
    writeBytes(path("bert/surf/lh.curv"), morphFile({1, 2, 3, 4}));
    writeBytes(path("bert/surf/lh.varea.mgz"), mghFile({1, 1, 4, 1}, 1, int32s({1, 0, 2, 2})));
    writeBytes(path("bert/label/lh.V1.label"), "#!ascii label, from subject bert\n1\n2 0 0 0 0\n");
    writeBytes(path("bert/brain.mgz"), mghFile({2, 2, 2, 1}, 0, "abcdefgh"));
  }

  void aSurfaceOpensItsFolder() {
    for (const char* name : {"bert/surf/lh.pial", "bert/surf/lh.white.preaparc", "bert/surf"}) {
      const OpenedFiles result = open({path(name)});
      QVERIFY2(result.errors.empty() && result.opened.size() == 1, name);
      const auto* cortex = std::get_if<CortexPointer>(&result.opened.front());
      QVERIFY2(cortex != nullptr, name);
      QCOMPARE((*cortex)->mesh.name, std::string("bert"));
    }
  }

  void vertexDataFindTheirSurfaces() {
    for (const char* name :
         {"bert/surf/lh.curv", "bert/surf/lh.varea.mgz", "bert/label/lh.V1.label"}) {
      const OpenedFiles result = open({path(name)});
      QVERIFY2(result.errors.empty() && result.opened.size() == 1, name);
      const auto* data = std::get_if<OpenedData>(&result.opened.front());
      QVERIFY2(data != nullptr && data->cortex != nullptr, name);
      QCOMPARE(data->data->of(Side::left).size(), std::size_t{4});
    }
  }

  void aVolumeIsToldAsOne() {
    const OpenedFiles result = open({path("bert/brain.mgz")});
    QVERIFY(result.opened.empty());
    QVERIFY2(result.errors.at(0).sentence().find("holds a volume") != std::string::npos,
             result.errors.at(0).what());
  }
};

CORTOGRAPH_TEST(OpenFilesTest, QCoreApplication)
#include "open_files_test.moc"
