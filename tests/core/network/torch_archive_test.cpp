#include "base/error.h"
#include "core/base/garble.h"
#include "network/weight_tensor.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

template <class T> std::string packed(T value) {
  return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

/// A zip archive of stored members.
std::string zipOf(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string archive;
  std::string directory;
  for (const auto& [name, data] : members) {
    const auto local = static_cast<std::uint32_t>(archive.size());
    const std::string sizes = packed<std::uint32_t>(0) +
                              packed(static_cast<std::uint32_t>(data.size())) +
                              packed(static_cast<std::uint32_t>(data.size())) +
                              packed(static_cast<std::uint16_t>(name.size()));
    const std::string common = std::string(10, '\0') + sizes + packed<std::uint16_t>(0);
    archive += std::string("PK\x03\x04", 4) + common + name + data;
    directory += std::string("PK\x01\x02", 4) + packed<std::uint16_t>(0) + common +
                 std::string(10, '\0') + packed(local) + name;
  }
  const auto offset = static_cast<std::uint32_t>(archive.size());
  const auto count = static_cast<std::uint16_t>(members.size());
  return archive + directory + std::string("PK\x05\x06", 4) + packed<std::uint32_t>(0) +
         packed(count) + packed(count) + packed(static_cast<std::uint32_t>(directory.size())) +
         packed(offset) + packed<std::uint16_t>(0);
}

std::string pickledText(const std::string& text) {
  return "X" + packed(static_cast<std::uint32_t>(text.size())) + text;
}

/// Whole numbers below 256 as a pickled tuple.
std::string pickledTuple(const std::string& numbers) {
  std::string out = "(";
  for (const char number : numbers) {
    out += std::string("K") + number;
  }
  return out + "t";
}

/// What torch.save writes of a float32 tensor of storage 0.
std::string pickledTensor(char offset, const std::string& shape, const std::string& strides) {
  return "ctorch._utils\n_rebuild_tensor_v2\n((" + pickledText("storage") +
         "ctorch\nFloatStorage\n" + pickledText("0") + pickledText("cpu") + "K\x06tQK" + offset +
         pickledTuple(shape) + pickledTuple(strides) + "\x89" + "ccollections\nOrderedDict\n)RtR";
}

/// An archive of one tensor, "w", over the six values 0 .. 5, or of any other pickle.
WeightFile archiveOf(const std::string& pickle) {
  std::string values;
  for (int i = 0; i < 6; ++i) {
    values += packed(static_cast<float>(i));
  }
  const std::string bytes =
      zipOf({{"made/data.pkl", "\x80\x02" + pickle + "."}, {"made/data/0", values}});
  std::vector<std::byte> copy(bytes.size());
  std::memcpy(copy.data(), bytes.data(), bytes.size());
  return WeightFile::fromBytes("made.pth", std::move(copy));
}

WeightFile archiveOfTensor(char offset, const std::string& shape, const std::string& strides) {
  return archiveOf("}" + pickledText("w") + pickledTensor(offset, shape, strides) + "s");
}

std::vector<float> valuesOf(const WeightTensor& weight) {
  const torch::Tensor tensor = toFloatTensor(weight, torch::kCPU).contiguous();
  return {tensor.data_ptr<float>(), tensor.data_ptr<float>() + tensor.numel()};
}

std::string contentOf(const fs::path& path) {
  const WeightFile file = WeightFile::open(path);
  std::string text;
  for (const auto& [name, tensor] : file.tensors()) {
    text += name + shapeText(tensor.shape) + std::string(toString(tensor.type));
    text.append(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
  }
  return text;
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

  void otherFilesAreTold() {
    const QTemporaryDir folder;
    const fs::path path = folder.filePath("w.pth").toStdString();
    writeBytes(path, "\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.");
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(path), ErrorKind::unsupported, "1.6");
    writeBytes(path, zipOf({{"holiday/photo.jpg", "x"}}));
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(path), ErrorKind::format, "data.pkl");
    writeBytes(path, zipOf({{"m/data.pkl", "\x80\x02}."}, {"m/constants.pkl", ""}}));
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(path), ErrorKind::unsupported, "TorchScript");
    writeBytes(path, zipOf({{"m/data.pkl", "\x80\x02}."}, {"m/byteorder", "big"}}));
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(path), ErrorKind::unsupported, "order");
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

QTEST_GUILESS_MAIN(TorchArchiveTest)
#include "torch_archive_test.moc"
