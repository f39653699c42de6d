#include "base/error.h"
#include "brain/format.h"
#include "core/base/garble.h"
#include "core/brain/freesurfer_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <numeric>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

const Surface tetrahedron{.verticesRas = {{0, 0, 0}, {1.5F, 0, 0}, {0, 1, 0}, {0, 0, -0.25F}},
                          .triangles = {{0, 2, 1}, {0, 1, 3}, {1, 2, 3}, {0, 3, 2}}};

/// What a file says, in words; damage must not change it unseen.
std::string infoText(const fs::path& file) {
  return fileInfo(file).dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
}

double sumOf(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

const std::vector<float>& valuesOf(const BrainFile& content) {
  return content.columns.at(0).values;
}

/// A table of colours with the labels "a" (1, 2, 3) and "b" (4, 5, 6), of either version.
std::string colorTable(bool isNew) {
  const std::string a = countedText("a") + int32s({1, 2, 3, 0});
  const std::string b = countedText("b") + int32s({4, 5, 6, 255});
  return isNew ? int32s({-2, 8}) + countedText("NOFILE") + int32s({2, 3}) + a + int32s({7}) + b
               : int32s({2}) + countedText("old.txt") + a + b;
}

/// Three vertices of the labels b, none and a.
std::string annotFile(bool isNew) {
  return int32s({3, 0, 4 + 5 * 256 + 6 * 65536, 1, 0, 2, 1 + 2 * 256 + 3 * 65536, 1}) +
         colorTable(isNew);
}

} // namespace

/// Expected numbers are those of nibabel 5.0.0 and, for made files, the ones written.
class FreesurferTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;

  fs::path made(const std::string& name, const std::string& bytes) const {
    const fs::path file = fs::path(folder_.path().toStdString()) / name;
    fs::create_directories(file.parent_path());
    writeBytes(file, bytes);
    return file;
  }

private Q_SLOTS:
  void surfacesAreThoseOfNibabel() {
    const fs::path file = dataPath("formats/freesurfer/lh.tinysurface");
    CORTOGRAPH_NEED(file);
    const SurfaceFile read = readSurface(file);
    QCOMPARE(read.surface.verticesRas, std::vector<Point>(5, {0.3F, 0.3F, 0.3F}));
    QCOMPARE(read.surface.triangles, (std::vector<Triangle>{{0, 1, 3}, {1, 3, 4}, {2, 2, 2}}));
    QVERIFY(!read.surfaceToScanner);
    const auto info = fileInfo(file);
    QCOMPARE(info["format"].get<std::string>(), std::string("freesurfer-surface"));
    QCOMPARE(info["kind"].get<std::string>(), std::string("surface"));
    QCOMPARE(info["hemisphere"].get<std::string>(), std::string("left"));
    QCOMPARE(info["hemisphere_told_by"].get<std::string>(), std::string("name"));
    const SurfaceFile ascii = readSurface(dataPath("formats/freesurfer/lh.tinysurface.asc"));
    QCOMPARE(ascii.surface.triangles, read.surface.triangles);
    QCOMPARE(ascii.surface.verticesRas[2], (Point{0.301996F, 0.300210F, 0.299253F}));
  }

  void theSideIsToldByThePlaceWhenNothingElseTellsIt() {
    const auto toldOf = [this](const std::string& name, float moved) {
      Surface surface = tetrahedron;
      for (Point& point : surface.verticesRas) {
        point[0] += moved;
      }
      const auto info = fileInfo(made(name, triangleFile(surface)));
      return info["hemisphere"].dump() + " " + info["hemisphere_told_by"].get<std::string>();
    };
    QCOMPARE(toldOf("some.white", 15), std::string("\"right\" geometry"));
    QCOMPARE(toldOf("some.white", -15), std::string("\"left\" geometry"));
    QCOMPARE(toldOf("lh.white", 15), std::string("\"left\" name"));
    QCOMPARE(toldOf("some.white", 150), std::string("null ")); // not where brains are
    QCOMPARE(toldOf("some.white", -0.5F), std::string("null "));
  }

  void theFooterPlacesASurfaceInTheScanner() {
    const std::string geometry = "valid = 1  # volume info valid\nfilename = ../mri/T1.mgz\n"
                                 "volume = 256 256 256\nvoxelsize = 1 1 1\n"
                                 "xras   = -1 0 0\nyras   = 0 0 -1\nzras   = 0 1 0\n"
                                 "cras   = -0.5 29.25 -48.75\n";
    const std::string plain = triangleFile(tetrahedron, int32s({2, 0, 20}) + geometry);
    const SurfaceFile read = readSurface(made("lh.white", plain));
    QCOMPARE(read.surface.verticesRas, tetrahedron.verticesRas);
    QCOMPARE(read.surface.triangles, tetrahedron.triangles);
    QVERIFY(read.surfaceToScanner.has_value());
    QCOMPARE(transformed(*read.surfaceToScanner, {1, 2, 3}), (Point3{0.5, 31.25, -45.75}));
    // A volume whose first axis leads to the right mirrors x.
    std::string mirrored = geometry;
    mirrored.replace(mirrored.find("-1 0 0"), 6, " 1 0 0");
    const SurfaceFile other =
        readSurface(made("lh.pial", triangleFile(tetrahedron, int32s({20}) + mirrored)));
    QCOMPARE(transformed(*other.surfaceToScanner, {1, 2, 3}), (Point3{-1.5, 31.25, -45.75}));
    const SurfaceFile scanner =
        readSurface(made("lh.orig", triangleFile(tetrahedron, int32s({2, 1, 20}) + geometry)));
    QCOMPARE(*scanner.surfaceToScanner, identityAffine);
  }

  void quadranglesAreSplitAsFreesurferDoes() {
    std::string counts = threeBytes(4) + threeBytes(2);
    std::string quads;
    for (const std::uint32_t vertex : {0U, 1U, 2U, 3U, 1U, 2U, 3U, 0U}) {
      quads += threeBytes(vertex);
    }
    const std::vector<Triangle> expected{{0, 1, 3}, {2, 3, 1}, {1, 2, 3}, {1, 3, 0}};
    const std::string hundredths =
        bigEndian(std::vector<std::int16_t>{0, 0, 0, 150, 0, 0, 0, 100, 0, 0, 0, -25});
    std::string floats;
    for (const Point& point : tetrahedron.verticesRas) {
      floats += bigEndian(std::vector<float>(point.begin(), point.end()));
    }
    const fs::path old = made("lh.old", "\xFF\xFF\xFF" + counts + hundredths + quads);
    const fs::path recent = made("lh.recent", "\xFF\xFF\xFD" + counts + floats + quads);
    for (const fs::path& file : {old, recent}) {
      const SurfaceFile read = readSurface(file);
      QCOMPARE(read.surface.verticesRas, tetrahedron.verticesRas);
      QCOMPARE(read.surface.triangles, expected);
    }
    QCOMPARE(fileInfo(old)["type"].get<std::string>(), std::string("int16"));
  }

  void measuresAreThoseOfNibabel() {
    const fs::path thickness = dataPath("formats/freesurfer/lh.thickness");
    CORTOGRAPH_NEED(thickness);
    struct Expected {
      const char* file;
      std::vector<float> first;
      float last;
      std::size_t count;
      double sum;
    };
    for (const Expected& expected :
         {Expected{"formats/freesurfer/lh.thickness",
                   {2.5617051124572754F, 2.4003655910491943F, 2.324965000152588F},
                   3.51084F,
                   149244,
                   363777.1308954358},
          Expected{"formats/freesurfer/tiny_morph.curv",
                   {1.019298791885376F, -0.11457064002752304F, 0.5330690741539001F},
                   -0.2097174F,
                   50,
                   4.728222115430981},
          Expected{"fsaverage/lh.curv",
                   {-0.09222632646560669F, -0.16987639665603638F, 0.07105690240859985F},
                   -0.018325908F,
                   163842,
                   -4162.452824654112}}) {
      const BrainFile content = readBrainFile(dataPath(expected.file));
      const std::vector<float>& values = valuesOf(content);
      QCOMPARE(values.size(), expected.count);
      QCOMPARE(std::vector<float>(values.begin(), values.begin() + 3), expected.first);
      QCOMPARE(values.back(), expected.last);
      QVERIFY(std::abs(sumOf(values) - expected.sum) < 1e-6); // the order of summing differs
    }
    const VertexData data = readVertexData(thickness);
    QVERIFY(data.side() == Side::left);
    QCOMPARE(data.unit, std::string("mm"));
    const auto info = fileInfo(dataPath("fsaverage/lh.curv"));
    QCOMPARE(info["meshes"], (nlohmann::ordered_json{"fsaverage"}));
    QCOMPARE(info["type"].get<std::string>(), std::string("float32"));
  }

  void oldMeasuresAreHundredths() {
    const std::string old =
        threeBytes(3) + threeBytes(4) + bigEndian(std::vector<std::int16_t>{250, -125, 0});
    QCOMPARE(valuesOf(readBrainFile(made("rh.sulc", old))), (std::vector<float>{2.5F, -1.25F, 0}));
    const std::string paint = bigEndian(std::int16_t{0}) + threeBytes(2) + threeBytes(3) +
                              bigEndian(0.5F) + threeBytes(1) + bigEndian(-2.0F);
    (void)made("surf/rh.white", triangleFile(tetrahedron));
    const fs::path file = made("surf/rh.some.w", paint);
    const BrainFile content = readBrainFile(file);
    QCOMPARE(content.vertices, (std::vector<std::int32_t>{3, 1}));
    const std::vector<float> spread = readVertexData(file).of(Side::right);
    QCOMPARE(spread.size(), std::size_t{4});
    QVERIFY(std::isnan(spread[0]) && std::isnan(spread[2]));
    QVERIFY(spread[1] == -2.0F && spread[3] == 0.5F);
  }

  void annotationsAreThoseOfNibabel() {
    const fs::path folder = dataPath("formats/freesurfer");
    CORTOGRAPH_NEED(folder);
    struct Expected {
      const char* file;
      std::size_t count;
      std::ptrdiff_t unknown; ///< key 0
      std::ptrdiff_t insula;  ///< key 35
      std::ptrdiff_t none;    ///< key -1
      double sum;             ///< of the keys
    };
    for (const Expected& expected :
         {Expected{"lh.aparc.annot", 149244, 0, 4099, 8394, 2769123},
          Expected{"fsaverage.lh.aparc.annot", 163842, 14224, 4762, 0, 3042193},
          Expected{"fsaverage5.lh.aparc.annot", 10242, 840, 329, 0, 189482}}) {
      const BrainFile content = readBrainFile(folder / expected.file);
      const std::vector<float>& keys = valuesOf(content);
      QCOMPARE(keys.size(), expected.count);
      QCOMPARE(std::ranges::count(keys, 0.0F), expected.unknown);
      QCOMPARE(std::ranges::count(keys, 35.0F), expected.insula);
      QCOMPARE(std::ranges::count(keys, -1.0F), expected.none);
      QCOMPARE(sumOf(keys), expected.sum);
      QCOMPARE(content.labels.size(), std::size_t{36});
      QCOMPARE(content.labels[35].name, std::string("insula"));
      QCOMPARE(content.labels[1].color, (std::array{25 / 255.0F, 100 / 255.0F, 40 / 255.0F, 1.0F}));
    }
    const auto info = fileInfo(folder / "fsaverage5.lh.aparc.annot");
    QCOMPARE(info["kind"].get<std::string>(), std::string("labels"));
    QCOMPARE(info["labels"][1]["name"].get<std::string>(), std::string("bankssts"));
    QCOMPARE(info["labels"][1]["vertices"].get<int>(), 126);
    QCOMPARE(info["meshes"], (nlohmann::ordered_json{"fsaverage5"}));
  }

  void bothTablesOfColorsAreRead() {
    for (const bool isNew : {false, true}) {
      const BrainFile content = readBrainFile(made("lh.made.annot", annotFile(isNew)));
      const std::array<float, 2> keys{isNew ? 3.0F : 0.0F, isNew ? 7.0F : 1.0F};
      QCOMPARE(valuesOf(content), (std::vector<float>{keys[1], -1, keys[0]}));
      QCOMPARE(content.labels.size(), std::size_t{2});
      QCOMPARE(content.labels[1].name, std::string("b"));
      QCOMPARE(content.labels[1].key, static_cast<int>(keys[1]));
      QCOMPARE(content.labels[1].color, (std::array{4 / 255.0F, 5 / 255.0F, 6 / 255.0F, 0.0F}));
    }
    std::string strange = annotFile(true);
    strange[11] = 77;
    QCOMPARE(readBrainFile(made("lh.made.annot", strange)).notes.size(), std::size_t{1});
  }

  void labelsAreThoseOfNibabel() {
    const fs::path file = dataPath("formats/freesurfer/test.label");
    CORTOGRAPH_NEED(file);
    const BrainFile content = readBrainFile(file);
    QCOMPARE(content.vertices.size(), std::size_t{10});
    QCOMPARE(std::vector(content.vertices.begin(), content.vertices.begin() + 5),
             (std::vector<std::int32_t>{5900, 5899, 5901, 5902, 2638}));
    QCOMPARE(std::reduce(content.vertices.begin(), content.vertices.end()), 58133);
    QCOMPARE(content.subject, std::string("fsaverage5"));
    const auto info = fileInfo(file);
    QCOMPARE(info["kind"].get<std::string>(), std::string("label"));
    QCOMPARE(info["meshes"], (nlohmann::ordered_json{"fsaverage5"}));
    const fs::path left = made("lh.test.label", bytesOf(file));
    const VertexData data = readVertexData(left);
    QCOMPARE(data.mesh.name, std::string("fsaverage5"));
    QCOMPARE(data.labels.at(0).name, std::string("test"));
    QCOMPARE(sumOf(data.of(Side::left)), 10.0);
    QCOMPARE(data.of(Side::left)[2638], 1.0F);
    const fs::path person = dataPath("formats/freesurfer/lh.entorhinal_exvivo.label");
    const BrainFile exvivo = readBrainFile(person);
    QCOMPARE(exvivo.vertices.size(), std::size_t{1085});
    QCOMPARE(std::reduce(exvivo.vertices.begin(), exvivo.vertices.end()), 108846428);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexData(person), ErrorKind::mismatch, "1085 vertices", "\"surf\"");
  }

  void aLabelLiesOnTheSurfacesBesideIt() {
    (void)made("bert/surf/lh.white", triangleFile(tetrahedron));
    const fs::path file = made("bert/label/lh.V1.label",
                               "#!ascii label  , from subject bert vox2ras=TkReg\n2\n"
                               "3  0.0 0.0 -0.25 0.0\n1  1.5 0.0 0.0 0.0\n");
    const VertexData data = readVertexData(file);
    QCOMPARE(data.of(Side::left), (std::vector<float>{0, 1, 0, 1}));
    QCOMPARE(data.labels.at(0).name, std::string("V1"));
    QVERIFY(cortexBeside(data) != nullptr);
    const fs::path beyond = made("bert/label/lh.V2.label", "#label\n1\n4  0 0 0 0\n");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexData(beyond), ErrorKind::mismatch, "vertex 4", "has 4 vertices");
  }

  void tablesOfLabelsAreRead() {
    const fs::path file = dataPath("formats/freesurfer/colorlut.txt");
    CORTOGRAPH_NEED(file);
    const BrainFile content = readBrainFile(file);
    QCOMPARE(content.labels.size(), std::size_t{6});
    QCOMPARE(content.labels[3].name, std::string("Left-Cerebral-Cortex"));
    QCOMPARE(content.labels[3].color, (std::array{205 / 255.0F, 62 / 255.0F, 78 / 255.0F, 1.0F}));
    QCOMPARE(fileInfo(file)["kind"].get<std::string>(), std::string("table of labels"));
    CORTOGRAPH_EXPECT_ERROR((void)readVertexData(file), ErrorKind::format, "names of labels");
    QVERIFY(formatOf(made("notes.txt", "1 note\n2 notes\n")) == nullptr);
  }

  void patchesAreRead() {
    const std::vector<Point> points{{1, 2, 0}, {-1, 0, 0}};
    const BrainFile recent =
        readBrainFile(made("lh.full.flat.patch.3d", patchFile({3, -1}, points)));
    QCOMPARE(recent.vertices, (std::vector<std::int32_t>{2, 0}));
    QCOMPARE(recent.surface->verticesRas, points);
    const std::string old = int32s({2, 3}) + bigEndian(std::vector<std::int16_t>{100, 200, 0}) +
                            int32s({-1}) + bigEndian(std::vector<std::int16_t>{-100, 0, 0});
    const PatchFile read = readPatch(made("lh.old.patch.3d", old));
    QCOMPARE(read.vertices, recent.vertices);
    QCOMPARE(read.points, points);
    const PatchFile ascii =
        readPatch(made("lh.ascii.patch.asc",
                       "#!ascii version of patch lh.orig. The 1st index is not a vertex number\n"
                       "3 1\n3 vno=2\n1.0 2.0 0.0\n-1 vno=0\n-1 0 0\n4 vno=3\n0 0 0\n7\n0 2 3 \n"));
    QCOMPARE(ascii.vertices, (std::vector<std::int32_t>{2, 0, 3}));
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(made("p.patch.3d", patchFile({3, -1}, points))),
                            ErrorKind::format,
                            "a patch of a surface");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readPatch(made("p.patch.3d", patchFile({3, -1}, {{1, 2, 0}, {NAN, 0, 0}}))),
        ErrorKind::format,
        "vertex 1",
        "p.patch.3d");
    CORTOGRAPH_EXPECT_ERROR((void)readPatch(made("p.patch.3d", patchFile({3, 0}, points))),
                            ErrorKind::format,
                            "lists 0 as a vertex");
  }

  void liesAreRefused() {
    Surface surface = tetrahedron;
    surface.triangles[2][1] = 4;
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(made("lh.white", triangleFile(surface))),
                            ErrorKind::format,
                            "triangle 2",
                            "4 vertices");
    surface = tetrahedron;
    surface.verticesRas[3][2] = NAN;
    CORTOGRAPH_EXPECT_ERROR((void)readSurface(made("lh.white", triangleFile(surface))),
                            ErrorKind::format,
                            "vertex 3",
                            "NaN");
    const std::string sound = triangleFile(tetrahedron);
    const std::size_t counts = sound.find("\n\n") + 2;
    for (const std::int32_t count : {-1, 5, 1 << 30, std::numeric_limits<std::int32_t>::min()}) {
      for (const std::size_t place : {counts, counts + 4}) {
        std::string lying = sound;
        lying.replace(place, 4, bigEndian(count));
        CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(made("lh.white", lying)),
                                ErrorKind::format,
                                "lh.white",
                                "bytes are expected");
      }
      std::string lying = morphFile({1, 2, 3});
      lying.replace(3, 4, bigEndian(count));
      if (count > 0) {
        CORTOGRAPH_EXPECT_ERROR(
            (void)readBrainFile(made("lh.curv", lying)), ErrorKind::format, "4 bytes");
      }
    }
    std::string many = morphFile({1, 2, 3});
    many.replace(11, 4, bigEndian(3));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readBrainFile(made("lh.curv", many)), ErrorKind::unsupported, "3 values per vertex");
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(made(
                                "lh.white.asc", "#!ascii version of lh.white\n2000000 1\n0 0 0 0")),
                            ErrorKind::format,
                            "2000000");
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(made("a.label", "#!ascii label\n-3\n1 0 0 0 0\n")),
                            ErrorKind::unsupported,
                            "lists no vertices");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readBrainFile(made("a.label", "#!ascii label\n2\n1 0 0 0 0\n2 0 0 0 x\n")),
        ErrorKind::format,
        "\"x\"");
    CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(made("a.annot", int32s({3, 0, 5, 1, 5, 2, 5, 0}))),
                            ErrorKind::unsupported,
                            "no table of colours");
  }

  void cutsAreRefused() {
    const std::string asc = "#!ascii version of lh.a\n4 1\n0 0 0 0\n1 0 0 0\n0 1 0 0\n0 0 1 0\n"
                            "0 1 2 1";
    const std::string old = threeBytes(3) + threeBytes(4) + std::string(6, 'a');
    struct Sound {
      const char* name;
      std::string bytes;
    };
    for (const Sound& sound : {Sound{"lh.white", triangleFile(tetrahedron)},
                               Sound{"lh.curv", morphFile({1, -2, NAN})},
                               Sound{"lh.sulc", old},
                               Sound{"a.annot", annotFile(true)},
                               Sound{"b.annot", annotFile(false)},
                               Sound{"a.patch.3d", patchFile({3, -1}, {{1, 2, 0}, {0, 0, 0}})},
                               Sound{"a.asc", asc}}) {
      const fs::path file = made(sound.name, sound.bytes);
      const auto read = [](const fs::path& path) {
        const BrainFile content = readBrainFile(path);
        return content.vertices.size() + content.columns.size() + content.shape.at(0);
      };
      const int size = static_cast<int>(sound.bytes.size());
      const Survival survival = survive(file, Damage::cut, size, read);
      QVERIFY2(survival.refused == size, sound.name);
      const Survival garbled = survive(file, Damage::garbled, 300, &infoText);
      QCOMPARE(garbled.asBefore + garbled.other + garbled.refused, 300);
    }
  }
};

CORTOGRAPH_TEST(FreesurferTest, QCoreApplication)
#include "freesurfer_test.moc"
