#include "base/error.h"
#include "base/half.h"
#include "base/npy.h"
#include "core/base/full_disk.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <bit>
#include <cmath>
#include <limits>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// A .npy file of any header and bytes.
std::string npyBytes(int version, const std::string& header, const std::string& data) {
  std::string bytes = "\x93NUMPY";
  bytes += static_cast<char>(version);
  bytes += '\0';
  const std::size_t lengthBytes = version == 1 ? 2 : 4;
  for (std::size_t i = 0; i < lengthBytes; ++i) {
    bytes += static_cast<char>((header.size() >> (8 * i)) & 0xFFU);
  }
  return bytes + header + data;
}

std::string
headerOf(const std::string& type, const std::string& shape, const char* fortran = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
}

template <class T> std::string bytesIn(const std::vector<T>& values, bool swapped = false) {
  std::string bytes;
  for (const T value : values) {
    std::string one(reinterpret_cast<const char*>(&value), sizeof value);
    bytes += swapped ? std::string(one.rbegin(), one.rend()) : one;
  }
  return bytes;
}

template <class Stored> void checkType(const fs::path& file, const char* kind) {
  const std::vector<Stored> values{Stored(0), Stored(1), Stored(7), Stored(100)};
  for (const bool swapped : {false, true}) {
    const std::string type = std::string(swapped ? ">" : "<") + kind;
    writeBytes(file, npyBytes(1, headerOf(type, "(4,)"), bytesIn(values, swapped)));
    const NpyFile npy(file);
    QCOMPARE(npy.type(), type);
    QCOMPARE(npy.read<float>().values, (std::vector<float>{0, 1, 7, 100}));
    QCOMPARE(npy.read<double>().values, (std::vector<double>{0, 1, 7, 100}));
    QCOMPARE(npy.read<std::int32_t>().values, (std::vector<std::int32_t>{0, 1, 7, 100}));
    QCOMPARE(npy.read<std::int64_t>().values, (std::vector<std::int64_t>{0, 1, 7, 100}));
    QCOMPARE(npy.read<std::uint8_t>().values, (std::vector<std::uint8_t>{0, 1, 7, 100}));
  }
}

template <class T> void checkRoundTrip(const fs::path& file, const char* type) {
  const Array<T> array({2, 3}, {T(1), T(2), T(3), T(4), T(5), std::numeric_limits<T>::max()});
  writeNpy(file, array);
  QCOMPARE(NpyFile(file).type(), std::string(type));
  QVERIFY(NpyFile(file).read<T>() == array);
}

} // namespace

class NpyTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void readsRealResponses() {
    const fs::path file =
        dataPath("subject-simulated/training_split/training_fmri/lh_training_fmri.npy");
    CORTOGRAPH_NEED(file);
    const NpyFile npy(file);
    QCOMPARE(npy.shape(), (ArrayShape{600, 1026}));
    QCOMPARE(npy.type(), std::string("<f4"));
    const std::span<const float> mapped = npy.mappedFloats();
    QCOMPARE(mapped.size(), std::size_t{600 * 1026});
    const auto [low, high] = std::minmax_element(mapped.begin(), mapped.end());
    QCOMPARE(*low, -5.374333381652832F);
    QCOMPARE(*high, 4.55705451965332F);
    QVERIFY(std::equal(mapped.begin(), mapped.end(), npy.read<float>().values.begin()));
  }

  void mappingOutlivesTheFile() {
    const fs::path file = path("mapped.npy");
    writeNpy(file, Array<float>({3}, {1, 2, 3}));
    auto npy = std::make_unique<NpyFile>(file);
    const std::shared_ptr<const void> keep = npy->mapping();
    const std::span<const float> values = npy->mappedFloats();
    npy.reset();
    fs::remove(file);
    QCOMPARE(values[2], 3.0F);
  }

  void readsEveryType() {
    const fs::path file = path("type.npy");
    checkType<std::int8_t>(file, "i1");
    checkType<std::int16_t>(file, "i2");
    checkType<std::int32_t>(file, "i4");
    checkType<std::int64_t>(file, "i8");
    checkType<std::uint8_t>(file, "u1");
    checkType<std::uint16_t>(file, "u2");
    checkType<std::uint32_t>(file, "u4");
    checkType<std::uint64_t>(file, "u8");
    checkType<float>(file, "f4");
    checkType<double>(file, "f8");
    writeBytes(file, npyBytes(1, headerOf("|b1", "(2,)"), std::string("\1\0", 2)));
    QCOMPARE(NpyFile(file).read<std::uint8_t>().values, (std::vector<std::uint8_t>{1, 0}));
    writeBytes(file, npyBytes(1, headerOf(">f2", "(2,)"), std::string("\x3C\x00\xC1\x00", 4)));
    QCOMPARE(NpyFile(file).read<float>().values, (std::vector<float>{1.0F, -2.5F}));
  }

  void readsEveryVersionAndSpelling() {
    const fs::path file = path("version.npy");
    const std::string data = bytesIn<float>({1, 2, 3, 4, 5, 6});
    for (const int version : {1, 2, 3}) {
      writeBytes(file, npyBytes(version, headerOf("<f4", "(2, 3)"), data));
      QCOMPARE(NpyFile(file).shape(), (ArrayShape{2, 3}));
      QCOMPARE(NpyFile(file).read<float>().values, (std::vector<float>{1, 2, 3, 4, 5, 6}));
    }
    writeBytes(file,
               npyBytes(1, "{\"shape\":(6,),\"descr\":\"<f4\",\"fortran_order\":False}", data));
    QCOMPARE(NpyFile(file).shape(), (ArrayShape{6}));
    writeBytes(file, npyBytes(1, headerOf("<f4", "()"), bytesIn<float>({9})));
    QCOMPARE(NpyFile(file).shape(), ArrayShape{});
    QCOMPARE(NpyFile(file).read<float>().values, (std::vector<float>{9}));
    writeBytes(file, npyBytes(1, headerOf("<f4", "(0, 5)"), ""));
    QCOMPARE(NpyFile(file).read<float>().values.size(), std::size_t{0});
  }

  void turnsFortranOrder() {
    const fs::path file = path("fortran.npy");
    // a[i, j, k] = 100 i + 10 j + k, first index fastest.
    std::vector<float> stored;
    std::vector<float> expected;
    for (int k = 0; k < 4; ++k) {
      for (int j = 0; j < 3; ++j) {
        for (int i = 0; i < 2; ++i) {
          stored.push_back(static_cast<float>(100 * i + 10 * j + k));
        }
      }
    }
    for (int i = 0; i < 2; ++i) {
      for (int j = 0; j < 3; ++j) {
        for (int k = 0; k < 4; ++k) {
          expected.push_back(static_cast<float>(100 * i + 10 * j + k));
        }
      }
    }
    writeBytes(file, npyBytes(1, headerOf("<f4", "(2, 3, 4)", "True"), bytesIn(stored)));
    const NpyFile npy(file);
    QVERIFY(npy.fortranOrder());
    QVERIFY(npy.mappedFloats().empty());
    QCOMPARE(npy.read<float>().values, expected);
  }

  void writesWhatNumpyReads() {
    const fs::path file = path("written.npy");
    checkRoundTrip<float>(file, "<f4");
    checkRoundTrip<double>(file, "<f8");
    checkRoundTrip<std::int32_t>(file, "<i4");
    checkRoundTrip<std::int64_t>(file, "<i8");
    checkRoundTrip<std::uint8_t>(file, "|u1");
    writeNpy(file, Array<float>({2}, {1, 2}));
    const std::string bytes = bytesOf(file);
    QCOMPARE(bytes.size(), std::size_t{128 + 8});
    QCOMPARE(
        bytes.substr(10, 60),
        std::string("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }").append(3, ' '));
    QCOMPARE(bytes[127], '\n');
    writeNpy(file, Array<float>({}, {5}));
    QCOMPARE(NpyFile(file).shape(), ArrayShape{});
    const Array<float> odd({2}, {std::nanf(""), -INFINITY});
    writeNpy(file, odd);
    QVERIFY(std::isnan(NpyFile(file).read<float>().values[0]));
    QCOMPARE(NpyFile(file).read<float>().values[1], -INFINITY);
  }

  void halvesAreExact() {
    for (std::uint32_t bits = 0; bits < 0x10000U; ++bits) {
      const auto half = static_cast<std::uint16_t>(bits);
      const float value = floatFromHalf(half);
      const bool isNan = (half & 0x7FFFU) > 0x7C00U;
      QCOMPARE(std::isnan(value), isNan);
      QVERIFY(isNan || halfFromFloat(value) == half);
    }
    QCOMPARE(floatFromHalf(0x3555), 0.333251953125F);
    QCOMPARE(floatFromHalf(0x0001), 0x1p-24F);
    QCOMPARE(halfFromFloat(65519.0F), std::uint16_t{0x7BFF});
    QCOMPARE(halfFromFloat(65520.0F), std::uint16_t{0x7C00});
    QCOMPARE(halfFromFloat(1.0F + 0x1p-11F), std::uint16_t{0x3C00});            // tie, to even
    QCOMPARE(halfFromFloat(1.0F + 0x1p-11F + 0x1p-20F), std::uint16_t{0x3C01}); // above it
    QCOMPARE(halfFromFloat(1.0F + 3 * 0x1p-11F), std::uint16_t{0x3C02});        // tie, to even
    QCOMPARE(halfFromFloat(0x1p-25F), std::uint16_t{0});                        // tie, to even
    QCOMPARE(halfFromFloat(-0x1.8p-25F), std::uint16_t{0x8001});
  }

  void refusesBadFiles() {
    const fs::path file = path("bad.npy");
    const auto refuse = [&file](const std::string& bytes, ErrorKind kind, const char* words) {
      writeBytes(file, bytes);
      CORTOGRAPH_EXPECT_ERROR(NpyFile{file}, kind, words, "bad.npy");
    };
    CORTOGRAPH_EXPECT_ERROR(NpyFile{path("absent.npy")}, ErrorKind::notFound, "absent.npy");
    CORTOGRAPH_EXPECT_ERROR(NpyFile{path(".")}, ErrorKind::file, "not a regular file");
    refuse("", ErrorKind::format, "empty");
    refuse("hello world, hello", ErrorKind::format, "does not begin");
    refuse(npyBytes(9, headerOf("<f4", "(1,)"), "1234"), ErrorKind::unsupported, "version 9");
    refuse(npyBytes(1, headerOf("<f4", "(2,)"), "1234"), ErrorKind::format, "8 bytes");
    refuse(npyBytes(1, headerOf("<f4", "(1,)"), "12345"), ErrorKind::format, "4 bytes");
    refuse(npyBytes(1, headerOf("|O", "(1,)"), "1234"), ErrorKind::unsupported, "pickled");
    refuse(npyBytes(1, headerOf("<c8", "(1,)"), "12345678"), ErrorKind::unsupported, "<c8");
    refuse(npyBytes(1, headerOf("<U1", "(1,)"), "1234"), ErrorKind::unsupported, "<U1");
    refuse(npyBytes(1, headerOf("<f16", "(1,)"), "1234"), ErrorKind::unsupported, "<f16");
    refuse(npyBytes(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", "1234"),
           ErrorKind::unsupported,
           "<f4");
    refuse(npyBytes(1, headerOf("<f4", "(4294967296, 4294967296, 4)"), "1234"),
           ErrorKind::format,
           "a computer");
    refuse(npyBytes(1, headerOf("<f4", "(1000000000000,)"), "1234"), ErrorKind::format, "claims");
    refuse(npyBytes(1, headerOf("<f4", "(-1,)"), "1234"), ErrorKind::format, "header");
    refuse(
        npyBytes(1, headerOf("<f4", "(99999999999999999999,)"), ""), ErrorKind::format, "header");
    refuse(npyBytes(1, "{'descr': '<f4', 'shape': (1,)}", "1234"), ErrorKind::format, "header");
    refuse(npyBytes(2, "x", "").substr(0, 11), ErrorKind::format, "ends inside");
    refuse(npyBytes(1, headerOf("<f4", "(1,)"), "1234").substr(0, 30), ErrorKind::format, "inside");
  }

  void refusesLossyWholeNumbers() {
    const fs::path file = path("lossy.npy");
    writeNpy(file, Array<float>({2}, {1.0F, 2.5F}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)NpyFile(file).read<std::int32_t>(), ErrorKind::format, "position 1", "lossy.npy");
    writeNpy(file, Array<std::int64_t>({1}, {256}));
    CORTOGRAPH_EXPECT_ERROR((void)NpyFile(file).read<std::uint8_t>(), ErrorKind::format, "255");
    writeNpy(file, Array<double>({1}, {std::nan("")}));
    CORTOGRAPH_EXPECT_ERROR((void)NpyFile(file).read<std::int64_t>(), ErrorKind::format, "whole");
    writeNpy(file, Array<double>({1}, {0x1p63}));
    CORTOGRAPH_EXPECT_ERROR((void)NpyFile(file).read<std::int64_t>(), ErrorKind::format, "whole");
  }

  void survivesDamage() {
    const fs::path file = path("damage.npy");
    writeNpy(file, Array<float>({20, 30}, std::vector<float>(600, 1.5F)));
    const auto read = [](const fs::path& f) { return NpyFile(f).read<float>(); };
    const Survival cut = survive(file, Damage::cut, 200, read);
    QCOMPARE(cut.refused, 200);
    const Survival garbled = survive(file, Damage::garbled, 400, read);
    QCOMPARE(garbled.asBefore + garbled.other + garbled.refused, 400);
    QVERIFY(garbled.refused > 5);
  }

  void aFullDiskLeavesNothing() {
    const fs::path file = path("full.npy");
    {
      const FullDisk full(1000);
      CORTOGRAPH_EXPECT_ERROR(
          writeNpy(file, Array<float>({10000})), ErrorKind::file, "full.npy", "space");
    }
    for (const auto& entry : fs::directory_iterator(folder_.path().toStdString())) {
      QVERIFY(entry.path().string().find("full") == std::string::npos);
    }
    CORTOGRAPH_EXPECT_ERROR(
        writeNpy(path("none/x.npy"), Array<float>({1})), ErrorKind::file, "does not exist");
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;
};

CORTOGRAPH_TEST(NpyTest, QCoreApplication)
#include "npy_test.moc"
