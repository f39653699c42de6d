#include "base/error.h"
#include "compute/weight_tensor.h"
#include "core/base/garble.h"
#include "demo/networks/demo_networks.h"
#include "network/network.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "weights/weight_file.h"

#include <QTemporaryDir>

#include <cmath>
#include <fstream>
#include <numbers>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

using ArrayTable = std::map<std::string, Array<float>>;

fs::path backbone(const std::string& name) {
  return fixturePath("backbones/" + name + ".safetensors");
}

NetworkSource source(const fs::path& file, int heads = 4) {
  NetworkSource result;
  result.spec = file.string();
  result.heads = heads;
  return result;
}

std::unique_ptr<const Network> opened(const NetworkSource& from) {
  return openNetwork(from, torch::kCPU);
}

double relativeError(const torch::Tensor& found, const torch::Tensor& expected) {
  if (found.sizes() != expected.sizes()) {
    return INFINITY;
  }
  return (found - expected).abs().max().item<double>() / expected.abs().max().item<double>();
}

/// Largest over blocks, local and global.
double relativeError(const Tokens& found, const Tokens& expected) {
  double largest = found.layers() == expected.layers() ? 0 : INFINITY;
  for (std::size_t i = 0; i < std::min(found.layers(), expected.layers()); ++i) {
    largest = std::max({largest,
                        relativeError(found.local[i], expected.local[i]),
                        relativeError(found.global[i], expected.global[i])});
  }
  return largest;
}

Tokens goldenTokens(const WeightFile& golden) {
  Tokens tokens;
  for (int i = 0; golden.has("local." + std::to_string(i)); ++i) {
    tokens.local.push_back(toTensor(golden.at("local." + std::to_string(i))));
    tokens.global.push_back(toTensor(golden.at("global." + std::to_string(i))));
  }
  return tokens;
}

torch::Tensor goldenImage(const std::string& name = "timm_vit") {
  return toTensor(WeightFile::open(backbone(name + ".expected")).at("image"));
}

ArrayTable weightsOf(const fs::path& file) {
  ArrayTable table;
  const WeightFile weights = WeightFile::open(file);
  for (const auto& [name, tensor] : weights.tensors()) {
    Array<float> array(ArrayShape(tensor.shape.begin(), tensor.shape.end()));
    std::memcpy(array.values.data(), tensor.bytes.data(), tensor.bytes.size());
    table[name] = std::move(array);
  }
  return table;
}

fs::path written(const QTemporaryDir& folder, const ArrayTable& table) {
  const fs::path path = folder.filePath("changed.safetensors").toStdString();
  const std::vector<std::byte> bytes = serializeWeights(table, {});
  writeBytes(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  return path;
}

Array<float> constant(std::size_t count, float value) {
  return {{count}, std::vector<float>(count, value)};
}

/// A grating of 8 pixels a cycle in one square of the demo network's 8×8 grid, grey elsewhere.
torch::Tensor gratingAt(int column, int row, double orientation) {
  torch::Tensor image = torch::zeros({1, 3, 128, 128});
  for (int y = 16 * row; y < 16 * row + 16; ++y) {
    for (int x = 16 * column; x < 16 * column + 16; ++x) {
      const double along = x * std::cos(orientation) + y * std::sin(orientation);
      image.select(3, x).select(2, y).fill_(std::cos(2 * std::numbers::pi * along / 8));
    }
  }
  return image;
}

} // namespace

class NetworkTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void agreesBlockByBlock_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("family");
    const auto row = [](const char* file, const char* family) {
      QTest::newRow(file) << QString(file) + ".safetensors" << family;
      if (fs::exists(fixturePath("backbones/" + std::string(file) + ".pth"))) {
        QTest::newRow((std::string(file) + ".pth").c_str()) << QString(file) + ".pth" << family;
      }
    };
    row("timm_vit", "timm");
    row("mae_vit", "mae");
    row("moco_v3_vit", "moco_v3");
    row("torchvision_vit", "torchvision");
    row("open_clip_vit", "open_clip");
    row("hf_clip_vit", "hf_clip");
    row("hf_vit", "hf_vit");
    row("hf_dinov2_vit", "hf_dinov2");
    row("dinov2_vit", "dinov2");
    row("dinov2_vit_swiglu", "dinov2");
    row("dinov2_vit_registers", "dinov2");
    row("dinov2_vit_interpolated", "dinov2");
    row("sam_vit", "sam");
  }
  void agreesBlockByBlock() {
    QFETCH(QString, file);
    QFETCH(QString, family);
    const fs::path path = fixturePath("backbones/" + file.toStdString());
    CORTOGRAPH_NEED(path);
    const std::string name = path.stem().string();
    const torch::Tensor image = goldenImage(name);
    NetworkSource from = source(path, name == "sam_vit" ? 0 : 4); // whose shapes tell its heads
    from.imageSize = {static_cast<int>(image.size(2)), static_cast<int>(image.size(3))};
    const auto network = opened(from);
    QCOMPARE(network->info().family, family.toStdString());
    QCOMPARE(network->info().heads, 4);
    const Tokens golden = goldenTokens(WeightFile::open(backbone(name + ".expected")));
    QVERIFY(golden.layers() >= 3);
    const double error = relativeError(network->tokens(image), golden);
    qInfo("largest relative error %.2e", error);
    QVERIFY(error < 1e-4);
  }

  /// QuickGELU can't be told from OpenCLIP's names.
  void openAiClipIsNamed() {
    const fs::path path = backbone("openai_clip_vit");
    CORTOGRAPH_NEED(path);
    const Tokens golden = goldenTokens(WeightFile::open(backbone("openai_clip_vit.expected")));
    const torch::Tensor image = goldenImage("openai_clip_vit");
    NetworkSource from = source(path);
    QCOMPARE(describeNetwork(from).family, std::string("open_clip"));
    QVERIFY(relativeError(opened(from)->tokens(image), golden) > 1e-3);
    from.activation = "quick_gelu";
    QVERIFY(relativeError(opened(from)->tokens(image), golden) < 1e-4);
    from.activation.clear();
    from.family = "openai_clip";
    QVERIFY(relativeError(opened(from)->tokens(image), golden) < 1e-4);
  }

  void halfWeightsAreNear_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("tolerance");
    // Weights rounded to 11 and to 8 bits: 2^-11 and 2^-8 of each, less after averaging.
    QTest::newRow("float16") << "timm_vit.f16" << 2e-3;
    QTest::newRow("bfloat16") << "timm_vit.bf16" << 1.6e-2;
  }
  void halfWeightsAreNear() {
    QFETCH(QString, file);
    QFETCH(double, tolerance);
    const fs::path path = backbone(file.toStdString());
    CORTOGRAPH_NEED(path);
    const Tokens golden = goldenTokens(WeightFile::open(backbone("timm_vit.expected")));
    const double error = relativeError(opened(source(path))->tokens(goldenImage()), golden);
    qInfo("largest relative error %.2e", error);
    QVERIFY(error < tolerance);
  }

  void describesTheFixture() {
    const fs::path path = backbone("timm_vit");
    CORTOGRAPH_NEED(path);
    const NetworkInfo info = describeNetwork(source(path));
    QCOMPARE(info.family, std::string("timm"));
    QCOMPARE(info.name, std::string("ViT-48/16 timm"));
    QCOMPARE((std::vector<int>{info.depth(), info.width(), info.heads, info.patch}),
             (std::vector<int>{3, 48, 4, 16}));
    QCOMPARE(toString(info.image), std::string("64"));
    QCOMPARE(info.unused,
             (std::vector<std::string>{"head.bias", "head.weight", "norm.bias", "norm.weight"}));
    QCOMPARE(info.bytes, fs::file_size(path));
    QCOMPARE(info.hash, WeightFile::open(path).hash());
    QVERIFY(info.evidence.find("48x3x16x16") != std::string::npos);
    // 48*(3*256+1) + 48 + 17*48 + 3*(12*48*48 + 13*48)
    QCOMPARE(info.parameters, std::int64_t{122592});
  }

  void asksForHeads() {
    const fs::path path = backbone("timm_vit");
    CORTOGRAPH_NEED(path);
    QCOMPARE(describeNetwork(source(path, 0)).heads, 0);
    CORTOGRAPH_EXPECT_ERROR((void)openNetwork(source(path, 0), torch::kCPU),
                            ErrorKind::unsupported,
                            "timm_vit.safetensors",
                            "--heads",
                            "48");
    CORTOGRAPH_EXPECT_ERROR(
        (void)describeNetwork(source(path, 5)), ErrorKind::unsupported, "--heads", "5 heads");
  }

  void refusesOtherFamilies() {
    CORTOGRAPH_NEED(backbone("sam_vit"));
    NetworkSource wrong = source(backbone("sam_vit"));
    wrong.family = "timm";
    CORTOGRAPH_EXPECT_ERROR((void)describeNetwork(wrong),
                            ErrorKind::unsupported,
                            "not of the family timm",
                            "image_encoder.blocks.0.mlp.fc1.weight",
                            "image_encoder.blocks.0.mlp.lin1.weight");
    CORTOGRAPH_NEED(fixturePath("factortopy/factortopy.safetensors"));
    CORTOGRAPH_EXPECT_ERROR(
        (void)describeNetwork(source(fixturePath("factortopy/factortopy.safetensors"))),
        ErrorKind::unsupported,
        "nearest is",
        "torchvision");
    NetworkSource named = source(backbone("timm_vit"));
    named.family = "vgg";
    CORTOGRAPH_EXPECT_ERROR((void)describeNetwork(named), ErrorKind::notFound, "vgg", "timm");
  }

  void refusesWrongShapesAndNumbers() {
    CORTOGRAPH_NEED(backbone("timm_vit"));
    const QTemporaryDir folder;
    ArrayTable table = weightsOf(backbone("timm_vit"));
    table["blocks.1.norm1.bias"].values[3] = NAN;
    const fs::path damaged = written(folder, table);
    CORTOGRAPH_EXPECT_ERROR(
        (void)opened(source(damaged)), ErrorKind::format, "blocks.1.norm1.bias", "changed");
    table["blocks.1.norm1.bias"] = constant(47, 0);
    const fs::path shorter = written(folder, table);
    CORTOGRAPH_EXPECT_ERROR(
        (void)opened(source(shorter)), ErrorKind::unsupported, "blocks.1.norm1.bias (48)");
    table.erase("blocks.1.norm1.bias");
    const fs::path less = written(folder, table);
    CORTOGRAPH_EXPECT_ERROR(
        (void)opened(source(less)), ErrorKind::unsupported, "lacks blocks.1.norm1.bias (48)");
    const auto network = opened(source(backbone("timm_vit")));
    CORTOGRAPH_EXPECT_ERROR((void)network->tokens(torch::zeros({1, 3, 32, 64})),
                            ErrorKind::mismatch,
                            "1x3x32x64",
                            "Bx3x64x64");
  }

  void usesLayerScaleAndEarlyNorm() {
    CORTOGRAPH_NEED(backbone("timm_vit"));
    const QTemporaryDir folder;
    ArrayTable table = weightsOf(backbone("timm_vit"));
    const Tokens plain = opened(source(backbone("timm_vit")))->tokens(goldenImage());
    for (int block = 0; block < 3; ++block) {
      const std::string at = "blocks." + std::to_string(block) + ".";
      table[at + "ls1.gamma"] = constant(48, 1);
      table[at + "ls2.gamma"] = constant(48, 1);
    }
    QVERIFY(relativeError(opened(source(written(folder, table)))->tokens(goldenImage()), plain) <
            1e-6);
    for (int block = 0; block < 3; ++block) {
      const std::string at = "blocks." + std::to_string(block) + ".";
      table[at + "ls1.gamma"] = constant(48, 0);
      table[at + "ls2.gamma"] = constant(48, 0);
    }
    const Tokens embedding = opened(source(written(folder, table)))->tokens(goldenImage());
    QVERIFY(torch::equal(embedding.local[0], embedding.local[2]));
    table["norm_pre.weight"] = constant(48, 2);
    table["norm_pre.bias"] = constant(48, 0.5F);
    const Tokens normed = opened(source(written(folder, table)))->tokens(goldenImage());
    const torch::Tensor x = embedding.local[0].permute({0, 2, 3, 1});
    const torch::Tensor expected = torch::layer_norm(x, {48}, {}, {}, 1e-6) * 2 + 0.5;
    QVERIFY(relativeError(normed.local[2], expected.permute({0, 3, 1, 2})) < 1e-5);
  }

  void takesTheMeanWithoutAClassToken() {
    CORTOGRAPH_NEED(backbone("timm_vit"));
    const QTemporaryDir folder;
    ArrayTable table = weightsOf(backbone("timm_vit"));
    table.erase("cls_token");
    Array<float>& positions = table["pos_embed"];
    positions.shape[1] = 16;
    positions.values.erase(positions.values.begin(), positions.values.begin() + 48);
    const Tokens tokens = opened(source(written(folder, table)))->tokens(goldenImage());
    QCOMPARE(tokens.local[1].sizes().vec(), (std::vector<std::int64_t>{2, 48, 4, 4}));
    QVERIFY(relativeError(tokens.global[1], tokens.local[1].mean({2, 3})) < 1e-6);
  }

  void usesTheActivationAskedFor() {
    CORTOGRAPH_NEED(backbone("timm_vit"));
    NetworkSource from = source(backbone("timm_vit"));
    const Tokens gelu = opened(from)->tokens(goldenImage());
    from.activation = "quick_gelu";
    const double quick = relativeError(opened(from)->tokens(goldenImage()), gelu);
    from.activation = "relu";
    const double relu = relativeError(opened(from)->tokens(goldenImage()), gelu);
    QVERIFY(quick > 1e-4 && quick < relu); // x * sigmoid(1.702 x) is nearer to GELU
    from.activation = "swish";
    CORTOGRAPH_EXPECT_ERROR((void)opened(from), ErrorKind::unsupported, "swish", "quick_gelu");
  }

  void largeBatchesGiveTheSameTokens() {
    NetworkSource from;
    from.spec = "demo:random";
    from.heads = 64; // 64 images have more scores than are held at once
    const auto network = opened(from);
    torch::manual_seed(1);
    const torch::Tensor images = torch::randn({64, 3, 96, 96});
    const Tokens all = network->tokens(images);
    const Tokens few = network->tokens(images.slice(0, 60));
    QVERIFY(relativeError(all.local[7].slice(0, 60), few.local[7]) < 1e-5);
    QVERIFY(relativeError(all.global[7].slice(0, 60), few.global[7]) < 1e-5);
  }

  void stopsBetweenBlocks() {
    const auto network = opened(source("demo:gabor"));
    const CancelToken cancel;
    cancel.cancel();
    CORTOGRAPH_EXPECT_ERROR(
        (void)network->tokens(torch::zeros({1, 3, 128, 128}), cancel), ErrorKind::canceled, "");
  }

  void gaborNetworkSeesEdgesThenTheWholeImage() {
    const auto network = opened(source("demo:gabor"));
    QCOMPARE(network->info().heads, 4);
    QCOMPARE(network->info().name, std::string("Gabor ViT (demo)"));
    constexpr int energies = 39 + 6; // of the middle scale, six orientations
    const torch::Tensor gray = torch::zeros({1, 3, 128, 128});
    const Tokens background = network->tokens(gray);
    for (int orientation = 0; orientation < 6; ++orientation) {
      const Tokens tokens = network->tokens(gratingAt(5, 2, std::numbers::pi * orientation / 6));
      const torch::Tensor change = tokens.local[0] - background.local[0];
      const torch::Tensor here =
          change.index({0, torch::indexing::Slice(energies, energies + 6), 2, 5});
      QCOMPARE(here.argmax().item<int>(), orientation);
      QVERIFY(here.max().item<float>() > 0.3F);
      // How much of the change lies where the grating is, block by block.
      std::vector<double> share;
      for (const torch::Tensor& local : tokens.local) {
        const torch::Tensor moved =
            (local - background.local[share.size()]).select(1, energies + orientation).abs();
        share.push_back((moved[0][2][5] / moved.sum()).item<double>());
      }
      QVERIFY(share[0] > 0.99);
      QVERIFY(share[1] < 0.8 && share[2] < share[1] && share[3] < share[2]);
      QVERIFY(share[5] < 0.1);
      // The class token learns of it from the second block on.
      const auto heard = [&](std::size_t block) {
        return (tokens.global[block] - background.global[block])[0][energies + orientation]
            .item<float>();
      };
      QVERIFY(std::abs(heard(0)) < 1e-5F);
      QVERIFY(heard(1) > 1e-3F);
    }
  }
};

CORTOGRAPH_TEST(NetworkTest, QCoreApplication)
#include "network_test.moc"
