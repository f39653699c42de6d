#include "base/error.h"
#include "base/hdf5.h"
#include "compute/threads.h"
#include "compute/weight_tensor.h"
#include "core/base/full_disk.h"
#include "core/base/garble.h"
#include "support/test_case.h"
#include "support/test_data.h"
#include "tokens/token_batches.h"
#include "tokens/token_file.h"
#include "weights/weight_file.h"

#include <QTemporaryDir>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

/// Smooth pictures of odd sizes, each different.
std::vector<Stimulus> pictures(int count) {
  std::vector<Stimulus> images;
  for (int i = 0; i < count; ++i) {
    auto picture = std::make_shared<Picture>(90 + 7 * i, 60 + 3 * i);
    for (int y = 0; y < picture->height; ++y) {
      for (int x = 0; x < picture->width; ++x) {
        std::uint8_t* pixel = picture->pixel(x, y);
        pixel[0] = static_cast<std::uint8_t>((x * (i + 2)) % 256);
        pixel[1] = static_cast<std::uint8_t>((y * 5 + i) % 256);
        pixel[2] = static_cast<std::uint8_t>((x + y) % 256);
        pixel[3] = 255;
      }
    }
    images.push_back({"picture " + std::to_string(i), {}, picture});
  }
  return images;
}

TokensJob jobInto(const QTemporaryDir& folder, const char* name = "t.h5") {
  TokensJob job;
  job.network.spec = "demo:gabor";
  job.tokens.batch = 2;
  job.images = pictures(5);
  job.out = folder.filePath(name).toStdString();
  return job;
}

std::unique_ptr<const Network> gabor() {
  NetworkSource source;
  source.spec = "demo:gabor";
  return openNetwork(source, torch::kCPU);
}

bool same(const Tokens& a, const Tokens& b) {
  bool equal = a.layers() == b.layers();
  for (std::size_t i = 0; equal && i < a.layers(); ++i) {
    equal = torch::equal(a.local[i], b.local[i]) && torch::equal(a.global[i], b.global[i]);
  }
  return equal;
}

std::size_t filesIn(const QTemporaryDir& folder) {
  const fs::directory_iterator entries(folder.path().toStdString());
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

} // namespace

class TokenFileTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  /// Products round differently on several threads.
  void initTestCase() { useThreads(1); }

  void readsBackWhatIsComputed() {
    const QTemporaryDir folder;
    const TokensJob job = jobInto(folder);
    const auto network = gabor();
    std::vector<double> done;
    Control control;
    control.onProgress = [&](const Progress& p) {
      done.push_back(p.done);
      QCOMPARE(p.total, 5.0);
    };
    writeTokenFile(job, *network, control);
    QCOMPARE(done, (std::vector<double>{0, 2, 4, 5}));
    const Tokens stored = readTokenFile(job.out);
    QVERIFY(same(stored, computeTokens(*network, job.images, job.tokens, {})));
    QCOMPARE(stored.local[3].sizes().vec(), (std::vector<std::int64_t>{5, 80, 8, 8}));
    const TokenFileInfo info = readTokenFileInfo(job.out);
    QCOMPARE(info.layers, (std::vector<int>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(toString(info.grid), std::string("8"));
    QCOMPARE(info.imageNames[4], std::string("picture 4"));
    QCOMPARE(info.imageHashes[4], job.images[4].hash());
    QCOMPARE(textOf(info.attributes, "network_hash"), network->info().hash);
    QCOMPARE(textOf(info.attributes, "network_path"), std::string("demo:gabor"));
    QCOMPARE(textOf(info.attributes, "network_family"), std::string("timm"));
    QCOMPARE(textOf(info.attributes, "network_heads"), std::string("4"));
    QVERIFY(textOf(info.attributes, "preprocessing").starts_with("128x128, stretch bilinear"));
  }

  void writesTheSameBytesTwice() {
    const QTemporaryDir folder;
    const TokensJob once = jobInto(folder, "a.h5");
    const TokensJob again = jobInto(folder, "b.h5");
    writeTokenFile(once, *gabor(), {});
    writeTokenFile(again, *gabor(), {});
    QVERIFY(bytesOf(once.out) == bytesOf(again.out));
  }

  void takesSomeLayersOnAnyGrid() {
    const QTemporaryDir folder;
    TokensJob job = jobInto(folder);
    const auto network = gabor();
    const Tokens all = computeTokens(*network, job.images, {}, {});
    job.tokens.layers = {5, 2};
    job.tokens.grid = {4, 4};
    job.tokens.batch = 3;
    job.float16 = true;
    writeTokenFile(job, *network, {});
    const Tokens some = readTokenFile(job.out);
    QCOMPARE(readTokenFileInfo(job.out).layers, (std::vector<int>{5, 2}));
    // 8×8 halved without antialiasing: the mean of each four.
    const torch::Tensor halved = torch::avg_pool2d(all.local[2], 2);
    QVERIFY((some.local[1] - halved).abs().max().item<float>() < 6e-3F); // float16 below 12
    QVERIFY(torch::equal(some.local[1], some.local[1].to(torch::kHalf).to(torch::kFloat)));
    job.tokens.grid = {};
    writeTokenFile(job, *network, {});
    QCOMPARE(toString(readTokenFileInfo(job.out).grid), std::string("8"));
    job.tokens.layers = {6};
    CORTOGRAPH_EXPECT_ERROR(
        writeTokenFile(job, *network, {}), ErrorKind::mismatch, "Layer 6", "0 to 5");
  }

  void usesTheNetworksOwnPreparation() {
    CORTOGRAPH_NEED(fixturePath("backbones/hf_vit.safetensors"));
    const auto images = pictures(1);
    NetworkSource source;
    source.spec = fixturePath("backbones/hf_vit.safetensors").string();
    source.heads = 4;
    const torch::Tensor reference =
        prepareImage(*images[0].picture, *openNetwork(source, torch::kCPU));
    source.preprocess = Preprocess::native;
    const torch::Tensor native =
        prepareImage(*images[0].picture, *openNetwork(source, torch::kCPU));
    const torch::Tensor mean = torch::tensor({0.485F, 0.456F, 0.406F}).view({3, 1, 1});
    const torch::Tensor deviation = torch::tensor({0.229F, 0.224F, 0.225F}).view({3, 1, 1});
    const torch::Tensor expected = (reference * deviation + mean - 0.5) / 0.5;
    QVERIFY((native - expected).abs().max().item<float>() < 1e-5F);
  }

  void takesPreparedImages() {
    const fs::path weights = fixturePath("backbones/timm_vit.safetensors");
    const fs::path prepared = fixturePath("backbones/timm_vit.expected.safetensors");
    CORTOGRAPH_NEED(weights);
    const QTemporaryDir folder;
    TokensJob job = jobInto(folder);
    job.network.spec = weights.string();
    job.network.heads = 4;
    job.images.clear();
    job.preparedImages = prepared;
    job.tokens.grid = {};
    writeTokenFile(job, *openNetwork(job.network, torch::kCPU), {});
    const Tokens tokens = readTokenFile(job.out);
    const WeightFile golden = WeightFile::open(prepared);
    const torch::Tensor expected = toTensor(golden.at("local.2"));
    QVERIFY((tokens.local[2] - expected).abs().max().item<float>() <
            1e-4F * expected.abs().max().item<float>());
    const TokenFileInfo info = readTokenFileInfo(job.out);
    QCOMPARE(info.imageNames, (std::vector<std::string>{"image 0", "image 1"}));
    QCOMPARE(textOf(info.attributes, "preprocessing"), std::string("prepared by the caller"));
    QCOMPARE(textOf(info.attributes, "network_path"), fs::absolute(weights).string());
    CORTOGRAPH_EXPECT_ERROR(
        writeTokenFile(job, *gabor(), {}), ErrorKind::mismatch, "2x3x64x64", "Bx3x128x128");
  }

  void writesGridsThatAreNotSquare() {
    CORTOGRAPH_NEED(fixturePath("backbones/timm_vit.safetensors"));
    const QTemporaryDir folder;
    TokensJob job = jobInto(folder);
    job.network.spec = fixturePath("backbones/timm_vit.safetensors").string();
    job.network.heads = 4;
    job.network.imageSize = {96, 64}; // patches of 16
    job.tokens.grid = {};
    const auto network = openNetwork(job.network, torch::kCPU);
    writeTokenFile(job, *network, {});
    const Tokens native = readTokenFile(job.out);
    QCOMPARE(native.local[0].sizes().slice(2).vec(), (std::vector<std::int64_t>{6, 4}));
    QCOMPARE(toString(readTokenFileInfo(job.out).grid), std::string("6x4"));
    const torch::Tensor image = prepareImage(*job.images[1].picture, *network).unsqueeze(0);
    QVERIFY(torch::allclose(native.local[2][1], network->tokens(image).local[2][0]));
    job.tokens.grid = {4, 6};
    writeTokenFile(job, *network, {});
    const Tokens turned = readTokenFile(job.out);
    QCOMPARE(turned.local[0].sizes().slice(2).vec(), (std::vector<std::int64_t>{4, 6}));
    QCOMPARE(toString(readTokenFileInfo(job.out).grid), std::string("4x6"));
    // From 6 to 4 rows places lie at 0.25, 1.75, 3.25 and 4.75; from 4 to 6 columns the first is
    // the first.
    const torch::Tensor first = native.local[2].select(3, 0);
    const torch::Tensor expected = 0.75 * first.select(2, 0) + 0.25 * first.select(2, 1);
    QVERIFY(torch::allclose(turned.local[2].select(3, 0).select(2, 0), expected, 1e-4, 1e-5));
  }

  void leavesNoFileWhenCanceledAtOnce() {
    const QTemporaryDir folder;
    const TokensJob job = jobInto(folder);
    Control control;
    control.cancel.cancel();
    CORTOGRAPH_EXPECT_ERROR(writeTokenFile(job, *gabor(), control), ErrorKind::canceled, "");
    QCOMPARE(filesIn(folder), std::size_t{0});
  }

  void namesABrokenImage() {
    const QTemporaryDir folder;
    TokensJob job = jobInto(folder);
    const fs::path broken = folder.filePath("broken.png").toStdString();
    writeBytes(broken, "\x89PNG\r\n\x1a\nand then nothing");
    job.images[3] = {"the broken one", broken, nullptr};
    try {
      writeTokenFile(job, *gabor(), {});
      QFAIL("a broken image was taken");
    } catch (const Error& error) {
      QVERIFY2(QByteArray(error.what()).contains("the broken one"), error.what());
    }
    QCOMPARE(filesIn(folder), std::size_t{2}); // and what is done
    job.images.clear();
    CORTOGRAPH_EXPECT_ERROR(writeTokenFile(job, *gabor(), {}), ErrorKind::notFound, "no image");
  }

  void leavesNoHalfFileOnAFullDisk() {
    const QTemporaryDir folder;
    const TokensJob job = jobInto(folder);
    const auto network = gabor();
    const FullDisk full(200'000);
    try {
      writeTokenFile(job, *network, {});
      QFAIL("the disk was full");
    } catch (const Error& error) {
      QVERIFY(error.kind() == ErrorKind::file);
    }
    QCOMPARE(filesIn(folder), std::size_t{0});
  }

  void refusesOtherFiles() {
    const QTemporaryDir folder;
    TokensJob job = jobInto(folder);
    job.images = pictures(1);
    writeTokenFile(job, *gabor(), {});
    const auto change = [&](const char* key, const Attribute& value) {
      Hdf5File::append(job.out).setAttribute("/", key, value);
    };
    change("layers", std::string("0,9"));
    CORTOGRAPH_EXPECT_ERROR((void)readTokenFile(job.out), ErrorKind::format, "/layer/09/local");
    change("layers", std::string("0,x"));
    CORTOGRAPH_EXPECT_ERROR((void)readTokenFile(job.out), ErrorKind::format, "0,x");
    change("schema", std::int64_t{2});
    CORTOGRAPH_EXPECT_ERROR((void)readTokenFile(job.out), ErrorKind::unsupported, "schema 2");
    change("cortograph_kind", std::string("map"));
    CORTOGRAPH_EXPECT_ERROR((void)readTokenFileInfo(job.out), ErrorKind::format, "tokens");
  }

  void survivesDamage() {
    const QTemporaryDir folder;
    TokensJob job = jobInto(folder);
    job.images = pictures(2);
    job.tokens.layers = {0};
    job.tokens.grid = {2, 2};
    writeTokenFile(job, *gabor(), {});
    const auto read = [](const fs::path& path) {
      return readTokenFile(path).local[0].sum().item<float>();
    };
    const Survival cut = survive(job.out, Damage::cut, 50, read);
    QCOMPARE(cut.refused, 50);
    const Survival garbled = survive(job.out, Damage::garbled, 150, read);
    QCOMPARE(garbled.refused + garbled.other + garbled.asBefore, 150);
    QVERIFY(garbled.refused > 10);
  }
};

CORTOGRAPH_TEST(TokenFileTest, QCoreApplication)
#include "token_file_test.moc"
