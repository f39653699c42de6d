#include "base/error.h"
#include "brain/annot_write.h"
#include "brain/format.h"
#include "brain/label_write.h"
#include "brain/mgh_write.h"
#include "brain/morph_write.h"
#include "core/base/garble.h"
#include "core/brain/freesurfer_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>
#include <limits>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

/// What is written is read back, and real files are written as they were.
class FreesurferWriteTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;

  fs::path path(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name;
  }

private Q_SLOTS:
  void morphFilesHaveFreesurfersBytes() {
    const std::vector<float> values{1.5F, -2, 0, 1e-30F};
    writeMorph(path("lh.made"), values);
    std::string expected = morphFile(values);
    expected.replace(7, 4, int32s({0})); // the number of triangles is not known
    QCOMPARE(bytesOf(path("lh.made")), expected);
    QCOMPARE(readVertexData(path("lh.made")).of(Side::left), values);
  }

  void labelsAreReadBack() {
    writeLabel(path("lh.V1.label"), {7, 10241}, {{1.25F, -2, 0.0004F}, {3, 4, 5}}, "fsaverage5");
    QCOMPARE(bytesOf(path("lh.V1.label")),
             std::string("#!ascii label  , from subject fsaverage5 vox2ras=TkReg\n2\n"
                         "7  1.250  -2.000  0.000 0.0000000000\n"
                         "10241  3.000  4.000  5.000 0.0000000000\n"));
    const VertexData data = readVertexData(path("lh.V1.label"));
    QCOMPARE(data.mesh.name, std::string("fsaverage5"));
    QCOMPARE(std::ranges::count(data.of(Side::left), 1.0F), std::ptrdiff_t{2});
    QCOMPARE(data.of(Side::left)[10241], 1.0F);
  }

  void annotationsAreReadBack() {
    const std::vector<VertexLabel> labels{
        {.key = 0, .name = "unknown", .color = {0, 0, 0, 0}},
        {.key = 1, .name = "V1", .color = {1, 0.5F, 0, 1}},
        {.key = 5, .name = "V2 \xC3\xA9", .color = {1, 0.5F, 0, 1}}};
    const float none = std::numeric_limits<float>::quiet_NaN();
    writeAnnotation(path("lh.made.annot"), {5, 1, none, 0, 3}, labels);
    const BrainFile content = readBrainFile(path("lh.made.annot"));
    QCOMPARE(content.columns[0].values, (std::vector<float>{5, 1, -1, 0, -1}));
    QCOMPARE(content.labels.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) {
      QCOMPARE(content.labels[i].name, labels[i].name);
      QCOMPARE(content.labels[i].key, labels[i].key);
      for (std::size_t part = 0; part < 4; ++part) { // half a level, and one more when it is moved
        QVERIFY2(std::abs(content.labels[i].color.at(part) - labels[i].color.at(part)) <
                     1.51F / 255,
                 qPrintable(QString("label %1, part %2: %3")
                                .arg(i)
                                .arg(part)
                                .arg(content.labels[i].color.at(part))));
      }
    }
    QVERIFY(content.notes.empty());
    CORTOGRAPH_EXPECT_ERROR(writeAnnotation(path("a.annot"), {1}, {{.key = -1, .name = "x"}}),
                            ErrorKind::unsupported,
                            "a.annot",
                            "key -1");
    QVERIFY(!fs::exists(path("a.annot")));
  }

  void aRealAnnotationSurvives() {
    const fs::path real = dataPath("formats/freesurfer/fsaverage5.lh.aparc.annot");
    CORTOGRAPH_NEED(real);
    const BrainFile before = readBrainFile(real);
    writeAnnotation(path("lh.again.annot"), before.columns[0].values, before.labels);
    const BrainFile after = readBrainFile(path("lh.again.annot"));
    QCOMPARE(after.columns[0].values, before.columns[0].values);
    QVERIFY(after.labels == before.labels);
  }

  void mghFilesAreReadBack() {
    const std::vector<std::vector<float>> columns{{1, 2, 3}, {-1, 0.1F, 1e30F}};
    for (const char* name : {"rh.made.mgh", "rh.made.mgz"}) {
      writeMgh(path(name), columns, 1.5);
      const VertexData data = readVertexData(path(name));
      QVERIFY(data.kind == VertexDataKind::time);
      QCOMPARE(data.timeStep, 1.5);
      QCOMPARE(data.columns.size(), std::size_t{2});
      QCOMPARE(data.of(Side::right, 0), columns[0]);
      QCOMPARE(data.of(Side::right, 1), columns[1]);
    }
    QCOMPARE(fs::file_size(path("rh.made.mgh")), std::uintmax_t{284 + 24 + 16});
    QCOMPARE(bytesOf(path("rh.made.mgz")).substr(0, 2), std::string("\x1F\x8B"));
    const std::string first = bytesOf(path("rh.made.mgz"));
    writeMgh(path("rh.made.mgz"), columns, 1.5);
    QCOMPARE(bytesOf(path("rh.made.mgz")), first); // no date is in it
  }

  void aRealVolumeSurvives() {
    const fs::path real = dataPath("formats/mgh/test.mgz");
    CORTOGRAPH_NEED(real);
    Volume volume = readVolume(real);
    volume.affine = {{{-2, 0, 0, 90}, {0, 0.5, 0, -126}, {0, 0, 3, -72.25}, {0, 0, 0, 1}}};
    writeMgh(path("made.mgz"), volume);
    const Volume again = readVolume(path("made.mgz"));
    QCOMPARE(again.values, volume.values);
    QCOMPARE(again.extent, volume.extent);
    QCOMPARE(again.frames, volume.frames);
    QCOMPARE(again.affine, volume.affine);
  }
};

CORTOGRAPH_TEST(FreesurferWriteTest, QCoreApplication)
#include "freesurfer_write_test.moc"
