#include "base/error.h"
#include "compute/weight_tensor.h"
#include "core/base/garble.h"
#include "core/weights/archives.h"
#include "core/weights/content.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <algorithm>
#include <utility>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// An archive of one tensor, "w", over the six values 0 .. 5, or of any other pickle.
WeightFile archiveOf(const std::string& pickle, NamedMembers more = {}) {
  return WeightFile::fromBytes("made.pth", asBytes(archiveBytes(pickle, std::move(more))));
}

WeightFile archiveOfTensor(char offset, const std::string& shape, const std::string& strides) {
  return archiveOf("}" + pickledText("w") + pickledTensor(offset, shape, strides) + "s");
}

std::vector<float> valuesOf(const WeightTensor& weight) {
  const torch::Tensor tensor = toFloatTensor(weight, torch::kCPU).contiguous();
  return {tensor.data_ptr<float>(), tensor.data_ptr<float>() + tensor.numel()};
}

} // namespace

class TorchArchiveTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void publicFilesHoldWhatTheirTwinsDo_data() {
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"dinov2_vit", "mae_vit", "moco_v3_vit", "open_clip_vit", "sam_vit", "torchvision_vit"}) {
      QTest::newRow(name) << name;
    }
  }

  void publicFilesHoldWhatTheirTwinsDo() {
    QFETCH(const QString, name);
    const fs::path folder = fixturePath("backbones");
    CORTOGRAPH_NEED(folder);
    const WeightFile archive = WeightFile::open(folder / (name + ".pth").toStdString());
    const WeightFile twin = WeightFile::open(folder / (name + ".safetensors").toStdString());
    QVERIFY(!twin.tensors().empty());
    for (const auto& [key, expected] : twin.tensors()) {
      const std::string ending = "." + key;
      const auto found =
          std::find_if(archive.tensors().begin(), archive.tensors().end(), [&](const auto& entry) {
            return entry.first == key || entry.first.ends_with(ending);
          });
      QVERIFY2(found != archive.tensors().end(), key.c_str());
      QCOMPARE(found->second.shape, expected.shape);
      QVERIFY2(valuesOf(found->second) == valuesOf(expected), key.c_str());
    }
  }

  void aTrainedNetworkOpens() {
    const fs::path path = dataPath("weights/vit_cifar10.pth");
    CORTOGRAPH_NEED(path);
    const WeightFile file = WeightFile::open(path);
    QVERIFY(file.tensors().size() > 50);
    for (const auto& [name, weight] : file.tensors()) {
      for (const float value : valuesOf(weight)) {
        QVERIFY2(std::isfinite(value), name.c_str());
      }
    }
  }

  void stridedTensorsAreReadRowByRow() {
    const std::vector<float> rows{0, 1, 2, 3, 4, 5};
    QCOMPARE(valuesOf(archiveOfTensor(0, "\2\3", "\3\1").at("w")), rows);
    QCOMPARE(valuesOf(archiveOfTensor(0, "\3\2", "\1\3").at("w")),
             (std::vector<float>{0, 3, 1, 4, 2, 5}));
    QCOMPARE(valuesOf(archiveOfTensor(1, "\2\2", "\2\1").at("w")),
             (std::vector<float>{1, 2, 3, 4}));
    QCOMPARE(valuesOf(archiveOfTensor(5, "", "").at("w")), std::vector<float>{5});
  }

  void tensorsBeyondTheirStorageAreRefused() {
    CORTOGRAPH_EXPECT_ERROR(
        (void)archiveOfTensor(1, "\2\3", "\3\1"), ErrorKind::format, "\"w\"", "6 values");
    CORTOGRAPH_EXPECT_ERROR(
        (void)archiveOfTensor(0, "\7\7", "\0\0"), ErrorKind::format, "7x7", "6 values");
    CORTOGRAPH_EXPECT_ERROR((void)archiveOfTensor(0, "\2\2", "\4\2"), ErrorKind::format, "beyond");
    CORTOGRAPH_EXPECT_ERROR((void)archiveOfTensor(0, "\2\3", "\1"), ErrorKind::format, "\"w\"");
  }

  void nestedMappingsGiveNamesWithDots() {
    const std::string tensor = pickledTensor(0, "\6", "\1");
    const WeightFile file =
        archiveOf("}(" + pickledText("epoch") + "K\x07" + pickledText("model") + "}" +
                  pickledText("a.weight") + tensor + "s" + pickledText("args") +
                  "cargparse\nNamespace\n)R}" + pickledText("lr") + "K\x01sb" + "u");
    QCOMPARE(file.tensors().size(), std::size_t{1});
    QVERIFY(file.has("model.a.weight"));
  }

  void orderedDictionariesKeepTheirMetadataToThemselves() {
    const std::string tensor = pickledTensor(0, "\6", "\1");
    const WeightFile file =
        archiveOf("ccollections\nOrderedDict\nq\x01)R(" + pickledText("a") + tensor +
                  pickledText("b.c") + tensor + "u}" + pickledText("_metadata") + "h\x01)R" +
                  pickledText("version") + tensor + "ssb");
    QCOMPARE(file.tensors().size(), std::size_t{2});
    QVERIFY(file.has("a") && file.has("b.c"));
  }

  void whatWouldRunIsRefusedByName() {
    CORTOGRAPH_EXPECT_ERROR((void)archiveOf("cos\nsystem\n(" + pickledText("true") + "tR"),
                            ErrorKind::unsupported,
                            "os system",
                            "made.pth");
    CORTOGRAPH_EXPECT_ERROR((void)archiveOf("c__builtin__\neval\n(" + pickledText("1") + "tR"),
                            ErrorKind::unsupported,
                            "__builtin__ eval");
  }

  void circlesEnd() {
    // A mapping that holds itself.
    CORTOGRAPH_EXPECT_ERROR((void)archiveOf("}q\x01" + pickledText("me") + "h\x01s"),
                            ErrorKind::format,
                            "no named tensors");
  }

  void parametersAndTensorsOfOtherClassesAreLookedThrough() {
    const std::string tensor = pickledTensor(0, "\6", "\1");
    const std::string hooks = "\x89"
                              "ccollections\nOrderedDict\n)R";
    const std::string call = tensor.substr(tensor.find("("), tensor.size() - tensor.find("(") - 1);
    const WeightFile file = archiveOf(
        "}(" + pickledText("p") + "ctorch._utils\n_rebuild_parameter\n(" + tensor + hooks + "tR" +
        pickledText("s") + "ctorch._utils\n_rebuild_parameter_with_state\n(" + tensor + hooks +
        "}tR" + pickledText("t") +
        "ctorch._tensor\n_rebuild_from_type_v2\n(ctorch._utils\n_rebuild_tensor_v2\nctorch."
        "nn.parameter\nParameter\n" +
        call + "}tR" + "u");
    QCOMPARE(file.tensors().size(), std::size_t{3});
    for (const char* name : {"p", "s", "t"}) {
      QCOMPARE(valuesOf(file.at(name)), (std::vector<float>{0, 1, 2, 3, 4, 5}));
    }
  }

  void typesWithoutAStorageOfTheirOwn() {
    const auto opened = [](const char* type, const std::string& shape) {
      return archiveOf("}" + pickledText("w") + pickledLaterTensor(shape, "\1", type) + "s");
    };
    // The bytes of 0.f, 1.f, …: 0 0 0 0, 0 0 0x80 0x3f.
    QVERIFY(opened("uint16", "\4").at("w").type == WeightType::u16);
    QCOMPARE(valuesOf(opened("uint16", "\4").at("w")), (std::vector<float>{0, 0, 0, 0x3f80}));
    QCOMPARE(valuesOf(opened("uint32", "\2").at("w")), (std::vector<float>{0, 0x3f800000}));
    QCOMPARE(valuesOf(opened("uint64", "\1").at("w")),
             (std::vector<float>{static_cast<float>(0x3f80000000000000)}));
    QCOMPARE(valuesOf(opened("float8_e4m3fn", "\x8").at("w"))[7], 0x1.ep0F);
    QVERIFY(opened("float8_e5m2", "\x8").at("w").type == WeightType::f8e5m2);
    CORTOGRAPH_EXPECT_ERROR(
        (void)opened("float8_e4m3fnuz", "\x8"), ErrorKind::unsupported, "\"w\"", "float8_e4m3fnuz");
    CORTOGRAPH_EXPECT_ERROR(
        (void)opened("uint64", "\4"), ErrorKind::format, "4, more than the 3 values");
  }

  void everyStorageIsRead_data() {
    QTest::addColumn<QByteArray>("storage");
    QTest::addColumn<QByteArray>("type");
    for (const auto& [storage, type] : {std::pair("Double", "F64"),
                                        std::pair("Float", "F32"),
                                        std::pair("Half", "F16"),
                                        std::pair("BFloat16", "BF16"),
                                        std::pair("Long", "I64"),
                                        std::pair("Int", "I32"),
                                        std::pair("Short", "I16"),
                                        std::pair("Char", "I8"),
                                        std::pair("Byte", "U8"),
                                        std::pair("Bool", "BOOL")}) {
      QTest::newRow(storage) << QByteArray(storage) << QByteArray(type);
    }
  }
  void everyStorageIsRead() {
    QFETCH(QByteArray, storage);
    QFETCH(QByteArray, type);
    const WeightFile file = archiveOf(
        "}" + pickledText("w") +
        pickledTensor(1, "\2", "\1", "torch\n" + storage.toStdString() + "Storage\n") + "s");
    QCOMPARE(toString(file.at("w").type), std::string_view(type.constData()));
    QCOMPARE(file.at("w").bytes.size(), 2 * bytesOf(file.at("w").type));
    CORTOGRAPH_EXPECT_ERROR(
        (void)archiveOf("}" + pickledText("w") +
                        pickledTensor(0, "\1", "\1", "torch\nComplexFloatStorage\n") + "s"),
        ErrorKind::unsupported,
        "ComplexFloatStorage");
  }

  void sharedStoragesAreViewsOfOne() {
    const WeightFile file = archiveOf("}(" + pickledText("a") + pickledTensor(0, "\6", "\1") +
                                      pickledText("b") + pickledTensor(2, "\3", "\1") + "u");
    QCOMPARE(file.at("b").bytes.data(), file.at("a").bytes.data() + 8);
    QCOMPARE(valuesOf(file.at("b")), (std::vector<float>{2, 3, 4}));
    QVERIFY(file.at("a").bytes.data() > file.bytes().data()); // nothing was copied
    QVERIFY(file.at("a").bytes.data() < file.bytes().data() + file.bytes().size());
  }

  void otherProtocolsAreRead() {
    // As pickle.dumps(…, protocol=4) frames and remembers: sets, bytes, large numbers beside "w".
    const std::string tensor = pickledTensor(0, "\6", "\1");
    const WeightFile file = archiveOf("\x80\x04\x95" + packed<std::uint64_t>(99) +
                                      "}\x94(\x8c\x01s\x94\x8f\x94(K\x01K\x02\x90" +
                                      "\x8c\x01"
                                      "bC\x02\xff\xfe\x94\x8c\x01n\x8a\x09" +
                                      std::string(9, '\x7f') +
                                      "\x8c\x0b"
                                      "collections\x8c\x0bOrderedDict\x93)R0\x8c\x01w" +
                                      tensor + "u");
    QCOMPARE(valuesOf(file.at("w")), (std::vector<float>{0, 1, 2, 3, 4, 5}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)archiveOf("\x80\x09}"), ErrorKind::format, "protocol 9", "2 to 5");
  }

  void otherArchivesAreTold() {
    const auto opened = [](const std::string& bytes) {
      (void)WeightFile::fromBytes("made.pth", asBytes(bytes));
    };
    const std::string sound = "}" + pickledText("w") + pickledTensor(0, "\6", "\1") + "s";
    CORTOGRAPH_EXPECT_ERROR(opened(zipOf({{"holiday/photo.jpg", "x"}})),
                            ErrorKind::format,
                            "data.pkl",
                            "holiday/photo.jpg",
                            "unpack");
    CORTOGRAPH_EXPECT_ERROR(
        opened(zipOf({{"w.pth", "x"}}, 8)), ErrorKind::format, "no data.pkl", "w.pth", "unpack");
    CORTOGRAPH_EXPECT_ERROR(opened(zipOf({{"made/data.pkl", "x"}}, 8)),
                            ErrorKind::unsupported,
                            "data.pkl",
                            "compressed");
    CORTOGRAPH_EXPECT_ERROR(
        opened(archiveBytes(sound, {{"made/byteorder", "big"}})), ErrorKind::unsupported, "order");
    opened(archiveBytes(sound,
                        {{"made/byteorder", "little"},
                         {"made/version", "3\n"},
                         {"made/.format_version", "1"},
                         {"made/.data/serialization_id", "0123"}}));
    CORTOGRAPH_EXPECT_ERROR(opened(archiveBytes(sound, {{"made/data/0", ""}})),
                            ErrorKind::format,
                            "made/data/0",
                            "twice");
    CORTOGRAPH_EXPECT_ERROR(
        opened(archiveBytes(sound).substr(0, 200)), ErrorKind::format, "its end");
  }

  void whatGrowsWithoutEndIsRefused() {
    // Twenty mappings, each of which holds the next a hundred times.
    std::string pickle = "}q\x01";
    for (char level = 1; level < 20; ++level) {
      pickle += std::string("}q") + static_cast<char>(level + 1) + "(";
      for (int copy = 0; copy < 100; ++copy) {
        pickle += pickledText(std::to_string(copy)) + "h" + level;
      }
      pickle += "u";
    }
    CORTOGRAPH_EXPECT_ERROR((void)archiveOf(pickle), ErrorKind::format, "over and over");
    CORTOGRAPH_EXPECT_ERROR((void)archiveOf(std::string(20000, '(')), ErrorKind::format, "at once");
    CORTOGRAPH_EXPECT_ERROR(
        (void)archiveOf(std::string(5'000'000, ']')), ErrorKind::format, "values");
    CORTOGRAPH_EXPECT_ERROR(
        (void)archiveOf("c" + std::string(5000, 'a')), ErrorKind::format, "name");
    CORTOGRAPH_EXPECT_ERROR((void)archiveOf("X\xff\xff\xff\x7f"), ErrorKind::format, "middle");
    CORTOGRAPH_EXPECT_ERROR(
        (void)archiveOf("\x8d" + std::string(8, '\xff')), ErrorKind::format, "middle");
  }

  void survivesDamage() {
    const fs::path path = fixturePath("backbones/mae_vit.pth");
    CORTOGRAPH_NEED(path);
    const Survival cut = survive(path, Damage::cut, 60, contentOf);
    QCOMPARE(cut.refused, 60);
    const Survival garbled = survive(path, Damage::garbled, 300, contentOf);
    QVERIFY(garbled.refused > 10);
    QCOMPARE(garbled.asBefore + garbled.other + garbled.refused, 300);
  }
};

CORTOGRAPH_TEST(TorchArchiveTest, QCoreApplication)
#include "torch_archive_test.moc"
