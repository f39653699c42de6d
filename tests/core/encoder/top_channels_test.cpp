#include "base/error.h"
#include "compute/arrays.h"
#include "encoder/encoder_map.h"
#include "encoder/top_channels.h"
#include "engine/engine.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <cmath>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr std::int64_t channels = 9;
constexpr std::int64_t verticesOfSide = 20;

NetworkSource demoNetwork() {
  NetworkSource network;
  network.spec = "demo:gabor";
  return network;
}

/// An untrained encoder of demo:gabor on 20 + 20 vertices. "large" is on both sides, "left" on one.
BrainMap smallMap() {
  const NetworkInfo info = loadEngine().describeNetwork(demoNetwork());
  BrainMap map;
  map.attributes = {{"network", info.name},
                    {"network_path", std::string("demo:gabor")},
                    {"network_hash", info.hash},
                    {"network_family", info.family},
                    {"preprocessing", info.preprocessing},
                    {"layers", std::string("1,3")},
                    {"grid", std::int64_t{4}}};
  for (auto& side : map.vertices.ofSide) {
    side.resize(verticesOfSide);
  }
  map.vertices.mesh.vertices = {verticesOfSide, verticesOfSide};
  const FactorTopy encoder(
      {{info.width(), info.width()}, 2 * verticesOfSide, channels, Selectors::free},
      {},
      torch::kCPU,
      5);
  fillModel(map, encoder);
  fillSelection(map, encoder.select());
  for (std::size_t n = 0; n < map.size(); ++n) {
    const auto late = static_cast<float>(n) / static_cast<float>(map.size());
    map.layer.row(n)[0] = 1 - late;
    map.layer.row(n)[1] = late;
  }
  std::vector<std::uint8_t> large(map.size());
  std::vector<std::uint8_t> left(map.size());
  for (std::size_t n = 0; n < map.size(); n += 2) {
    large[n] = 1;
    left[n] = n < 2 * 7 ? 1 : 0;
  }
  map.regions = {{"large", "test", large}, {"left", "test", left}};
  return map;
}

std::vector<Stimulus> twoImages() {
  std::vector<Stimulus> images;
  for (const int period : {7, 19}) {
    auto picture = std::make_shared<Picture>(40, 40);
    for (int y = 0; y < 40; ++y) {
      for (int x = 0; x < 40; ++x) {
        std::uint8_t* pixel = picture->pixel(x, y);
        pixel[0] = static_cast<std::uint8_t>((x * period + y) % 256);
        pixel[1] = static_cast<std::uint8_t>((x / period + y / 5) % 2 * 200);
        pixel[2] = static_cast<std::uint8_t>(y * 6);
        pixel[3] = 255;
      }
    }
    images.push_back({"image " + std::to_string(period), {}, picture});
  }
  return images;
}

TopChannelsJob smallJob() {
  TopChannelsJob job;
  job.map = std::make_shared<const BrainMap>(smallMap());
  job.images = twoImages();
  job.regions = {"large", "left"};
  return job;
}

/// The rows of an array that belong to these vertices, float64.
torch::Tensor rowsOf(const Array<float>& array, const std::vector<std::int64_t>& vertices) {
  return toTensor(array).index_select(0, torch::tensor(vertices)).to(torch::kFloat64);
}

torch::Tensor plainMixtures(const torch::Tensor& weight) {
  const torch::Tensor a = weight.t() - weight.t().mean(0, /*keepdim=*/true);
  const auto [u, s, vh] = at::linalg_svd(a, /*full_matrices=*/false);
  torch::Tensor mixtures = torch::mm(weight.t(), vh.t().narrow(1, 0, 3));
  for (std::int64_t c = 0; c < 3; ++c) {
    const torch::Tensor mixture = mixtures.select(1, c);
    if (mixture.max().item<double>() < -mixture.min().item<double>()) {
      mixture.neg_();
    }
  }
  return mixtures;
}

/// The definition, h × w × 3, before it is brought to 0..1.
torch::Tensor plainPicture(const TopChannelsJob& job,
                           const Stimulus& image,
                           const std::vector<std::int64_t>& vertices) {
  const auto network = openNetwork(demoNetwork(), torch::kCPU);
  const Tokens tokens = network->tokens(prepareImage(image.read(), *network).unsqueeze(0));
  const torch::Tensor share = rowsOf(job.map->layer, vertices).mean(0);
  torch::Tensor aligned;
  const std::array<std::size_t, 2> layers{1, 3};
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const torch::Tensor kernel =
        toTensor(job.map->parameters.at("local_token_bottleneck." + std::to_string(l) + ".weight"));
    const torch::Tensor part =
        torch::conv2d(tokens.local[layers.at(l)], kernel)[0].to(torch::kFloat64) *
        share[static_cast<std::int64_t>(l)];
    aligned = l == 0 ? part : aligned + part;
  }
  return torch::einsum("dk,dhw->hwk",
                       {plainMixtures(rowsOf(job.map->readoutWeight, vertices)), aligned});
}

torch::Tensor inUnitRange(const torch::Tensor& values, const torch::Tensor& all) {
  const torch::Tensor low = torch::quantile(all.flatten(), 0.05);
  const torch::Tensor high = torch::quantile(all.flatten(), 0.95);
  return ((values - low) / (high - low)).clamp(0, 1);
}

double difference(const torch::Tensor& a, const torch::Tensor& b) {
  return (a.to(torch::kFloat64) - b).abs().max().item<double>();
}

std::vector<std::int64_t> everySecond(std::int64_t first, std::int64_t end) {
  std::vector<std::int64_t> vertices;
  for (std::int64_t n = first; n < end; n += 2) {
    vertices.push_back(n);
  }
  return vertices;
}

} // namespace

class TopChannelsTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void mixturesByHand() {
    // Once centred the vertices are orthogonal, so they are the singular vectors themselves.
    const torch::Tensor weight = torch::tensor({{0.0F, 0.0F, 2.0F, -1.0F, -1.0F},
                                                {-4.0F, 1.0F, 1.0F, 1.0F, 1.0F},
                                                {10.0F, 13.0F, 9.0F, 9.0F, 9.0F}});
    const torch::Tensor wanted = torch::tensor(
        {{4.0, -1.0, -1.0, -1.0, -1.0}, {10.0, 13.0, 9.0, 9.0, 9.0}, {0.0, 0.0, 2.0, -1.0, -1.0}},
        torch::kFloat64);
    QVERIFY(difference(channelMixtures(weight), wanted.t()) < 1e-9);
    QVERIFY(difference(channelMixtures(-weight), wanted.t()) < 1e-9);
  }

  void mixturesAreTheDefinition() {
    torch::manual_seed(3);
    for (const std::int64_t vertices : {4, 60}) {
      const torch::Tensor weight = torch::randn({vertices, 16}, torch::kFloat64);
      QVERIFY(difference(channelMixtures(weight), plainMixtures(weight)) < 1e-9);
    }
  }

  void missingDimensionsAreZero() {
    torch::manual_seed(3);
    const torch::Tensor one = torch::randn({1, 16});
    const auto used = [](const torch::Tensor& weight) {
      return channelMixtures(weight).abs().amax(0).gt(0).sum().item<int>();
    };
    QCOMPARE(used(one), 1);
    QCOMPARE(used(torch::randn({2, 16})), 2);
    QCOMPARE(used(torch::randn({3, 16})), 3);
    QCOMPARE(used(one * torch::randn({30, 1})), 1);
    QCOMPARE(used(torch::ones({30, 16})), 0);
    QCOMPARE(used(torch::randn({30, 2})), 1); // centring takes one dimension of two
  }

  void picturesAreTheDefinition() {
    const TopChannelsJob job = smallJob();
    const TopChannels found = loadEngine().topChannels(job, {});
    const std::int64_t side = found.image.rows / 16; // the patch of demo:gabor
    QCOMPARE(found.regions[0].vertices, std::size_t{20});
    QCOMPARE(found.regions[1].vertices, std::size_t{7});
    const torch::Tensor pictures = toTensor(found.pictures);
    QCOMPARE(pictures.sizes().vec(), (std::vector<std::int64_t>{2, 2, side, side, 3}));
    for (std::int64_t image = 0; image < 2; ++image) {
      for (std::int64_t region = 0; region < 2; ++region) {
        const torch::Tensor plain = plainPicture(job,
                                                 job.images[static_cast<std::size_t>(image)],
                                                 everySecond(0, region == 0 ? 40 : 14));
        QVERIFY(difference(pictures[image][region], inUnitRange(plain, plain)) < 1e-4);
      }
    }
    QVERIFY(std::abs(found.regions[1].layer[1] - 6.0F / 40) < 1e-6F); // mean of 0, 2 … 12
  }

  void oneScaleIsForAllPictures() {
    TopChannelsJob job = smallJob();
    job.oneScale = true;
    const TopChannels found = loadEngine().topChannels(job, {});
    std::vector<torch::Tensor> plain;
    for (const Stimulus& image : job.images) {
      plain.push_back(plainPicture(job, image, everySecond(0, 40)));
      plain.push_back(plainPicture(job, image, everySecond(0, 14)));
    }
    const torch::Tensor all = torch::stack(plain);
    const torch::Tensor wanted = inUnitRange(all, all);
    QVERIFY(difference(toTensor(found.pictures).flatten(0, 1), wanted) < 1e-4);
    for (std::size_t i = 2; i < found.range.values.size(); ++i) {
      QCOMPARE(found.range.values[i], found.range.values[i - 2]);
    }
  }

  void oneHemisphereCounts() {
    TopChannelsJob job = smallJob();
    job.regions = {"large"};
    job.hemisphere = Side::right;
    const TopChannels found = loadEngine().topChannels(job, {});
    QCOMPARE(found.regions[0].vertices, std::size_t{10});
    const torch::Tensor plain = plainPicture(job, job.images[1], everySecond(20, 40));
    QVERIFY(difference(toTensor(found.pictures)[1][0], inUnitRange(plain, plain)) < 1e-4);
    job.regions = {"left"};
    CORTOGRAPH_EXPECT_ERROR((void)loadEngine().topChannels(job, {}),
                            ErrorKind::notFound,
                            "left has no trained vertex in the right hemisphere");
  }

  void whatDoesNotFitIsSaid() {
    const auto expect = [](const TopChannelsJob& job, ErrorKind kind, const char* words) {
      CORTOGRAPH_EXPECT_ERROR((void)loadEngine().topChannels(job, {}), kind, words);
    };
    TopChannelsJob job = smallJob();
    job.regions = {"V1", "large"};
    expect(job, ErrorKind::notFound, "no region V1; there are large, left");
    job.regions.clear();
    expect(job, ErrorKind::mismatch, "No region");
    job = smallJob();
    job.network.spec = "demo:random";
    expect(job, ErrorKind::mismatch, "demo:random has SHA-256");
    job = smallJob();
    Control control;
    control.cancel.cancel();
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().topChannels(job, control), ErrorKind::canceled, "top channels");
  }
};

CORTOGRAPH_TEST(TopChannelsTest, QCoreApplication)
#include "top_channels_test.moc"
