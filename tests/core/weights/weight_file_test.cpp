#include "base/error.h"
#include "core/base/garble.h"
#include "core/weights/archives.h"
#include "core/weights/content.h"
#include "demo/networks/demo_networks.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "weights/weight_file.h"

#include <QTemporaryDir>

#include <cstring>
#include <utility>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

WeightFile fileOf(const std::string& header, std::size_t dataBytes, std::uint64_t length) {
  return WeightFile::fromBytes(
      "made.safetensors", asBytes(safetensorsOf(header, std::string(dataBytes, '\0'), length)));
}

WeightFile fileOf(const std::string& header, std::size_t dataBytes) {
  return fileOf(header, dataBytes, header.size());
}

} // namespace

class WeightFileTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void readsPublicFiles() {
    const fs::path path = fixturePath("backbones/timm_vit.safetensors");
    CORTOGRAPH_NEED(path);
    const WeightFile file = WeightFile::open(path);
    QCOMPARE(file.tensors().size(), std::size_t{44});
    QCOMPARE(shapeText(file.at("patch_embed.proj.weight").shape), std::string("48x3x16x16"));
    QCOMPARE(file.at("cls_token").bytes.size(), std::size_t{48 * 4});
    QCOMPARE(file.metadata().at("format"), std::string("pt"));
    QCOMPARE(file.hash().size(), std::size_t{64});
    const WeightFile half = WeightFile::open(fixturePath("backbones/timm_vit.f16.safetensors"));
    QVERIFY(half.at("norm.bias").type == WeightType::f16);
    CORTOGRAPH_EXPECT_ERROR((void)file.at("nothing"), ErrorKind::notFound, "nothing", "timm_vit");
  }

  void readsEveryType() {
    static constexpr std::pair<const char*, std::size_t> types[] = {{"F64", 8},
                                                                    {"F32", 4},
                                                                    {"F16", 2},
                                                                    {"BF16", 2},
                                                                    {"F8_E4M3", 1},
                                                                    {"F8_E5M2", 1},
                                                                    {"I64", 8},
                                                                    {"I32", 4},
                                                                    {"I16", 2},
                                                                    {"I8", 1},
                                                                    {"U64", 8},
                                                                    {"U32", 4},
                                                                    {"U16", 2},
                                                                    {"U8", 1},
                                                                    {"BOOL", 1}};
    std::string header = "{" + entryOf("empty", "F32", "[0,5]", "[0,0]");
    std::size_t offset = 0;
    for (const auto& [type, size] : types) {
      header += "," + entryOf(type,
                              type,
                              "[1,3]",
                              "[" + std::to_string(offset) + "," +
                                  std::to_string(offset + 3 * size) + "]");
      offset += 3 * size;
    }
    const WeightFile file = fileOf(header + "}", offset);
    QCOMPARE(file.tensors().size(), std::size(types) + 1);
    for (const auto& [type, size] : types) {
      QCOMPARE(toString(file.at(type).type), std::string_view(type));
      QCOMPARE(file.at(type).bytes.size(), 3 * size);
    }
    QVERIFY(file.at("empty").bytes.empty());
    QCOMPARE(shapeText(fileOf("{" + entryOf("c", "F32", "[]", "[0,4]") + "}", 4).at("c").shape),
             std::string("scalar"));
  }

  void refusesDamage_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("dataBytes");
    QTest::addColumn<QByteArray>("told");
    const auto row = [](const char* name, const std::string& header, int bytes, const char* told) {
      QTest::newRow(name) << QByteArray::fromStdString(header) << bytes << QByteArray(told);
    };
    row("no JSON", "{\"a\":", 0, "not JSON");
    row("no object", "[1,2]", 0, "not a JSON object");
    row("key twice",
        "{" + entryOf("a", "U8", "[1]", "[0,1]") + "," + entryOf("a", "U8", "[1]", "[1,2]") + "}",
        2,
        "twice");
    row("beyond the end", "{" + entryOf("a", "F32", "[2]", "[0,8]") + "}", 4, "only 4 bytes");
    row("bytes left over", "{" + entryOf("a", "F32", "[1]", "[0,4]") + "}", 8, "8 follow");
    row("overlap",
        "{" + entryOf("a", "F32", "[2]", "[0,8]") + "," + entryOf("b", "F32", "[1]", "[4,8]") + "}",
        8,
        "8 was expected");
    row("hole",
        "{" + entryOf("a", "U8", "[1]", "[0,1]") + "," + entryOf("b", "U8", "[1]", "[2,3]") + "}",
        3,
        "1 was expected");
    row("shape disagrees", "{" + entryOf("a", "F32", "[3]", "[0,8]") + "}", 8, "8 bytes");
    row("shape overflows",
        "{" + entryOf("a", "F32", "[4611686018427387904,4]", "[0,0]") + "}",
        0,
        "0 bytes");
    row("shape overflows to zero, then is zero",
        "{" + entryOf("a", "F32", "[9223372036854775807,9223372036854775807,2]", "[0,8]") + "}",
        8,
        "8 bytes");
    row("absurd shape of nothing",
        "{" + entryOf("a", "F32", "[0,4611686018427387904,4]", "[0,0]") + "}",
        0,
        "0 bytes");
    row("metadata is a list", "{\"__metadata__\":[]}", 0, "__metadata__");
    row("nested without end",
        "{\"__metadata__\":{\"a\":" + std::string(60000, '[') + std::string(60000, ']') + "}}",
        0,
        "deeper");
    row("negative axis", "{" + entryOf("a", "F32", "[-1]", "[0,4]") + "}", 4, "whole numbers");
    row("too many axes", "{" + entryOf("a", "U8", "[1,1,1,1,1,1,1,1,1]", "[0,1]") + "}", 1, "8");
    row("offsets turned", "{" + entryOf("a", "F32", "[1]", "[4,0]") + "}", 4, "byte 4 to 0");
    row("no offsets", "{\"a\":{\"dtype\":\"U8\",\"shape\":[1]}}", 1, "data_offsets");
    row("no dtype", "{\"a\":{\"shape\":[1],\"data_offsets\":[0,1]}}", 1, "dtype");
    row("no entry", "{\"a\":3}", 0, "JSON object");
  }
  void refusesDamage() {
    QFETCH(QByteArray, header);
    QFETCH(int, dataBytes);
    QFETCH(QByteArray, told);
    CORTOGRAPH_EXPECT_ERROR((void)fileOf(header.toStdString(), static_cast<std::size_t>(dataBytes)),
                            ErrorKind::format,
                            "made.safetensors",
                            told.constData());
  }

  void refusesForeignFiles() {
    CORTOGRAPH_EXPECT_ERROR(
        (void)fileOf("{}", 0, 3), ErrorKind::format, "header would take 3 bytes of a file of 10");
    CORTOGRAPH_EXPECT_ERROR(
        (void)fileOf("{}", 0, std::uint64_t{2} << 56U), ErrorKind::format, "highest byte first");
    CORTOGRAPH_EXPECT_ERROR(
        (void)fileOf("{}", 0, std::uint64_t{1} << 48U), ErrorKind::format, "281474976710656 bytes");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::fromBytes("short", std::vector<std::byte>(7, std::byte{1})),
        ErrorKind::format,
        "7 bytes");
    CORTOGRAPH_EXPECT_ERROR((void)fileOf("{" + entryOf("a", "F4", "[2]", "[0,1]") + "}", 1),
                            ErrorKind::unsupported,
                            "\"F4\"",
                            "F8_E5M2");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open("/nowhere/w.safetensors"), ErrorKind::notFound, "/nowhere");
    const QTemporaryDir folder;
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(folder.path().toStdString()), ErrorKind::file, "without weights");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open("/dev/null"), ErrorKind::file, "not a regular file");
  }

  void survivesDamage() {
    const fs::path path = fixturePath("backbones/timm_vit.f16.safetensors");
    CORTOGRAPH_NEED(path);
    const Survival cut = survive(path, Damage::cut, 100, contentOf);
    QCOMPARE(cut.refused, 100);
    const Survival garbled = survive(path, Damage::garbled, 300, contentOf);
    QVERIFY(garbled.refused > 30); // those in the header
    QCOMPARE(garbled.refused + garbled.other + garbled.asBefore, 300);
  }

  void writesWhatItReads() {
    std::map<std::string, Array<float>> tensors;
    tensors["b.weight"] = Array<float>({2, 3}, {1, 2, 3, 4, 5, 6});
    tensors["a"] = Array<float>({1}, {-0.5F});
    const std::vector<std::byte> bytes = serializeWeights(tensors, {{"heads", "4"}});
    QVERIFY(bytes == serializeWeights(tensors, {{"heads", "4"}}));
    const WeightFile file = WeightFile::fromBytes("made", bytes);
    QCOMPARE(file.metadata().at("heads"), std::string("4"));
    QCOMPARE(file.at("b.weight").shape, (std::vector<std::int64_t>{2, 3}));
    std::vector<float> values(6);
    std::memcpy(values.data(), file.at("b.weight").bytes.data(), 24);
    QCOMPARE(values, tensors["b.weight"].values);
    QCOMPARE((file.at("a").bytes.data() - file.bytes().data()) % 8, std::ptrdiff_t{0});
  }

  void demoWeightsAreTheSameEachTime() {
    for (const auto& [spec, description] : demoNetworkList()) {
      QVERIFY(!description.empty());
      QCOMPARE(demoWeights(spec).hash(), demoWeights(spec).hash());
    }
    QVERIFY(demoWeights("demo:gabor").hash() != demoWeights("demo:random").hash());
    CORTOGRAPH_EXPECT_ERROR((void)demoWeights("demo:none"), ErrorKind::notFound, "demo:gabor");
  }
};

CORTOGRAPH_TEST(WeightFileTest, QCoreApplication)
#include "weight_file_test.moc"
