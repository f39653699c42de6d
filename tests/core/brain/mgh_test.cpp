#include "base/error.h"
#include "base/gzip.h"
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

/// Sums the finite values.
double sumOf(const std::vector<float>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0, [](double sum, float value) {
    return std::isfinite(value) ? sum + value : sum;
  });
}

} // namespace

/// Expected numbers are those of nibabel 5.0.0 and, for made files, the ones written.
class MghTest : public QObject {
  Q_OBJECT

private:
  QTemporaryDir folder_;

  fs::path made(const std::string& name, const std::string& bytes) const {
    const fs::path file = fs::path(folder_.path().toStdString()) / name;
    writeBytes(file, bytes);
    return file;
  }

private Q_SLOTS:
  void atlasesAreThoseOfNibabel() {
    const fs::path folder = dataPath("atlases");
    CORTOGRAPH_NEED(folder);
    struct Expected {
      const char* name;
      const char* type;
      std::array<double, 2> sums; ///< of the finite values, left and right
      std::array<std::ptrdiff_t, 2> missing;
    };
    for (const Expected& expected :
         {Expected{"wang15_mplbl.v1_0", "int32", {153648, 143829}, {0, 0}},
          Expected{"glasser16_atlas.v1_0", "float32", {12421418, 12488290}, {13910, 13604}},
          Expected{"rosenke18_vcatlas.v1_0", "int32", {53804, 47269}, {0, 0}},
          Expected{"benson14_varea.v4_0", "int32", {87167, 83801}, {0, 0}},
          Expected{
              "benson14_angle.v4_0", "float32", {1608154.5960656737, 1651524.2035142588}, {0, 0}},
          Expected{
              "benson14_eccen.v4_0", "float32", {205917.69382134516, 211594.47086076913}, {0, 0}},
          Expected{
              "benson14_sigma.v4_0", "float32", {74214.20480572499, 73169.37847729148}, {0, 0}}}) {
      for (const Side side : bothSides) {
        const auto s = static_cast<std::size_t>(side);
        const fs::path file =
            folder / ((s == 0 ? "lh." : "rh.") + std::string(expected.name) + ".mgz");
        const BrainFile content = readBrainFile(file);
        QCOMPARE(content.type, std::string(expected.type));
        QCOMPARE(content.shape, (ArrayShape{1, 1, 163842}));
        QVERIFY(!content.volume);
        const VertexData data = readVertexData(file);
        QCOMPARE(data.mesh.name, std::string("fsaverage"));
        const std::vector<float>& values = data.of(side);
        QCOMPARE(std::ranges::count_if(values, [](float v) { return std::isnan(v); }),
                 expected.missing.at(s));
        QVERIFY2(std::abs(sumOf(values) - expected.sums.at(s)) < 1e-6, expected.name);
      }
    }
    QCOMPARE(readVertexData(folder / "rh.glasser16_atlas.v1_0.mgz").of(Side::right)[81921], 9.0F);
  }

  void vertexDataIsThatOfNibabel() {
    const fs::path folder = dataPath("formats/mgh");
    CORTOGRAPH_NEED(folder);
    const std::vector<float> thickness = readVertexData(folder / "lh.thickness.mgh").of(Side::left);
    QCOMPARE(thickness.size(), std::size_t{149244});
    QCOMPARE(thickness, readVertexData(dataPath("formats/freesurfer/lh.thickness")).of(Side::left));
    const std::vector<float> curv =
        readVertexData(folder / "lh.curv.fwhm10.fsaverage.mgz").of(Side::left);
    QCOMPARE(curv[0], -0.11194088F);
    QVERIFY(std::abs(sumOf(curv) / 163842 - -0.02415629358790127) < 1e-12);
    const auto info = fileInfo(folder / "lh.Yeo2011.mgz");
    QCOMPARE(info["kind"].get<std::string>(), std::string("vertex data"));
    QCOMPARE(info["shape"], (nlohmann::ordered_json{163842, 1, 1}));
    QCOMPARE(info["max"].get<double>(), 7.0);
    QVERIFY(std::abs(info["mean"].get<double>() - 3.7059911378034935) < 1e-12);
  }

  void volumesAreThoseOfNibabel() {
    const fs::path folder = dataPath("formats/mgh");
    CORTOGRAPH_NEED(folder);
    const Volume brain = readVolume(folder / "brain.mgz");
    QCOMPARE(brain.extent, (std::array<std::size_t, 3>{256, 256, 256}));
    QCOMPARE(std::ranges::count_if(brain.values, [](float v) { return v > 0; }),
             std::ptrdiff_t{1735552});
    QCOMPARE(std::ranges::max(brain.values), 156.0F);
    const VoxelAffine expected{{{-1, 0, 0, 127.50004577636719},
                                {0, 0, 1, -98.62725830078125},
                                {0, -1, 0, 79.09526824951172},
                                {0, 0, 0, 1}}};
    for (std::size_t row = 0; row < 4; ++row) {
      for (std::size_t column = 0; column < 4; ++column) {
        QVERIFY(std::abs(brain.affine.at(row).at(column) - expected.at(row).at(column)) < 1e-6);
      }
    }
    const auto info = fileInfo(folder / "brain.mgz");
    QCOMPARE(info["orientation"].get<std::string>(), std::string("LIA"));
    QCOMPARE(info["type"].get<std::string>(), std::string("uint8"));
    const BrainFile series = readBrainFile(folder / "test.mgz");
    QCOMPARE(series.shape, (ArrayShape{3, 4, 5, 2}));
    QCOMPARE(series.timeStep, 0.002); // TR 2 ms
    const std::vector<float>& values = series.volume->values;
    QCOMPARE(values[0], 1.2125552892684937F);
    QCOMPARE(values[1], -0.3938947021961212F); // the next along the first axis
    QCOMPARE(values[3], 0.7767974734306335F);  // along the second
    QCOMPARE(values[60], 0.9656998515129089F); // in the second frame
    QCOMPARE(values[119], -0.7152104377746582F);
    QCOMPARE(series.volume->affine[2][3], -11.5);
    // Its header says that it states no place, where nibabel takes an affine of zeros.
    const BrainFile tiny = readBrainFile(folder / "tiny.mgh");
    QCOMPARE(tiny.notes.size(), std::size_t{1});
    QCOMPARE(orientationOf(tiny.volume->affine), std::string("LIA"));
    QCOMPARE(std::vector(tiny.volume->values.begin(), tiny.volume->values.begin() + 4),
             (std::vector<float>{1, 2, 3, 4}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexData(folder / "brain.mgz"), ErrorKind::format, "holds a volume");
  }

  void everyTypeIsRead() {
    const std::vector<float> expected{1, 2, 200};
    const auto valuesOf = [this](std::int32_t type, const std::string& bytes) {
      return readBrainFile(made("lh.a.mgh", mghFile({1, 3, 1, 1}, type, bytes)))
          .columns.at(0)
          .values;
    };
    QCOMPARE(valuesOf(0, "\x01\x02\xC8"), expected);
    QCOMPARE(valuesOf(1, int32s({1, 2, 200})), expected);
    QCOMPARE(valuesOf(3, bigEndian(std::vector<float>{1, 2, 200})), expected);
    QCOMPARE(valuesOf(4, bigEndian(std::vector<std::int16_t>{1, -2, 200})),
             (std::vector<float>{1, -2, 200}));
    QCOMPARE(valuesOf(10, bigEndian(std::vector<std::uint16_t>{1, 2, 65535})),
             (std::vector<float>{1, 2, 65535}));
    CORTOGRAPH_EXPECT_ERROR(valuesOf(5, "aaaa"), ErrorKind::unsupported, "type 5", "mri_convert");
  }

  void framesOfVertexDataAreColumns() {
    const std::string frames = bigEndian(std::vector<float>{1, 2, 3, 4, 5, 6});
    for (const std::array<std::int32_t, 4>& extent :
         {std::array{3, 1, 1, 2}, std::array{1, 3, 1, 2}, std::array{1, 1, 3, 2}}) {
      const VertexData data = readVertexData(made("rh.a.mgh", mghFile(extent, 3, frames)));
      QCOMPARE(data.columns.size(), std::size_t{2});
      QCOMPARE(data.of(Side::right, 1), (std::vector<float>{4, 5, 6}));
      QVERIFY(data.kind == VertexDataKind::numbers);
    }
    const VertexData series =
        readVertexData(made("rh.a.mgh", mghFile({3, 1, 1, 2}, 3, frames) + bigEndian(1500.0F)));
    QVERIFY(series.kind == VertexDataKind::time);
    QCOMPARE(series.timeStep, 1.5);
    QCOMPARE(series.timeUnit, std::string("s"));
  }

  void gzipIsReadAsGzipDoes() {
    const std::string plain = mghFile({4, 1, 1, 1}, 3, bigEndian(std::vector<float>{1, 2, 3, 4}));
    const std::vector<float> expected{1, 2, 3, 4};
    const auto valuesOf = [this](const std::string& bytes) {
      return readBrainFile(made("lh.a.mgz", bytes)).columns.at(0).values;
    };
    QCOMPARE(valuesOf(plain), expected); // plain, whatever its name
    QCOMPARE(valuesOf(gzipped(plain)), expected);
    QCOMPARE(valuesOf(gzipped(plain) + "garbage"), expected);
    QCOMPARE(valuesOf(gzipped(plain.substr(0, 100)) + gzipped(plain.substr(100))), expected);
    CORTOGRAPH_EXPECT_ERROR(
        valuesOf(gzipped(plain.substr(0, 290))), ErrorKind::format, "cut short");
    std::string damaged = gzipped(plain);
    damaged[damaged.size() - 6] ^= 1; // of the checksum
    CORTOGRAPH_EXPECT_ERROR(valuesOf(damaged), ErrorKind::format, "a.mgz");
  }

  void claimsBeyondTheFileAreRefused() {
    const std::string four = bigEndian(std::vector<float>{1, 2, 3, 4});
    for (const std::array<std::int32_t, 4>& extent :
         {std::array{5, 1, 1, 1},
          std::array{1 << 30, 1, 1, 1},
          std::array{1 << 30, 1 << 30, 1 << 30, 1 << 30}}) {
      CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(made("a.mgh", mghFile(extent, 3, four))),
                              ErrorKind::format,
                              "a.mgh",
                              "cut short");
      // Packed 1000 times, zeros could stand for a million numbers, but not for 10^9.
      CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(made("a.mgz", gzipped(mghFile(extent, 3, four)))),
                              ErrorKind::format,
                              "a.mgz",
                              "cut short");
    }
    for (const std::array<std::int32_t, 4>& extent :
         {std::array{0, 1, 1, 1}, std::array{4, -1, 1, 1}, std::array{4, 1, 1, -4}}) {
      const fs::path file = made("a.mgh", mghFile(extent, 3, four));
      CORTOGRAPH_EXPECT_ERROR((void)readBrainFile(file), ErrorKind::format, "unknown format");
    }
  }

  void cutsAreRefused() {
    const fs::path real = dataPath("formats/mgh/test.mgz");
    CORTOGRAPH_NEED(real);
    const auto text = [](const fs::path& path) {
      const BrainFile content = readBrainFile(path);
      return std::string(reinterpret_cast<const char*>(content.volume->values.data()),
                         content.volume->values.size() * sizeof(float));
    };
    const auto size = static_cast<int>(fs::file_size(real));
    const Survival packed = survive(real, Damage::cut, size, text);
    // The numbers come before the footer and the checksum, which are not needed for them.
    QCOMPARE(packed.other, 0);
    QVERIFY(packed.refused > size - 120);
    const Survival garbled = survive(real, Damage::garbled, 300, text);
    QVERIFY(garbled.refused > 150);
    const fs::path plain = dataPath("formats/mgh/tiny.mgh");
    const Survival cut = survive(plain, Damage::cut, 412, text);
    QCOMPARE(cut.refused, 284 + 27 * 4); // of 412 bytes, the last are the footer
  }
};

CORTOGRAPH_TEST(MghTest, QCoreApplication)
#include "mgh_test.moc"
