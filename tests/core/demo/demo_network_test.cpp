#include "base/error.h"
#include "compute/weight_tensor.h"
#include "demo/networks/demo_networks.h"
#include "demo/training/network_training.h"
#include "demo/training/objective.h"
#include "demo/training/scene_crops.h"
#include "demo/training/trainable_vit.h"
#include "network/network.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// A few steps on few scenes.
DemoNetworkJob smallJob(const QTemporaryDir& folder, const std::string& objective) {
  DemoNetworkJob job;
  job.objective = objective;
  job.steps = 3;
  job.batch = 8;
  job.scenes = 24;
  job.heldOutScenes = 64;
  job.seed = 5;
  job.compute.threads = 2;
  job.out = folder.filePath("network.safetensors").toStdString();
  job.command = "cortograph demo train-network";
  return job;
}

std::vector<std::string> objectives() {
  std::vector<std::string> names;
  for (const ObjectiveEntry entry : objectiveTable()) {
    names.emplace_back(entry().name);
  }
  return names;
}

double largestDifference(const torch::Tensor& a, const torch::Tensor& b) {
  return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : INFINITY;
}

} // namespace

class DemoNetworkTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  /// What is trained is what is loaded: pictures, patches and blocks.
  void trainedAndLoadedAgree_data() {
    QTest::addColumn<bool>("classToken");
    QTest::newRow("class token") << true;
    QTest::newRow("none") << false;
  }
  void trainedAndLoadedAgree() {
    QFETCH(bool, classToken);
    const torch::NoGradGuard noGradients;
    const QTemporaryDir folder;
    const fs::path file = folder.filePath("vit.safetensors").toStdString();
    DemoVitSize size{64, 8, 3, 32, 4, classToken};
    writeWeights(file,
                 serializeWeights(
                     initialVit(size, 3), {{"family", "timm"}, {"heads", "4"}}, WeightType::f16));
    const WeightFile weights = WeightFile::open(file);
    QVERIFY(demoSizeOf(weights) == size);
    ParameterSet parameters(vitParameters(size), torch::kCPU, 0);
    setVit(parameters, demoTensorsOf(weights)); // as rounded to float16
    const TrainableVit vit = vitOf(parameters, size);

    NetworkSource source;
    source.spec = file.string();
    const auto network = openNetwork(source, torch::kCPU);
    QCOMPARE(network->info().family, std::string("timm"));
    const SceneSet scenes = paintScenes({11, 0, 3}, {64, 0}, {});
    std::vector<torch::Tensor> images;
    for (std::uint64_t i = 0; i < 3; ++i) {
      images.push_back(prepareImage(demo::paintScene(11, i).picture, *network));
    }
    const std::vector<std::int64_t> which{0, 1, 2};
    const torch::Tensor patches = patchesOf({&scenes, which, 0, 0}, size.patch);
    QVERIFY(torch::equal(patches, patchRows(torch::stack(images), size)));

    const Tokens tokens = network->tokens(torch::stack(images));
    const torch::Tensor trained = encodedPatches(vit, patches);
    const torch::Tensor local = tokens.local.back().flatten(2).transpose(1, 2);
    QVERIFY(largestDifference(localOf(vit, trained), vit.norm.norm(local, 1e-6)) < 1e-5);
    if (classToken) {
      const torch::Tensor first = vit.norm.norm(tokens.global.back(), 1e-6);
      QVERIFY(largestDifference(globalOf(vit, trained), first) < 1e-5);
    }
  }

  /// Blocks with gradients compute attention by a kernel of their own: outputs and gradients as
  /// LibTorch's, for widths that fill vectors and that don't.
  void attentionAgreesWithTheOrdinary_data() {
    QTest::addColumn<int>("tokens");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("heads");
    QTest::newRow("small network") << 65 << 64 << 4;
    QTest::newRow("odd") << 19 << 36 << 3;
    QTest::newRow("one token") << 1 << 8 << 2;
  }
  void attentionAgreesWithTheOrdinary() {
    QFETCH(int, tokens);
    QFETCH(int, width);
    QFETCH(int, heads);
    const ParameterSet parameters(blockParameters("b.", width), torch::kCPU, 2);
    BlockSettings settings;
    settings.heads = heads;
    torch::manual_seed(3);
    const torch::Tensor x = 2 * torch::randn({2, tokens, width});
    const torch::Tensor weight = torch::randn({2, tokens, width});
    const auto gradientsOf = [&](bool ordinary) {
      VitBlock block = blockOf(parameters, "b.");
      if (ordinary) { // relative positions of zero change nothing but the way
        block.rowPositions = torch::zeros({tokens, tokens, width / heads});
        block.columnPositions = torch::zeros({1, 1, width / heads});
      }
      const torch::Tensor input = x.clone().requires_grad_(true);
      const torch::Tensor out = applied(block, settings, input);
      const auto gradients =
          torch::autograd::grad({(out * weight).sum()}, {input, block.qkv.weight, block.qkv.bias});
      return std::vector<torch::Tensor>{out, gradients[0], gradients[1], gradients[2]};
    };
    const std::vector<torch::Tensor> kernel = gradientsOf(false);
    const std::vector<torch::Tensor> ordinary = gradientsOf(true);
    for (std::size_t i = 0; i < kernel.size(); ++i) {
      const double size = ordinary[i].abs().max().item<double>();
      QVERIFY(largestDifference(kernel[i], ordinary[i]) < 1e-5 * size);
    }
  }

  void sameSeedSameBytesOnAnyThreads() {
    for (const std::string& objective : objectives()) {
      const QTemporaryDir folder;
      DemoNetworkJob job = smallJob(folder, objective);
      const std::string hash = trainDemoNetwork(job, {}).hash;
      job.compute.threads = 1;
      QCOMPARE(trainDemoNetwork(job, {}).hash, hash);
      job.seed = 6;
      QVERIFY(trainDemoNetwork(job, {}).hash != hash);
    }
  }

  void lossesFall_data() {
    QTest::addColumn<QString>("objective");
    for (const std::string& objective : objectives()) {
      QTest::newRow(objective.c_str()) << QString::fromStdString(objective);
    }
  }
  void lossesFall() {
    QFETCH(QString, objective);
    const QTemporaryDir folder;
    DemoNetworkJob job = smallJob(folder, objective.toStdString());
    job.steps = 40;
    job.batch = 16;
    job.scenes = 128;
    const DemoNetworkReport report = trainDemoNetwork(job, {});
    qInfo("%s: loss %.3f to %.3f, %s %.3f",
          objective.toUtf8().constData(),
          report.firstLoss,
          report.lastLoss,
          report.measure.c_str(),
          report.heldOut);
    QVERIFY(report.lastLoss < 0.95 * report.firstLoss);
    QVERIFY(std::isfinite(report.heldOut)); // of so short a training it may be chance
  }

  void metadataTellsWhatMadeIt() {
    const QTemporaryDir folder;
    DemoNetworkJob job = smallJob(folder, "mae");
    job.large = true;
    job.steps = 1;
    const DemoNetworkReport report = trainDemoNetwork(job, {});
    const WeightFile file = WeightFile::open(job.out);
    QCOMPARE(file.hash(), report.hash);
    QCOMPARE(file.metadata().at("name"), std::string("MAE ViT large (demo)"));
    QCOMPARE(file.metadata().at("command"), job.command);
    QCOMPARE(file.metadata().at("seed"), std::string("5"));
    QCOMPARE(file.metadata().at("training_scenes"), std::string("24"));
    QCOMPARE(file.metadata().at("held_out_measure"), report.measure);
    QVERIFY(std::abs(std::stod(file.metadata().at("held_out_value")) - report.heldOut) < 1e-6);
    QVERIFY(file.at("norm.weight").type == WeightType::f16);
    NetworkSource source;
    source.spec = job.out.string();
    const NetworkInfo info = describeNetwork(source);
    QCOMPARE((std::vector<int>{info.depth(), info.width(), info.heads, info.patch}),
             (std::vector<int>{10, 72, 4, 12}));
  }

  void finetunesAnotherNetwork() {
    const QTemporaryDir folder;
    DemoNetworkJob job = smallJob(folder, "");
    job.from = "demo:random";
    job.on = "textures";
    job.steps = 30;
    job.scenes = 60;
    const DemoNetworkReport report = trainDemoNetwork(job, {});
    QVERIFY(report.lastLoss < report.firstLoss);
    const WeightFile file = WeightFile::open(job.out);
    const WeightFile before = demoWeights("demo:random");
    QCOMPARE(file.metadata().at("from_hash"), before.hash());
    QCOMPARE(report.network, std::string("Random ViT on textures (demo)"));
    for (const auto& [name, tensor] : before.tensors()) { // all weights learn
      QVERIFY2(largestDifference(toFloatTensor(file.at(name), torch::kCPU),
                                 toFloatTensor(tensor, torch::kCPU)) > 0,
               name.c_str());
    }
  }

  void refusesWhatIsNotThere() {
    const QTemporaryDir folder;
    CORTOGRAPH_EXPECT_ERROR((void)trainDemoNetwork(smallJob(folder, "gan"), {}),
                            ErrorKind::notFound,
                            "\"gan\"",
                            "supervised, clip, sam");
    DemoNetworkJob job = smallJob(folder, "");
    CORTOGRAPH_EXPECT_ERROR((void)trainDemoNetwork(job, {}), ErrorKind::mismatch, "name one");
    job.from = "demo:nothing";
    job.on = "textures";
    CORTOGRAPH_EXPECT_ERROR((void)trainDemoNetwork(job, {}), ErrorKind::notFound, "demo:nothing");
    job.from = "demo:random";
    job.on = "weather";
    CORTOGRAPH_EXPECT_ERROR(
        (void)trainDemoNetwork(job, {}), ErrorKind::notFound, "weather", "aerial");
    job.on = "aerial";
    job.batch = 100;
    CORTOGRAPH_EXPECT_ERROR(
        (void)trainDemoNetwork(job, {}), ErrorKind::mismatch, "24 scenes", "100");
    const fs::path other = fixturePath("backbones/dinov2_vit.safetensors");
    CORTOGRAPH_NEED(other);
    job.from = other.string();
    CORTOGRAPH_EXPECT_ERROR(
        (void)trainDemoNetwork(job, {}), ErrorKind::mismatch, "dinov2_vit", "demo network");
  }

  void stopsWithinAStepAndLeavesNothing() {
    const QTemporaryDir folder;
    const DemoNetworkJob job = smallJob(folder, "supervised");
    Control control;
    control.onProgress = [&control](const Progress& progress) {
      if (progress.unit == "steps") {
        QCOMPARE(progress.done, 1.0);
        QCOMPARE(progress.total, 3.0);
        control.cancel.cancel();
      }
    };
    CORTOGRAPH_EXPECT_ERROR((void)trainDemoNetwork(job, control), ErrorKind::canceled, "");
    QVERIFY(!fs::exists(job.out));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 0);
  }

  /// Half of the left places shows a cup, a corner a word whose id is hardly to be seen.
  void placesTellTheirKinds() {
    SceneSet set;
    set.maskSide = 8;
    set.label = {0};
    set.masks.resize(64);
    const auto cup = static_cast<int>(demo::Kind::cup);
    set.kindOfId = {std::vector<int>(256, -1)};
    set.kindOfId[0][3] = cup;
    for (std::size_t y = 0; y < 8; ++y) {
      std::fill_n(set.masks.begin() + static_cast<std::ptrdiff_t>(8 * y), 2, std::uint8_t{3});
    }
    set.masks[7] = 9;
    const std::vector<std::int64_t> which{0};
    const torch::Tensor kinds = placedKindsOf({&set, which, 1, 0}, 2);
    QVERIFY(kinds.sizes() == (std::vector<std::int64_t>{1, 4, demo::kindCount}));
    QCOMPARE(kinds.sum().item<float>(), 1.0F);
    for (const std::int64_t place : {0, 2}) {
      QCOMPARE(kinds[0][place][cup].item<float>(), 0.5F);
    }
  }

  /// What is even excites one channel: the mean of its luminance or of its opponent colour.
  void cosinesTellWavesApart() {
    const DemoVitSize size;
    Array<float> patches = emptyVit(size).at("patch_embed.proj.weight");
    startWithCosines(size, patches);
    const torch::Tensor channels =
        torch::from_blob(patches.values.data(), {size.width, 3, size.patch * size.patch});
    const torch::Tensor colors = torch::tensor({{1.0F, 1.0F, 1.0F}, {1.0F, -1.0F, 0.0F}});
    const torch::Tensor even = torch::einsum("krp,cr->ck", {channels, colors}).abs();
    for (std::int64_t color = 0; color < 2; ++color) {
      const auto [values, order] = even[color].sort(0, true);
      QVERIFY(values[0].item<double>() > 1);
      QVERIFY(values[1].item<double>() < 1e-4);
    }
    const torch::Tensor flat = channels.reshape({size.width, -1});
    const torch::Tensor products = torch::matmul(flat, flat.t());
    const torch::Tensor beside = products - torch::diag(products.diagonal());
    QVERIFY(beside.abs().max().item<double>() < 1e-5); // no wave twice
  }

  /// A crop of the whole picture is the picture, but for its colours.
  void cropsShowTheirPart() {
    SceneSet ramp;
    ramp.side = 96;
    ramp.label = {0};
    ramp.pictures.resize(96 * 96 * 3);
    for (std::size_t y = 0; y < 96; ++y) {
      for (std::size_t x = 0; x < 96; ++x) {
        std::fill_n(&ramp.pictures[3 * (96 * y + x)], 3, static_cast<std::uint8_t>(60 + x));
      }
    }
    const std::vector<std::int64_t> which{0};
    const SceneBatch batch{&ramp, which, 1, 0};
    const auto slopeOf = [&](double share) {
      const torch::Tensor patches = cropsOf(batch, {64, share, share}, 0, 8);
      const torch::Tensor rows = patches.reshape({8, 8, 3, 8, 8}); // places, then c, y, x
      const torch::Tensor first = rows.select(0, 0).select(0, 0).select(0, 1);
      const torch::Tensor last = rows.select(0, 0).select(0, 7).select(0, 1);
      return (last - first).mean().item<double>(); // over 56 of 64 columns
    };
    // The same draws but for the share: a crop of half the side changes half as much.
    QVERIFY(slopeOf(1) > 0.3);
    QVERIFY(std::abs(slopeOf(1) / slopeOf(0.25) - 2) < 0.15);
    const torch::Tensor again = cropsOf(batch, {64, 0.5, 0.9}, 1, 8);
    QVERIFY(torch::equal(again, cropsOf(batch, {64, 0.5, 0.9}, 1, 8)));
    QVERIFY(!torch::equal(again, cropsOf(batch, {64, 0.5, 0.9}, 2, 8)));
  }
};

CORTOGRAPH_TEST(DemoNetworkTest, QCoreApplication)
#include "demo_network_test.moc"
