#include "base/error.h"
#include "base/gzip.h"
#include "brain/format.h"
#include "core/base/garble.h"
#include "core/brain/nifti_bytes.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// A real file, and what nibabel 5.0 reads from it.
struct Expected {
  const char* file;
  std::array<std::size_t, 3> extent;
  std::size_t frames;
  const char* type;
  const char* orientation;
  VoxelAffine affine;
  double greatest;
  double sum;
};

const VoxelAffine haxby{{{-3.0999999046325684, 0, 0, 60.44999694824219},
                         {0, 3.75, 0, -35.625},
                         {0, 0, 3.75, 0},
                         {0, 0, 0, 1}}};
const VoxelAffine tiny{{{-1, 0, 0, 1.5}, {0, 0, 1, -1.5}, {0, -1, 0, 1.5}, {0, 0, 0, 1}}};

const std::vector<Expected> realFiles{
    {"bold5000_roi_mask.nii.gz",
     {71, 89, 72},
     1,
     "uint8",
     "RAS",
     {{{2, 0, 0, -67.26271057128906},
       {0, 2, 0, -113.77284240722656},
       {0, 0, 2, -60.58848571777344},
       {0, 0, 0, 1}}},
     1,
     210},
    {"haxby_bold_4d.nii.gz", {40, 20, 1}, 1452, "int16", "LAS", haxby, 2623, 1118771612},
    {"haxby_mask.nii.gz", {40, 20, 1}, 1, "int16", "LAS", haxby, 1, 530},
    {"tiny.nii", {3, 3, 3}, 1, "int32", "LIA", tiny, 9, 135},
    {"vol27int.nii.gz", {3, 3, 3}, 1, "int32", "LIA", tiny, 27, 378},
};

/// Returns the bytes of numbers of one of NIfTI's types.
std::string valuesOf(int datatype, const std::vector<double>& values, bool bigEndian) {
  switch (datatype) {
  case 2:
    return storedAll<std::uint8_t>(values, bigEndian);
  case 4:
    return storedAll<std::int16_t>(values, bigEndian);
  case 8:
    return storedAll<std::int32_t>(values, bigEndian);
  case 64:
    return storedAll<double>(values, bigEndian);
  case 256:
    return storedAll<std::int8_t>(values, bigEndian);
  case 512:
    return storedAll<std::uint16_t>(values, bigEndian);
  case 768:
    return storedAll<std::uint32_t>(values, bigEndian);
  case 1024:
    return storedAll<std::int64_t>(values, bigEndian);
  case 1280:
    return storedAll<std::uint64_t>(values, bigEndian);
  default:
    return storedAll<float>(values, bigEndian);
  }
}

bool areClose(const VoxelAffine& a, const VoxelAffine& b, double tolerance) {
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column < 4; ++column) {
      if (!(std::abs(a[row][column] - b[row][column]) <= tolerance)) {
        return false;
      }
    }
  }
  return true;
}

const std::vector<float> oneToSix{1, 2, 3, 4, 5, 6};
const std::string sixFloats = storedAll<float>({1, 2, 3, 4, 5, 6});

} // namespace

class NiftiTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsAsNibabelDoes() {
    const fs::path folder = dataPath("formats/nifti");
    CORTOGRAPH_NEED(folder);
    for (const Expected& expected : realFiles) {
      const BrainFile file = readBrainFile(folder / expected.file);
      QVERIFY(file.volume.has_value());
      const Volume& volume = *file.volume;
      QCOMPARE(volume.extent, expected.extent);
      QCOMPARE(volume.frames, expected.frames);
      QCOMPARE(file.type, std::string(expected.type));
      QCOMPARE(orientationOf(volume.affine), std::string(expected.orientation));
      QVERIFY(areClose(volume.affine, expected.affine, 0));
      QCOMPARE(volume.values.size(), volume.voxels() * volume.frames);
      QCOMPARE(double{std::ranges::max(volume.values)}, expected.greatest);
      QCOMPARE(std::accumulate(volume.values.begin(), volume.values.end(), 0.0), expected.sum);
      QVERIFY(file.notes.empty());
    }
    const Volume series = readVolume(folder / "haxby_bold_4d.nii.gz");
    const std::size_t voxel = series.indexOf(10, 12, 0);
    QCOMPARE(series.values[voxel], 1748.0F);
    QCOMPARE(series.values[voxel + 700 * series.voxels()], 1754.0F);
    QCOMPARE(series.values[voxel + 1451 * series.voxels()], 1679.0F);
    const Volume small = readVolume(folder / "vol27int.nii.gz");
    QCOMPARE(small.values[9], 10.0F);
    QCOMPARE(small.values[26], 27.0F);
  }

  void describesVolumes() {
    const fs::path folder = dataPath("formats/nifti");
    CORTOGRAPH_NEED(folder);
    const auto info = fileInfo(folder / "haxby_bold_4d.nii.gz");
    QCOMPARE(info["format"].get<std::string>(), std::string("nifti"));
    QCOMPARE(info["kind"].get<std::string>(), std::string("volumes"));
    QCOMPARE(info["shape"], nlohmann::ordered_json({40, 20, 1, 1452}));
    QCOMPARE(info["orientation"].get<std::string>(), std::string("LAS"));
    QCOMPARE(info["time_step"].get<double>(), 2.5);
    QCOMPARE(info["time_unit"].get<std::string>(), std::string("s"));
    QVERIFY(std::abs(info["voxel_size"][0].get<double>() - 3.1) < 1e-6);
    QVERIFY(std::abs(info["mean"].get<double>() - 963.1298312672176) < 1e-9);
  }

  void readsEveryType_data() {
    QTest::addColumn<int>("datatype");
    QTest::addColumn<int>("version");
    QTest::addColumn<bool>("bigEndian");
    for (const int datatype : {2, 4, 8, 16, 64, 256, 512, 768, 1024, 1280}) {
      for (const int version : {1, 2}) {
        for (const bool bigEndian : {false, true}) {
          QTest::addRow("%d %d %d", datatype, version, bigEndian)
              << datatype << version << bigEndian;
        }
      }
    }
  }
  void readsEveryType() {
    QFETCH(const int, datatype);
    QFETCH(const int, version);
    QFETCH(const bool, bigEndian);
    NiftiFields fields{
        .version = version, .bigEndian = bigEndian, .dim = {1, 2, 3}, .datatype = datatype};
    const std::string values = valuesOf(datatype, {1, 2, 3, 40, 50, 120}, bigEndian);
    const std::string bytes = niftiFile(fields, values);
    writeBytes(path("a.nii"), bytes);
    const Volume volume = readVolume(path("a.nii"));
    QCOMPARE(volume.values, (std::vector<float>{1, 2, 3, 40, 50, 120}));
    QCOMPARE(volume.extent, (std::array<std::size_t, 3>{1, 2, 3}));
    writeBytes(path("a.nii.gz"), gzipped(bytes) + "garbage behind");
    QCOMPARE(readVolume(path("a.nii.gz")).values, volume.values);
    fields.pair = true;
    writeBytes(path("pair.hdr"), niftiHeader(fields));
    writeBytes(path("pair.img"), values);
    QCOMPARE(readVolume(path("pair.hdr")).values, volume.values);
    QCOMPARE(readVolume(path("pair.img")).values, volume.values);
    fields.pair = false;
    fields.scl_slope = 0.5;
    fields.scl_inter = -10;
    writeBytes(path("a.nii"), niftiFile(fields, values));
    QCOMPARE(readVolume(path("a.nii")).values, (std::vector<float>{-9.5, -9, -8.5, 10, 15, 50}));
    for (const double none : {0.0, std::nan("")}) {
      fields.scl_slope = none;
      writeBytes(path("a.nii"), niftiFile(fields, values));
      QCOMPARE(readVolume(path("a.nii")).values, volume.values);
    }
  }

  void readsSignsAndLimits() {
    const auto read = [this](int datatype, const std::string& values, std::int64_t count) {
      writeBytes(path("a.nii"),
                 niftiFile({.dim = {1, 1, 1, count, 1}, .datatype = datatype}, values));
      return readVolume(path("a.nii")).values;
    };
    QCOMPARE(read(256, storedAll<std::int8_t>({-128, -1}), 2), (std::vector<float>{-128, -1}));
    QCOMPARE(read(4, storedAll<std::int16_t>({-32768, -1}), 2), (std::vector<float>{-32768, -1}));
    QCOMPARE(read(512, storedAll<std::uint16_t>({65535}), 1), (std::vector<float>{65535}));
    QCOMPARE(read(768, storedAll<std::uint32_t>({4294967295}), 1),
             (std::vector<float>{4294967296}));
    const std::vector<float> floats = read(16, storedAll<float>({NAN, INFINITY, -0.1F}), 3);
    QVERIFY(std::isnan(floats[0]) && std::isinf(floats[1]));
    QCOMPARE(floats[2], -0.1F);
  }

  void readsComplexNumbersAndColors() {
    // nibabel: abs(2 * [3+4j, 1-1j] + 1)
    const std::string pairs = storedAll<float>({3, 4, 1, -1});
    writeBytes(
        path("a.nii"),
        niftiFile({.dim = {1, 1, 1, 2}, .datatype = 32, .scl_slope = 2, .scl_inter = 1}, pairs));
    const BrainFile file = readBrainFile(path("a.nii"));
    QVERIFY(std::abs(file.volume->values[0] - 10.63014581F) < 1e-6F);
    QVERIFY(std::abs(file.volume->values[1] - 3.60555128F) < 1e-6F);
    QCOMPARE(file.type, std::string("complex64"));
    QVERIFY(file.notes.front().find("magnitude") != std::string::npos);
    writeBytes(path("a.nii"),
               niftiFile({.dim = {1, 1, 1, 1}, .datatype = 1792}, storedAll<double>({-3, 4})));
    QCOMPARE(readVolume(path("a.nii")).values, (std::vector<float>{5}));
    for (const auto& [datatype, bytes] : {std::pair<int, std::string>(128, "\xff\x64\x0a"),
                                          std::pair<int, std::string>(2304, "\xff\x64\x0a\xff")}) {
      writeBytes(path("a.nii"), niftiFile({.dim = {1, 1, 1, 1}, .datatype = datatype}, bytes));
      const BrainFile colors = readBrainFile(path("a.nii"));
      QVERIFY(std::abs(colors.volume->values[0] - 126.455F) < 1e-4F); // .2126 R + .7152 G + .0722 B
      QVERIFY(colors.notes.front().find("luminance") != std::string::npos);
    }
    writeBytes(path("a.nii"),
               niftiFile({.dim = {1, 1, 1, 1}, .datatype = 1536}, std::string(16, '\0')));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVolume(path("a.nii")), ErrorKind::unsupported, "float128", "a.nii");
  }

  void findsThePlaceOfVoxels() {
    NiftiFields fields{.dim = {1, 2, 3}};
    const auto read = [&] {
      writeBytes(path("a.nii"), niftiFile(fields, sixFloats));
      return readBrainFile(path("a.nii"));
    };
    fields.pixdim = {-1, 2, 3, 4, 1, 1, 1, 1};
    const BrainFile unplaced = read();
    QVERIFY(areClose(
        unplaced.volume->affine, {{{2, 0, 0, 0}, {0, 3, 0, 0}, {0, 0, 4, 0}, {0, 0, 0, 1}}}, 0));
    QVERIFY(unplaced.notes.front().find("no affine") != std::string::npos);
    fields.quatern = {0.1, 0.2, 0.3, 10, -20, 30.5};
    fields.qform_code = 1;
    const VoxelAffine qform{{{1.4799999666213983, -1.5492513835553647, -1.7237789870466562, 10},
                             {1.1928342604719482, 2.3999999552965154, 0.26188946074077313, -20},
                             {-0.6218894804103061, 0.9164171348946458, -3.599999988079071, 30.5},
                             {0, 0, 0, 1}}};
    for (const int version : {1, 2}) {
      for (const bool bigEndian : {false, true}) {
        fields.version = version;
        fields.bigEndian = bigEndian;
        const BrainFile file = read();
        QVERIFY(areClose(file.volume->affine, qform, 5e-7)); // float32 in version 1
        QVERIFY(file.notes.empty());
      }
    }
    fields.bigEndian = false;
    fields.sform_code = 4;
    fields.srow = {-2, 0, 0, 90, 0, 0, 2.5, -126, 0, 2, 0, -72};
    const VoxelAffine sform{{{-2, 0, 0, 90}, {0, 0, 2.5, -126}, {0, 2, 0, -72}, {0, 0, 0, 1}}};
    QVERIFY(areClose(read().volume->affine, sform, 0));
    QCOMPARE(orientationOf(read().volume->affine), std::string("LSA"));
    fields.xyzt_units = 1; // m
    fields.srow = {-0.5, 0, 0, 0.25, 0, 0, 0.5, 0, 0, 0.5, 0, 0};
    const BrainFile metres = read();
    QCOMPARE(metres.volume->affine[0][3], 250.0);
    QVERIFY(metres.notes.front().find("stored in m ") != std::string::npos);
    fields.xyzt_units = 3; // µm
    fields.srow = {-500, 0, 0, 250, 0, 0, 500, 0, 0, 500, 0, 0};
    QCOMPARE(read().volume->affine[0][0], -0.5);
    fields.srow[0] = NAN;
    CORTOGRAPH_EXPECT_ERROR((void)read(), ErrorKind::format, "sform", "a.nii");
  }

  void readsVertexData() {
    // As FreeSurfer does: the count of vertices in glmin, or cut into 27307 × 1 × 6.
    writeBytes(path("lh.a.nii"), niftiFile({.dim = {-1, 1, 1}, .glmin = 6}, sixFloats));
    const VertexData counted = readVertexData(path("lh.a.nii"));
    QCOMPARE(counted.of(Side::left), oneToSix);
    std::vector<double> numbers(163842 * 2);
    std::iota(numbers.begin(), numbers.end(), 0);
    writeBytes(
        path("rh.b.nii"),
        niftiFile({.dim = {27307, 1, 6, 2}, .pixdim = {1, 1, 1, 1, 0.5, 1, 1, 1}, .xyzt_units = 10},
                  storedAll<float>(numbers)));
    const VertexData cut = readVertexData(path("rh.b.nii"));
    QCOMPARE(cut.mesh.name, std::string("fsaverage"));
    QCOMPARE(cut.columns.size(), std::size_t{2});
    QCOMPARE(cut.of(Side::right, 1).back(), 163842.0F * 2 - 1);
    QVERIFY(cut.kind == VertexDataKind::time);
    QCOMPARE(cut.timeStep, 0.5);
    // A column along any axis.
    for (const std::vector<std::int64_t>& dim :
         {std::vector<std::int64_t>{6}, {6, 1, 1}, {1, 6, 1}, {1, 1, 6, 1}}) {
      writeBytes(path("lh.c.nii"), niftiFile({.version = 2, .dim = dim}, sixFloats));
      QCOMPARE(readVertexData(path("lh.c.nii")).of(Side::left), oneToSix);
    }
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVolume(path("lh.c.nii")), ErrorKind::format, "a volume is expected");
  }

  void refusesBadFiles() {
    const NiftiFields good{.dim = {1, 2, 3}};
    const auto refuse = [this](NiftiFields fields, const std::string& values, const char* words) {
      for (const int version : {1, 2}) {
        fields.version = version;
        writeBytes(path("bad.nii"), niftiFile(fields, values));
        CORTOGRAPH_EXPECT_ERROR(
            (void)readVolume(path("bad.nii")), ErrorKind::format, words, "bad.nii");
      }
    };
    const auto with = [&good](auto&& change) {
      NiftiFields fields = good;
      change(fields);
      return fields;
    };
    refuse(good, sixFloats.substr(1), "it can hold 5 at most");
    refuse(with([](NiftiFields& f) {
             f.dim = {32767, 32767, 32767, 32767, 32767, 32767, 32767};
           }),
           sixFloats,
           "32767x");
    refuse(with([](NiftiFields& f) { f.dim = {2, -3, 1}; }), sixFloats, "axis 2 is -3");
    refuse(with([](NiftiFields& f) { f.dim = {-1, 1, 1}; }), sixFloats, "axis 1 is -1");
    refuse(with([](NiftiFields& f) { f.dim = {}; }), sixFloats, "states 0 axes");
    refuse(with([](NiftiFields& f) { f.vox_offset = 100; }), sixFloats, "inside its header");
    refuse(with([](NiftiFields& f) { f.vox_offset = -5; }), sixFloats, "first value");
    refuse(with([](NiftiFields& f) { f.vox_offset = 1e12; }), sixFloats, "0 at most");
    for (const int datatype : {0, 1, 3, 32767}) {
      writeBytes(path("bad.nii"),
                 niftiFile(with([&](NiftiFields& f) { f.datatype = datatype; }), sixFloats));
      CORTOGRAPH_EXPECT_ERROR(
          (void)readVolume(path("bad.nii")), ErrorKind::unsupported, "type", "bad.nii");
    }
    std::string magic = niftiFile(good, sixFloats);
    magic[345] = 'x';
    writeBytes(path("bad.nii"), magic);
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVolume(path("bad.nii")), ErrorKind::format, "unknown format", "NIfTI");
    writeBytes(path("alone.hdr"), niftiHeader(with([](NiftiFields& f) { f.pair = true; })));
    CORTOGRAPH_EXPECT_ERROR((void)readVolume(path("alone.hdr")), ErrorKind::file, ".img", "beside");
    writeBytes(path("alone.img"), sixFloats.substr(4));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVolume(path("alone.hdr")), ErrorKind::format, "5 at most", "alone.img");
  }

  void survivesBombs() {
    // 64 MB of zeros, which a header of six values does not ask for, and of which one asks for
    // more.
    const std::string zeros(std::size_t{1} << 26U, '\0');
    writeBytes(path("bomb.nii.gz"), gzipped(niftiFile({.dim = {1, 2, 3}}, zeros)));
    QCOMPARE(readVolume(path("bomb.nii.gz")).values, std::vector<float>(6, 0));
    const NiftiFields lying{.version = 2, .dim = {1, 1000, 1000, 1000}};
    writeBytes(path("bomb.nii.gz"), gzipped(niftiFile(lying, sixFloats)));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVolume(path("bomb.nii.gz")), ErrorKind::format, "at most", "bomb");
  }

  void survivesDamage() {
    writeBytes(path("a.nii"), niftiFile({.dim = {1, 2, 3}}, sixFloats));
    writeBytes(path("a.nii.gz"), gzipped(bytesOf(path("a.nii"))));
    writeBytes(path("lh.b.nii"),
               niftiFile({.version = 2, .bigEndian = true, .dim = {6, 1, 1}},
                         storedAll<float>({1, 2, 3, 4, 5, 6}, true)));
    const auto read = [](const fs::path& file) { return readVolumeOrData(file); };
    for (const char* name : {"a.nii", "a.nii.gz", "lh.b.nii"}) {
      const int size = static_cast<int>(bytesOf(path(name)).size());
      QCOMPARE(survive(path(name), Damage::cut, size, read).refused, size);
      const Survival garbled = survive(path(name), Damage::garbled, 500, read);
      QCOMPARE(garbled.asBefore + garbled.other + garbled.refused, 500);
      QVERIFY(garbled.refused > 10);
    }
    const fs::path real = dataPath("formats/nifti/tiny.nii");
    CORTOGRAPH_NEED(real);
    QCOMPARE(survive(real, Damage::cut, 460, read).refused, 460);
  }

private:
  /// What damage must not change unseen.
  static std::vector<float> readVolumeOrData(const fs::path& file) {
    const BrainFile content = readBrainFile(file);
    return content.volume ? content.volume->values : content.columns.front().values;
  }

  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(NiftiTest, QCoreApplication)
#include "nifti_test.moc"
