#include "base/hash.h"
#include "core/base/garble.h"
#include "core/weights/archives.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "weights/weight_file.h"

#include <QTemporaryDir>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// A safetensors file of one F32 tensor of three values.
std::string shardOf(const std::string& tensor, const std::string& metadata = "") {
  return safetensorsOf("{" + metadata + entryOf(tensor, "F32", "[3]", "[0,12]") + "}",
                       countedFloats(3));
}

std::string torchShardOf(const std::string& tensor) {
  return archiveBytes("}" + pickledText(tensor) + pickledTensor(0, "\6", "\1") + "s");
}

} // namespace

class WeightShardsTest : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> temporary_;
  fs::path folder_;

  fs::path write(const std::string& name, const std::string& bytes) {
    writeBytes(folder_ / name, bytes);
    return folder_ / name;
  }
  fs::path index(const std::string& map, const std::string& before = "") {
    return write("model.safetensors.index.json", "{" + before + "\"weight_map\": {" + map + "}}");
  }

private Q_SLOTS:
  void init() {
    temporary_ = std::make_unique<QTemporaryDir>();
    folder_ = temporary_->path().toStdString();
  }

  void tablesAreMerged() {
    const std::string one = shardOf("a", "\"__metadata__\":{\"format\":\"pt\"},");
    const std::string two = shardOf("b.weight");
    write("m-00001-of-00002.safetensors", one);
    write("m-00002-of-00002.safetensors", two);
    const fs::path path = index("\"b.weight\": \"m-00002-of-00002.safetensors\", "
                                "\"a\": \"m-00001-of-00002.safetensors\"",
                                "\"metadata\": {\"total_size\": 24}, ");
    const WeightFile file = WeightFile::open(path);
    QVERIFY(file.container() == WeightContainer::shards);
    QVERIFY(!file.isTorchScript());
    QCOMPARE(file.tensors().size(), std::size_t{2});
    QCOMPARE(shapeText(file.at("b.weight").shape), std::string("3"));
    QCOMPARE(file.metadata().at("total_size"), std::string("24"));
    QCOMPARE(file.metadata().at("format"), std::string("pt"));
    const std::string all = bytesOf(path) + one + two;
    QCOMPARE(file.size(), std::uint64_t{all.size()});
    QCOMPARE(file.bytes().size(), bytesOf(path).size());
    QCOMPARE(file.hash(), contentHash(asBytes(all)));
    const WeightFile single = WeightFile::open(folder_ / "m-00001-of-00002.safetensors");
    QCOMPARE(single.size(), std::uint64_t{one.size()});
    QCOMPARE(single.hash(), contentHash(asBytes(one)));
  }

  void shardsOfTorchAndOpenThroughLinks() {
    fs::create_directory(folder_ / "blobs");
    write("blobs/0123", torchShardOf("a"));
    fs::create_symlink(folder_ / "blobs/0123", folder_ / "m-1.bin");
    write("m-2.bin", torchShardOf("b"));
    const WeightFile file = WeightFile::open(index("\"a\": \"m-1.bin\", \"b\": \"m-2.bin\""));
    QCOMPARE(file.tensors().size(), std::size_t{2});
    QVERIFY(file.has("a") && file.has("b"));
  }

  void missingShardsAndTensorsAreNamed() {
    write("1.safetensors", shardOf("a"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(index("\"a\": \"1.safetensors\", \"b\": \"2.safetensors\"")),
        ErrorKind::notFound,
        "2.safetensors",
        "index.json");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(index("\"a\": \"1.safetensors\", \"b\": \"1.safetensors\"")),
        ErrorKind::format,
        "\"b\"",
        "1.safetensors",
        "lacks it");
  }

  void aNameInTwoShardsIsRefused() {
    write("1.safetensors", shardOf("a"));
    write("2.safetensors",
          safetensorsOf("{" + entryOf("a", "U8", "[1]", "[0,1]") + "," +
                            entryOf("b", "U8", "[1]", "[1,2]") + "}",
                        "xy"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(index("\"a\": \"1.safetensors\", \"b\": \"2.safetensors\"")),
        ErrorKind::format,
        "\"a\"",
        "another shard");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(index("\"a\": \"1.safetensors\", \"a\": \"2.safetensors\"")),
        ErrorKind::format,
        "\"a\" twice");
  }

  void shardsStayInTheirFolder() {
    fs::create_directory(folder_ / "inner");
    write("w.safetensors", shardOf("a"));
    for (const std::string& name : {std::string("../w.safetensors"),
                                    (folder_ / "w.safetensors").string(),
                                    std::string("sub/../../w.safetensors"),
                                    std::string("..")}) {
      const fs::path path =
          write("inner/m.index.json", "{\"weight_map\":{\"a\":\"" + name + "\"}}");
      CORTOGRAPH_EXPECT_ERROR(
          (void)WeightFile::open(path), ErrorKind::format, "own folder", "m.index.json");
    }
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(index("\"a\": \"\"")), ErrorKind::format, "own folder");
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(index("\"a\": \"w.safetensors\\u0000\"")),
                            ErrorKind::format,
                            "own folder");
    write("inner/w.safetensors", shardOf("a"));
    QVERIFY(WeightFile::open(index("\"a\": \"inner/w.safetensors\"")).has("a"));
  }

  void otherJsonIsTold() {
    const fs::path config = write("config.json", "\n {\"hidden_size\": 768}");
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(config),
                            ErrorKind::format,
                            "config.json",
                            "weight_map",
                            "index.json");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(write("cut.index.json", "{\"weight_map\": {\"a\": \"1.saf")),
        ErrorKind::format,
        "not JSON");
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(index("\"a\": 3")), ErrorKind::format, "\"a\"");
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(index("")), ErrorKind::format, "no shards");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::open(write(
            "deep.json", "{\"a\":" + std::string(50000, '[') + std::string(50000, ']') + "}")),
        ErrorKind::format,
        "deeper");
    CORTOGRAPH_EXPECT_ERROR(
        (void)WeightFile::fromBytes("m.index.json", asBytes("{\"weight_map\":{}}")),
        ErrorKind::unsupported,
        "folder");
  }

  void anIndexIsNoShard() {
    const fs::path path = index("\"a\": \"model.safetensors.index.json\"");
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(path), ErrorKind::unsupported, "index.json");
  }

  void aFolderNamesItsWeights() {
    CORTOGRAPH_EXPECT_ERROR((void)WeightFile::open(folder_), ErrorKind::file, "without weights");
    const auto expect = [this](const std::string& name) {
      const std::string path = write(name, shardOf("a")).string();
      CORTOGRAPH_EXPECT_ERROR(
          (void)WeightFile::open(folder_), ErrorKind::file, "is a folder", path.c_str());
    };
    for (const char* name : {"training.bin",
                             "vit.pth",
                             "vit.safetensors",
                             "pytorch_model.bin",
                             "model.safetensors.index.json",
                             "model.safetensors"}) {
      expect(name);
    }
  }
};

CORTOGRAPH_TEST(WeightShardsTest, QCoreApplication)
#include "weight_shards_test.moc"
