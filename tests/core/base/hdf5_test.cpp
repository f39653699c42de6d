#include "base/error.h"
#include "base/half.h"
#include "base/hdf5.h"
#include "core/base/full_disk.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <hdf5.h>

#include <cmath>
#include <thread>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

Array<float> wave(std::size_t count) {
  Array<float> array({count});
  for (std::size_t i = 0; i < count; ++i) {
    array.values[i] = std::sin(static_cast<float>(i));
  }
  return array;
}

void writeSample(const fs::path& file) {
  Hdf5File h5 = Hdf5File::create(file);
  h5.setAttributes("/",
                   {{"cortograph_kind", std::string("sample")},
                    {"schema", std::int64_t{1}},
                    {"rate", 0.001},
                    {"empty", std::string()}});
  h5.write("/select/layer", Array<float>({3, 4}, std::vector<float>(12, 0.25F)), "weights");
  h5.write("/large", wave(5000), "a wave");
  h5.write("/whole", Array<std::int64_t>({2}, {-1, std::int64_t{1} << 40U}), "whole numbers");
  h5.writeStrings("/images/name", {"train-0001", "", "Äpfel"}, "names");
  h5.flush();
}

/// Everything in the sample, for comparing.
std::string contentOf(const fs::path& file) {
  const Hdf5File h5 = Hdf5File::open(file);
  std::string all;
  for (const auto& [key, value] : h5.attributes()) {
    all += key + "=" + textOf({{key, value}}, key) + ";";
  }
  for (const std::string& name : h5.readStrings("/images/name")) {
    all += name + ";";
  }
  for (const char* name : {"/select/layer", "/large"}) {
    const Array<float> array = h5.read<float>(name);
    all += toString(array.shape);
    all.append(reinterpret_cast<const char*>(array.values.data()),
               array.values.size() * sizeof(float));
  }
  const Array<std::int64_t> whole = h5.read<std::int64_t>("/whole");
  return all + std::to_string(whole.values[0]) + std::to_string(whole.values[1]);
}

} // namespace

class Hdf5Test : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void keepsArraysAndTexts() {
    const fs::path file = path("sample.h5");
    writeSample(file);
    QVERIFY(Hdf5File::recognizes(file));
    const Hdf5File h5 = Hdf5File::open(file);
    QCOMPARE(h5.children("/"), (std::vector<std::string>{"images", "large", "select", "whole"}));
    QCOMPARE(h5.children("/nothing"), std::vector<std::string>{});
    QCOMPARE(h5.children("/large"), std::vector<std::string>{});
    QVERIFY(h5.has("/select/layer") && h5.has("/select") && h5.has("/"));
    QVERIFY(!h5.has("/select/other") && !h5.has("/no/where"));
    QCOMPARE(h5.shapeOf("/select/layer"), (ArrayShape{3, 4}));
    QVERIFY(h5.read<float>("/large") == wave(5000));
    QCOMPARE(h5.read<double>("/select/layer").values[5], 0.25);
    QCOMPARE(h5.read<std::int64_t>("/whole").values[1], std::int64_t{1} << 40U);
    QCOMPARE(h5.readStrings("/images/name"), (std::vector<std::string>{"train-0001", "", "Äpfel"}));
    const Attributes attributes = h5.attributes();
    QCOMPARE(textOf(attributes, "cortograph_kind"), std::string("sample"));
    QCOMPARE(textOf(attributes, "schema"), std::string("1"));
    QCOMPARE(std::get<double>(attributes.at("rate")), 0.001);
    QCOMPARE(textOf(attributes, "empty"), std::string());
    QCOMPARE(textOf(h5.attributes("/large"), "meaning"), std::string("a wave"));
  }

  void keepsEveryTypeAndShape() {
    const fs::path file = path("types.h5");
    Hdf5File h5 = Hdf5File::create(file);
    h5.write("/f", Array<float>({}, {2.5F}), "scalar");
    h5.write("/d", Array<double>({1}, {1.0 / 3}), "double");
    h5.write("/i", Array<std::int32_t>({2}, {-5, 7}), "int");
    h5.write("/b", Array<std::uint8_t>({3, 0}), "nothing");
    h5.write("/u", Array<std::uint8_t>({100, 100}, std::vector<std::uint8_t>(10000, 3)), "bytes");
    h5.writeStrings("/none", {}, "nothing");
    h5.setAttribute("/", "long", std::string(100000, 'x')); // beyond the 64 KiB of old HDF5 files
    QCOMPARE(textOf(h5.attributes(), "long").size(), std::size_t{100000});
    QCOMPARE(h5.read<float>("/f").shape, ArrayShape{});
    QCOMPARE(h5.read<float>("/f").values[0], 2.5F);
    QCOMPARE(h5.read<double>("/d").values[0], 1.0 / 3);
    QCOMPARE(h5.read<std::int32_t>("/i").values[0], -5);
    QCOMPARE(h5.read<std::uint8_t>("/b").shape, (ArrayShape{3, 0}));
    QCOMPARE(h5.read<std::uint8_t>("/u").values[9999], std::uint8_t{3});
    QCOMPARE(h5.readStrings("/none").size(), std::size_t{0});
  }

  void replacesWhatIsThere() {
    const fs::path file = path("replace.h5");
    writeSample(file);
    {
      Hdf5File h5 = Hdf5File::append(file);
      h5.write("/select/layer", Array<float>({1}, {9}), "new");
      h5.setAttribute("/", "schema", std::int64_t{2});
      h5.setAttribute("/large", "unit", std::string("mm"));
      h5.flush();
    }
    const Hdf5File h5 = Hdf5File::open(file);
    QCOMPARE(h5.read<float>("/select/layer").values, std::vector<float>{9});
    QCOMPARE(textOf(h5.attributes(), "schema"), std::string("2"));
    QCOMPARE(textOf(h5.attributes("/large"), "unit"), std::string("mm"));
  }

  void sameContentSameBytes() {
    writeSample(path("one.h5"));
    writeSample(path("two.h5"));
    const std::string bytes = bytesOf(path("one.h5"));
    QVERIFY(bytes == bytesOf(path("two.h5")));
    // Nor will they differ in another second: no object header (HDF5 file format, IV.A.1.b) has
    // the flag of stored times.
    int headers = 0;
    for (std::size_t at = bytes.find("OHDR"); at != std::string::npos;
         at = bytes.find("OHDR", at + 1)) {
      constexpr unsigned storesTimes = 0x20;
      QCOMPARE(static_cast<unsigned>(bytes.at(at + 5)) & storesTimes, 0U);
      ++headers;
    }
    QCOMPARE(headers, 7); // the root, two groups, four datasets
  }

  void fillsRows() {
    for (const StoredFloat stored : {StoredFloat::float32, StoredFloat::float16}) {
      const fs::path file = path("rows.h5");
      std::vector<float> values(6 * 2 * 5);
      for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(i) / 7;
      }
      {
        Hdf5File h5 = Hdf5File::create(file);
        h5.createRows("/layer/00/local", {6, 2, 5}, stored, "tokens");
        h5.writeRows("/layer/00/local", 0, 4, std::span(values).first(40));
        h5.writeRows("/layer/00/local", 4, 2, std::span(values).last(20));
        h5.flush();
      }
      const Hdf5File h5 = Hdf5File::open(file);
      const Array<float> all = h5.read<float>("/layer/00/local");
      QCOMPARE(all.shape, (ArrayShape{6, 2, 5}));
      std::vector<float> some(20);
      h5.readRows("/layer/00/local", 3, 2, some);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const float expected =
            stored == StoredFloat::float32 ? values[i] : floatFromHalf(halfFromFloat(values[i]));
        QCOMPARE(all.values[i], expected);
        QVERIFY(i < 30 || i >= 50 || some[i - 30] == expected);
      }
      // HDF5's own conversion agrees.
      QCOMPARE(static_cast<float>(h5.read<double>("/layer/00/local").values[17]), all.values[17]);
      CORTOGRAPH_EXPECT_ERROR(
          h5.readRows("/layer/00/local", 5, 2, some), ErrorKind::mismatch, "6x2x5");
      CORTOGRAPH_EXPECT_ERROR(
          h5.readRows("/layer/00/local", 0, 1, some), ErrorKind::mismatch, "20");
    }
  }

  void threadsTakeTurns() {
    const fs::path file = path("threads.h5");
    writeSample(file);
    const Hdf5File h5 = Hdf5File::open(file);
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 50; ++i) {
          good += h5.read<float>("/large") == wave(5000) ? 1 : 0;
        }
      });
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    QCOMPARE(good.load(), 200);
  }

  void saysWhatIsWrong() {
    const fs::path file = path("errors.h5");
    writeSample(file);
    const Hdf5File h5 = Hdf5File::open(file);
    CORTOGRAPH_EXPECT_ERROR(
        (void)h5.read<float>("/select/none"), ErrorKind::format, "/select/none", "errors.h5");
    CORTOGRAPH_EXPECT_ERROR((void)h5.read<float>("/select"), ErrorKind::format, "group", "/select");
    CORTOGRAPH_EXPECT_ERROR(
        (void)h5.read<float>("/images/name"), ErrorKind::format, "text", "/images/name");
    CORTOGRAPH_EXPECT_ERROR((void)h5.readStrings("/large"), ErrorKind::format, "numbers", "/large");
    CORTOGRAPH_EXPECT_ERROR((void)h5.attributes("/none"), ErrorKind::format, "/none");
    CORTOGRAPH_EXPECT_ERROR((void)Hdf5File::open(path("absent.h5")), ErrorKind::file, "absent.h5");
    CORTOGRAPH_EXPECT_ERROR((void)Hdf5File::open(path(".")), ErrorKind::file, "plain file");
    writeBytes(path("text.h5"), "I am no HDF5 file at all");
    QVERIFY(!Hdf5File::recognizes(path("text.h5")));
    QVERIFY(!Hdf5File::recognizes(path("absent.h5")));
    CORTOGRAPH_EXPECT_ERROR(
        (void)Hdf5File::open(path("text.h5")), ErrorKind::format, "no HDF5 file");
    CORTOGRAPH_EXPECT_ERROR(
        (void)Hdf5File::create(path("none/x.h5")), ErrorKind::file, "none/x.h5");
    const std::string bytes = bytesOf(file);
    writeBytes(path("half.h5"), bytes.substr(0, bytes.size() / 2));
    CORTOGRAPH_EXPECT_ERROR(
        (void)Hdf5File::open(path("half.h5")), ErrorKind::format, "truncated", "half.h5");
  }

  void survivesDamage() {
    const fs::path file = path("damage.h5");
    writeSample(file);
    const Survival cut = survive(file, Damage::cut, 200, &contentOf);
    QCOMPARE(cut.refused, 200);
    // Everything has a check sum: what reads is what was written.
    const Survival garbled = survive(file, Damage::garbled, 400, &contentOf);
    QCOMPARE(garbled.other, 0);
    QVERIFY(garbled.refused > 100);
  }

  void aFullDiskIsAnError() {
    const auto openFiles = [] {
      const fs::directory_iterator all("/proc/self/fd");
      return std::distance(begin(all), end(all));
    };
    const auto openBefore = openFiles();
    const FullDisk full(64 * 1024);
    const fs::path file = path("full.h5");
    Array<float> noise({200000});
    std::uint32_t state = 1;
    for (float& value : noise.values) {
      state = state * 1664525U + 1013904223U;
      value = static_cast<float>(state);
    }
    CORTOGRAPH_EXPECT_ERROR(
        {
          Hdf5File h5 = Hdf5File::create(file);
          h5.write("/noise", noise, "does not compress");
          h5.flush();
        },
        ErrorKind::file,
        "full.h5");
    CORTOGRAPH_EXPECT_ERROR(
        {
          Hdf5File h5 = Hdf5File::create(path("full2.h5"));
          h5.createRows("/rows", {100, 10000}, StoredFloat::float32, "rows");
          for (std::size_t row = 0; row < 100; ++row) {
            h5.writeRows("/rows", row, 1, std::span(noise.values).first(10000));
          }
          h5.flush();
        },
        ErrorKind::file,
        "full2.h5",
        "space");
    QCOMPARE(openFiles(), openBefore);
  }

private:
  [[nodiscard]] fs::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

  QTemporaryDir folder_;

  /// Links that lead out of their place, and values in other files, are refused by name.
  void followsNoLinks() {
    const fs::path file = path("links.h5");
    const fs::path secret = path("secret.bin");
    writeBytes(secret, std::string(16, 'x'));
    const auto made = [&](const char* name, hid_t how) {
      const hsize_t extent = 4;
      const hid_t space = H5Screate_simple(1, &extent, nullptr);
      const hid_t h5 = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
      const hid_t dataset =
          H5Dcreate2(h5, name, H5T_IEEE_F32LE, space, H5P_DEFAULT, how, H5P_DEFAULT);
      QVERIFY(dataset >= 0);
      H5Dclose(dataset);
      H5Fclose(h5);
      H5Sclose(space);
    };
    writeSample(file);
    const hid_t h5 = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    QVERIFY(h5 >= 0);
    H5Lcreate_soft("/large", h5, "/soft", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external(
        path("other.h5").c_str(), "/large", h5, "/outside", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcreate_external(path("other.h5").c_str(), "/", h5, "/folder", H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(h5);
    writeSample(path("other.h5"));
    const hid_t external = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_external(external, secret.c_str(), 0, 16);
    made("/raw", external);
    const hid_t virtualLayout = H5Pcreate(H5P_DATASET_CREATE);
    const hsize_t extent = 4;
    const hid_t space = H5Screate_simple(1, &extent, nullptr);
    H5Pset_virtual(virtualLayout, space, path("other.h5").c_str(), "/large", space);
    made("/virtual", virtualLayout);
    const Hdf5File found = Hdf5File::open(file);
    for (const char* name : {"/soft", "/outside", "/folder/large"}) {
      CORTOGRAPH_EXPECT_ERROR((void)found.read<float>(name), ErrorKind::unsupported, "link");
    }
    for (const char* name : {"/raw", "/virtual"}) {
      CORTOGRAPH_EXPECT_ERROR((void)found.read<float>(name), ErrorKind::unsupported, "other files");
    }
    QCOMPARE(found.read<float>("/large").values.size(), std::size_t{5000});
  }

  /// A group that holds itself, and a dataset made of itself.
  void circlesEnd() {
    const fs::path file = path("circle.h5");
    writeSample(file);
    const hid_t h5 = H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t group = H5Gcreate2(h5, "/group", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    QVERIFY(H5Lcreate_hard(h5, "/group", group, "itself", H5P_DEFAULT, H5P_DEFAULT) >= 0);
    QVERIFY(H5Lcreate_hard(h5, "/", group, "root", H5P_DEFAULT, H5P_DEFAULT) >= 0);
    const hid_t how = H5Pcreate(H5P_DATASET_CREATE);
    const hsize_t extent = 4;
    const hid_t space = H5Screate_simple(1, &extent, nullptr);
    H5Pset_virtual(how, space, ".", "/self", space);
    H5Dclose(H5Dcreate2(h5, "/self", H5T_IEEE_F32LE, space, H5P_DEFAULT, how, H5P_DEFAULT));
    H5Gclose(group);
    H5Fclose(h5);
    const Hdf5File found = Hdf5File::open(file);
    const std::vector<std::string> names = found.datasets();
    QCOMPARE(std::ranges::count(names, "/large"), std::ptrdiff_t{1});
    QVERIFY(std::ranges::none_of(
        names, [](const std::string& name) { return name.find("root") != std::string::npos; }));
    CORTOGRAPH_EXPECT_ERROR(
        (void)found.read<float>("/self"), ErrorKind::unsupported, "other files");
    CORTOGRAPH_EXPECT_ERROR((void)found.shapeOf("/self"), ErrorKind::unsupported, "other files");
  }

  /// The old layout has no checksums: every byte of its metadata is turned once.
  void survivesDamageOfTheOldLayout() {
    const fs::path file = path("old.h5");
    const fs::path damaged = path("damaged.h5");
    {
      const hid_t h5 = H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
      const hid_t group = H5Gcreate2(h5, "/group", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
      const std::array<hsize_t, 2> extents{40, 30};
      const std::array<hsize_t, 2> chunk{8, 30};
      const hid_t space = H5Screate_simple(2, extents.data(), nullptr);
      const hid_t how = H5Pcreate(H5P_DATASET_CREATE);
      H5Pset_chunk(how, 2, chunk.data());
      H5Pset_deflate(how, 4);
      const std::vector<float> values(1200, 0.5F);
      const hid_t dataset =
          H5Dcreate2(group, "values", H5T_IEEE_F32LE, space, H5P_DEFAULT, how, H5P_DEFAULT);
      QVERIFY(H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >=
              0);
      H5Dclose(dataset);
      H5Pclose(how);
      H5Sclose(space);
      H5Gclose(group);
      H5Fclose(h5);
    }
    QCOMPARE(Hdf5File::open(file).read<float>("/group/values").values[7], 0.5F);
    const std::string bytes = bytesOf(file);
    for (std::size_t at = 0; at < bytes.size(); at += 5) {
      std::string turned = bytes;
      turned[at] = static_cast<char>(~turned[at]);
      writeBytes(damaged, turned);
      try {
        const Hdf5File found = Hdf5File::open(damaged);
        for (const std::string& name : found.datasets()) {
          (void)found.read<float>(name);
        }
      } catch (const Error& error) {
        QVERIFY2(std::string(error.what()).find("damaged.h5") != std::string::npos, error.what());
      }
    }
  }

  /// A file whose writer died keeps HDF5's mark of it.
  void saysThatAFileIsHeld() {
    const fs::path file = path("held.h5");
    writeSample(file);
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110);
    const hid_t h5 = H5Fopen(file.c_str(), H5F_ACC_RDWR, access);
    H5Fflush(h5, H5F_SCOPE_GLOBAL);
    const std::string bytes = bytesOf(file);
    H5Fclose(h5);
    writeBytes(path("killed.h5"), bytes);
    CORTOGRAPH_EXPECT_ERROR(
        (void)Hdf5File::open(path("killed.h5")), ErrorKind::file, "killed.h5", "h5clear -s");
  }
};

CORTOGRAPH_TEST(Hdf5Test, QCoreApplication)
#include "hdf5_test.moc"
