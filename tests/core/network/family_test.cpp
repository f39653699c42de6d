#include "base/error.h"
#include "base/log.h"
#include "compute/weight_tensor.h"
#include "network/family.h"
#include "network/vit.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <array>
#include <fstream>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

using Shapes = std::map<std::string, std::vector<std::int64_t>>;

/// A safetensors file with these tensors, all zeros, which take no room on disk.
fs::path sparseFile(const QTemporaryDir& folder, const std::string& name, const Shapes& shapes) {
  nlohmann::json header;
  std::size_t end = 0;
  for (const auto& [tensor, shape] : shapes) {
    const std::size_t begin = end;
    end += *byteCount(shape, WeightType::f32);
    header[tensor] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {begin, end}}};
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');
  const std::uint64_t length = text.size();
  const fs::path path = folder.filePath(QString::fromStdString(name)).toStdString();
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&length), sizeof length);
  file << text;
  file.close();
  fs::resize_file(path, sizeof length + length + end);
  return path;
}

struct Size {
  std::int64_t depth;
  std::int64_t width;
  std::int64_t hidden;
  std::int64_t patch;
  std::int64_t side; ///< of the grid
};

void addNorm(Shapes& shapes, const std::string& name, std::int64_t width) {
  shapes[name + ".weight"] = {width};
  shapes[name + ".bias"] = {width};
}

void addLinear(Shapes& shapes, const std::string& name, std::int64_t out, std::int64_t in) {
  shapes[name + ".weight"] = {out, in};
  shapes[name + ".bias"] = {out};
}

/// timm's names.
Shapes plainVit(const Size& size) {
  const std::int64_t c = size.width;
  Shapes shapes{{"cls_token", {1, 1, c}},
                {"pos_embed", {1, size.side * size.side + 1, c}},
                {"patch_embed.proj.weight", {c, 3, size.patch, size.patch}},
                {"patch_embed.proj.bias", {c}}};
  for (std::int64_t i = 0; i < size.depth; ++i) {
    const std::string at = "blocks." + std::to_string(i) + ".";
    addNorm(shapes, at + "norm1", c);
    addLinear(shapes, at + "attn.qkv", 3 * c, c);
    addLinear(shapes, at + "attn.proj", c, c);
    addNorm(shapes, at + "norm2", c);
    addLinear(shapes, at + "mlp.fc1", size.hidden, c);
    addLinear(shapes, at + "mlp.fc2", c, size.hidden);
  }
  addNorm(shapes, "norm", c);
  return shapes;
}

Shapes dinov2Giant() {
  const Size size{40, 1536, 4096, 14, 37};
  Shapes shapes = plainVit(size);
  shapes["mask_token"] = {1, size.width};
  for (std::int64_t i = 0; i < size.depth; ++i) {
    const std::string at = "blocks." + std::to_string(i) + ".";
    for (const char* part : {"mlp.fc1", "mlp.fc2"}) {
      shapes.erase(at + part + ".weight");
      shapes.erase(at + part + ".bias");
    }
    addLinear(shapes, at + "mlp.w12", 2 * size.hidden, size.width);
    addLinear(shapes, at + "mlp.w3", size.width, size.hidden);
    shapes[at + "ls1.gamma"] = {size.width};
    shapes[at + "ls2.gamma"] = {size.width};
  }
  return shapes;
}

Shapes samHuge() {
  const Size size{32, 1280, 5120, 16, 64};
  Shapes shapes;
  for (auto& [name, shape] : plainVit(size)) {
    std::string renamed = "image_encoder." + name;
    if (const std::size_t at = renamed.find("mlp.fc"); at != std::string::npos) {
      renamed.replace(at, 6, "mlp.lin");
    }
    shapes[renamed] = shape;
  }
  shapes.erase("image_encoder.cls_token");
  shapes["image_encoder.pos_embed"] = {1, size.side, size.side, size.width};
  for (std::int64_t i = 0; i < size.depth; ++i) {
    const std::string at = "image_encoder.blocks." + std::to_string(i) + ".attn.rel_pos_";
    const std::int64_t distances = i % 8 == 7 ? 2 * size.side - 1 : 2 * 14 - 1;
    shapes[at + "h"] = {distances, 80};
    shapes[at + "w"] = {distances, 80};
  }
  shapes["prompt_encoder.no_mask_embed.weight"] = {1, 256};
  return shapes;
}

Shapes clipLarge() {
  const Size size{24, 1024, 4096, 14, 16};
  const std::int64_t c = size.width;
  Shapes shapes{{"visual.class_embedding", {c}},
                {"visual.positional_embedding", {size.side * size.side + 1, c}},
                {"visual.conv1.weight", {c, 3, size.patch, size.patch}},
                {"visual.proj", {c, 768}},
                {"token_embedding.weight", {49408, 768}},
                {"positional_embedding", {77, 768}},
                {"logit_scale", {}}};
  addNorm(shapes, "visual.ln_pre", c);
  addNorm(shapes, "visual.ln_post", c);
  for (std::int64_t i = 0; i < size.depth; ++i) {
    const std::string at = "visual.transformer.resblocks." + std::to_string(i) + ".";
    addNorm(shapes, at + "ln_1", c);
    shapes[at + "attn.in_proj_weight"] = {3 * c, c};
    shapes[at + "attn.in_proj_bias"] = {3 * c};
    addLinear(shapes, at + "attn.out_proj", c, c);
    addNorm(shapes, at + "ln_2", c);
    addLinear(shapes, at + "mlp.c_fc", size.hidden, c);
    addLinear(shapes, at + "mlp.c_proj", c, size.hidden);
  }
  return shapes;
}

NetworkInfo described(const fs::path& file, const NetworkSource& source = {}) {
  const WeightFile weights = WeightFile::open(file);
  return recognizeFamily(weights, source.family).describe(weights, source).info;
}

void writeText(const QTemporaryDir& folder, const char* name, const std::string& text) {
  std::ofstream(folder.filePath(name).toStdString()) << text;
}

std::string originOf(const NetworkInfo& info, const std::string& what) {
  for (const auto& [name, where] : info.origins) {
    if (name == what) {
      return where;
    }
  }
  return {};
}

const Size small{3, 128, 256, 16, 4};

/// The classes that the network on data/weights was trained on.
enum Cifar { plane, car, bird, cat, deer, dog, frog, horse, ship, truck };

/// Of the network's own head, for a photograph prepared as any network's.
torch::Tensor probabilities(const Network& network, const WeightFile& weights, const char* photo) {
  const auto tensor = [&weights](const char* name) {
    return toFloatTensor(weights.at(name), torch::kCPU);
  };
  const Picture picture = readPicture(dataPath("photos-colour/" + std::string(photo)));
  const Tokens tokens = network.tokens(prepareImage(picture, network).unsqueeze(0));
  const torch::Tensor normed = torch::layer_norm(tokens.global.back(),
                                                 {network.info().width()},
                                                 tensor("mlp_head.0.weight"),
                                                 tensor("mlp_head.0.bias"));
  const torch::Tensor scores =
      torch::linear(normed, tensor("mlp_head.1.weight"), tensor("mlp_head.1.bias"));
  return torch::softmax(scores, 1)[0];
}

} // namespace

class FamilyTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void tellsPublishedSizesFromShapes_data() {
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("family");
    QTest::addColumn<std::vector<int>>("shape"); // depth, width, heads, patch, image
    QTest::newRow("SAM-H") << "sam"
                           << "sam" << std::vector<int>{32, 1280, 16, 16, 1024};
    QTest::newRow("MAE-H") << "mae"
                           << "mae" << std::vector<int>{32, 1280, 16, 14, 224};
    QTest::newRow("CLIP-L") << "clip"
                            << "open_clip" << std::vector<int>{24, 1024, 16, 14, 224};
    QTest::newRow("DINOv2-g") << "dinov2"
                              << "dinov2" << std::vector<int>{40, 1536, 24, 14, 518};
  }
  void tellsPublishedSizesFromShapes() {
    QFETCH(QString, which);
    QFETCH(QString, family);
    QFETCH(std::vector<int>, shape);
    const QTemporaryDir folder;
    const Shapes shapes = which == "sam"    ? samHuge()
                          : which == "mae"  ? plainVit({32, 1280, 5120, 14, 16})
                          : which == "clip" ? clipLarge()
                                            : dinov2Giant();
    const WeightFile weights = WeightFile::open(sparseFile(folder, "w.safetensors", shapes));
    const Family& found = recognizeFamily(weights, "auto");
    QCOMPARE(QString::fromUtf8(found.name().data()), family);
    const NetworkInfo info = found.describe(weights, {}).info;
    QCOMPARE(
        (std::vector<int>{info.depth(), info.width(), info.heads, info.patch, info.image.rows}),
        shape);
    QCOMPARE(info.image.columns, info.image.rows);
    if (which == "clip") {
      QVERIFY(std::count(info.unused.begin(), info.unused.end(), "token_embedding.weight") == 1);
      QCOMPARE(info.unused.size(), std::size_t{6}); // with the projection, the last norm, the scale
    }
  }

  void namesAMissingBlock() {
    const QTemporaryDir folder;
    Shapes shapes = plainVit(small);
    std::erase_if(shapes, [](const auto& entry) { return entry.first.starts_with("blocks.1."); });
    const fs::path file = sparseFile(folder, "w.safetensors", shapes);
    CORTOGRAPH_EXPECT_ERROR((void)described(file),
                            ErrorKind::unsupported,
                            "w.safetensors",
                            "lacks blocks.1.norm1.weight (128)");
    shapes = plainVit(small);
    shapes["blocks.2147483647.norm1.weight"] = {128};
    CORTOGRAPH_EXPECT_ERROR((void)described(sparseFile(folder, "x.safetensors", shapes)),
                            ErrorKind::unsupported,
                            "blocks.2147483647.norm1.weight");
  }

  void findsTheNetworkInItsWrapper() {
    const QTemporaryDir folder;
    Shapes shapes;
    for (const auto& [name, shape] : plainVit(small)) {
      shapes["student.module.backbone." + name] = shape;
      // As chunks of blocks are named: the second number counts.
      std::string chunked = name;
      if (chunked.starts_with("blocks.")) {
        chunked.insert(7, "0.");
      }
      shapes["teacher.backbone." + chunked] = shape;
    }
    shapes["teacher.head.last_layer.weight"] = {10, 128};
    const fs::path file = sparseFile(folder, "w.safetensors", shapes);
    const WeightFile weights = WeightFile::open(file);
    const FamilyMatch match = familyNamed("dino").match(weights);
    QVERIFY(match.fits());
    QVERIFY(match.evidence.find("teacher.backbone.pos_embed 1x17x128") != std::string::npos);
    QCOMPARE(QString::fromUtf8(recognizeFamily(weights, "auto").name().data()), QString("dino"));
    const NetworkInfo info = described(file);
    QCOMPARE(info.depth(), 3);
    QVERIFY(std::count(
                info.unused.begin(), info.unused.end(), "student.module.backbone.pos_embed") == 1);
    shapes.erase("teacher.backbone.blocks.0.2.mlp.fc1.bias");
    CORTOGRAPH_EXPECT_ERROR((void)described(sparseFile(folder, "x.safetensors", shapes)),
                            ErrorKind::unsupported,
                            "lacks teacher.backbone.blocks.2.mlp.fc1.bias");
  }

  void readsTheConfigurationBesideIt() {
    const QTemporaryDir folder;
    const fs::path file = sparseFile(folder, "model.safetensors", plainVit(small));
    QCOMPARE(described(file).heads, 2);
    QCOMPARE(described(file).activation, std::string("gelu"));
    writeText(folder,
              "config.json",
              R"({"hidden_size": 128, "num_attention_heads": 8, "hidden_act": "gelu_new",
                  "layer_norm_eps": 1e-12})");
    writeText(folder,
              "preprocessor_config.json",
              R"({"image_mean": [0.1, 0.2, 0.3], "image_std": [0.5, 0.6, 0.7], "resample": 3,
                  "do_center_crop": true, "crop_size": {"height": 96, "width": 96},
                  "size": {"shortest_edge": 128}})");
    const WeightFile weights = WeightFile::open(file);
    const Description own = recognizeFamily(weights, "auto").describe(weights, {});
    QCOMPARE(own.info.heads, 8);
    QCOMPARE(originOf(own.info, "heads"), std::string("config.json"));
    QCOMPARE(own.info.activation, std::string("gelu_tanh"));
    QCOMPARE(own.info.layerNormEps, 1e-12);
    QCOMPARE(toString(own.info.image), std::string("96"));
    QCOMPARE(originOf(own.info, "image size"), std::string("preprocessor_config.json"));
    QCOMPARE(toString(own.preparation),
             std::string("center crop 0.75 bicubic, mean 0.1 0.2 0.3, deviation 0.5 0.6 0.7"));
    NetworkSource given;
    given.heads = 4;
    given.activation = "relu";
    given.imageSize = {32, 64};
    const NetworkInfo info = described(file, given);
    QCOMPARE(info.heads, 4);
    QCOMPARE(info.activation, std::string("relu"));
    QCOMPARE(toString(info.layers[2].grid), std::string("2x4"));
    given.imageSize = {32, 60};
    CORTOGRAPH_EXPECT_ERROR(
        (void)described(file, given), ErrorKind::unsupported, "32x60", "patches of 16");
  }

  void oblongGridsOfPositions() {
    const QTemporaryDir folder;
    Shapes shapes = plainVit(small);
    shapes["pos_embed"] = {1, 16 + 1, small.width};
    const WeightFile square = WeightFile::open(sparseFile(folder, "model.safetensors", shapes));
    const auto describedAs = [](const WeightFile& weights, const NetworkSource& source) {
      return recognizeFamily(weights, "auto").describe(weights, source);
    };
    QCOMPARE(toString(describedAs(square, {}).positions), std::string("4"));
    // Python writes NaN, which is not JSON.
    writeText(
        folder, "config.json", R"({"dropout": NaN, "name": "a NaN", "image_size": [32, 128]})");
    const Description oblong = describedAs(square, {});
    QCOMPARE(toString(oblong.positions), std::string("2x8"));
    QCOMPARE(toString(oblong.info.image), std::string("32x128"));
    QCOMPARE(originOf(oblong.info, "grid of the positions"), std::string("config.json"));
    writeText(folder, "config.json", R"({"image_size": [32, 256]})"); // does not fit
    QCOMPARE(toString(describedAs(square, {}).positions), std::string("4"));
    fs::remove(fs::path(folder.path().toStdString()) / "config.json");
    shapes["pos_embed"] = {1, 18 + 1, small.width};
    const WeightFile other = WeightFile::open(sparseFile(folder, "other.safetensors", shapes));
    CORTOGRAPH_EXPECT_ERROR(
        (void)describedAs(other, {}), ErrorKind::unsupported, "square grid", "--image-size");
    NetworkSource given;
    given.imageSize = {32, 144};
    QCOMPARE(toString(describedAs(other, given).positions), std::string("2x9"));
  }

  void passesOverAnotherNetworksConfiguration() {
    const QTemporaryDir folder;
    const fs::path file = sparseFile(folder, "model.safetensors", plainVit(small));
    std::vector<std::string> said;
    setLogSink([&said](LogLevel, std::string_view text) { said.emplace_back(text); });
    writeText(folder, "config.json", R"({"hidden_size": 768, "num_attention_heads": 12})");
    QCOMPARE(described(file).heads, 2);
    QCOMPARE(said.size(), std::size_t{1});
    QVERIFY(said[0].find("config.json describes a network of width 768") != std::string::npos);
    for (const char* text : {"[1, 2",
                             "[]",
                             R"({"num_attention_heads": "8"})",
                             R"({"num_attention_heads": [8], "hidden_act": 3})"}) {
      writeText(folder, "config.json", text);
      QCOMPARE(described(file).heads, 2);
    }
    setLogSink({});
  }

  void quickGeluOfOpenClipsConfiguration() {
    const QTemporaryDir folder;
    const fs::path file = sparseFile(folder, "open_clip_model.safetensors", clipLarge());
    writeText(folder,
              "open_clip_config.json",
              R"({"model_cfg": {"quick_gelu": true, "vision_cfg": {"width": 1024}},
                  "preprocess_cfg": {"mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}})");
    const NetworkInfo info = described(file);
    QCOMPARE(info.activation, std::string("quick_gelu"));
    QCOMPARE(originOf(info, "activation"), std::string("open_clip_config.json"));
  }

  void headsAsPublished() {
    QCOMPARE(publishedHeads(768), 12);
    QCOMPARE(publishedHeads(1280), 16);
    QCOMPARE(publishedHeads(1408), 16);
    QCOMPARE(publishedHeads(48), 0);
  }

  /// Every way nearly keeps a ramp (torch's cubic has a = -0.75); tokens without a place stay.
  void resamplesPositions() {
    const Extent learned{6, 6};
    const Extent wanted{12, 9};
    const torch::Tensor across = torch::arange(6).to(torch::kFloat).repeat({6, 1});
    const torch::Tensor stored = torch::cat({torch::full({1, 1}, 77.0F), across.reshape({36, 1})});
    for (const PositionResize resize : {PositionResize::bicubic,
                                        PositionResize::bicubicAntialiased,
                                        PositionResize::bicubicOffset}) {
      const torch::Tensor found = positionsOn(stored, learned, wanted, resize);
      QCOMPARE(found.sizes().vec(), (std::vector<std::int64_t>{109, 1}));
      QCOMPARE(found[0].item<float>(), 77.0F);
      const torch::Tensor row = found.slice(0, 1).reshape({12, 9})[5];
      for (int x = 2; x < 7; ++x) {
        // DINO's scale is 9.1 / 6 instead of 9 / 6.
        const double scale = resize == PositionResize::bicubicOffset ? 6 / 9.1 : 6.0 / 9;
        QVERIFY(std::abs(row[x].item<double>() - ((x + 0.5) * scale - 0.5)) < 0.06);
      }
    }
    QVERIFY(
        torch::equal(positionsOn(stored, learned, learned, PositionResize::bicubicOffset), stored));
  }

  void classifiesPhotographs() {
    const fs::path file = dataPath("weights/vit_cifar10.pth");
    CORTOGRAPH_NEED(file);
    NetworkSource source;
    source.spec = file.string();
    const auto network = openNetwork(source, torch::kCPU);
    QCOMPARE(network->info().family, std::string("torch_encoder"));
    const WeightFile weights = WeightFile::open(file);
    const std::array<std::pair<const char*, Cifar>, 4> photos{{{"n04552348_warplane.JPEG", plane},
                                                               {"n03100240_convertible.JPEG", car},
                                                               {"n02088364_beagle.JPEG", dog},
                                                               {"n09428293_seashore.JPEG", ship}}};
    for (const auto& [photo, expected] : photos) {
      CORTOGRAPH_NEED(dataPath("photos-colour/" + std::string(photo)));
      const torch::Tensor found = probabilities(*network, weights, photo);
      qInfo("%s: class %d, %.2f", photo, found.argmax().item<int>(), found.max().item<double>());
      QCOMPARE(found.argmax().item<int>(), static_cast<int>(expected));
      QVERIFY(found[expected].item<double>() > 0.7);
    }
    // Animals are taken for some animal: the network has no class for a lion or a bison.
    double animal = 0;
    const std::array<const char*, 5> animals{"n02088364_beagle.JPEG",
                                             "n02106662_German_shepherd.JPEG",
                                             "n02119022_red_fox.JPEG",
                                             "n02129165_lion.JPEG",
                                             "n02410509_bison.JPEG"};
    for (const char* photo : animals) {
      const torch::Tensor found = probabilities(*network, weights, photo);
      animal += found.slice(0, bird, ship).sum().item<double>() / animals.size();
    }
    QVERIFY(animal > 0.8);
    // With another number of heads it is another network.
    source.heads = 2;
    const torch::Tensor other =
        probabilities(*openNetwork(source, torch::kCPU), weights, photos[3].first);
    QVERIFY(other.argmax().item<int>() != ship);
  }
};

CORTOGRAPH_TEST(FamilyTest, QCoreApplication)
#include "family_test.moc"
