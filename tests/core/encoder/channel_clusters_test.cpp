#include "analysis/ward.h"
#include "base/error.h"
#include "compute/cosine_means.h"
#include "encoder/channel_clusters.h"
#include "encoder/random_use.h"
#include "engine/engine.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

using namespace cortograph;
using namespace cortograph::test;

namespace {

torch::Tensor randomNormal(std::int64_t rows, std::int64_t columns, std::uint64_t seed) {
  return torch::randn({rows, columns}, at::make_generator<at::CPUGeneratorImpl>(seed));
}

/// `rows` noisy copies of `directions` random directions; row n is of direction n² modulo them, so
/// that their sizes differ.
torch::Tensor clusteredWeights(std::int64_t rows,
                               std::int64_t columns,
                               std::int64_t directions,
                               double noise,
                               std::uint64_t seed = 1) {
  const torch::Tensor number = torch::arange(rows, torch::kInt64);
  return randomNormal(directions, columns, seed).index_select(0, number * number % directions) +
         noise * randomNormal(rows, columns, seed + 1);
}

ClusterJob jobOf(const torch::Tensor& weight, int clusters = 20, int centers = 1000) {
  const torch::Tensor values = weight.to(torch::kFloat32).contiguous();
  const float* first = values.data_ptr<float>();
  BrainMap map;
  map.vertices.ofSide[0].resize(static_cast<std::size_t>(weight.size(0)));
  map.readoutWeight = {ArrayShape(values.sizes().begin(), values.sizes().end()),
                       std::vector<float>(first, first + values.numel())};
  ClusterJob job;
  job.map = std::make_shared<const BrainMap>(std::move(map));
  job.settings.clusters = clusters;
  job.settings.centers = centers;
  return job;
}

std::vector<std::int32_t> labelsOf(const ClusterJob& job) {
  return clusterChannels(job, {}).label;
}

/// Labels in the order in which they first appear: equal for equal partitions.
std::vector<std::int32_t> partition(const std::vector<std::int32_t>& labels) {
  std::map<std::int32_t, std::int32_t> numbers;
  std::vector<std::int32_t> out;
  for (const std::int32_t label : labels) {
    out.push_back(numbers.emplace(label, static_cast<std::int32_t>(numbers.size())).first->second);
  }
  return out;
}

/// The procedure on the N × N kernel itself, float64, step by step.
class PlainClusters {
public:
  PlainClusters(const torch::Tensor& weight, const ClusterSettings& settings)
      : rows_(unit(torch::mm(weight.to(torch::kFloat64), weight.to(torch::kFloat64).t()))),
        settings_(settings) {}

  [[nodiscard]] std::vector<std::int32_t> labels() const {
    torch::Tensor centers = start();
    torch::Tensor label = torch::full({rows_.size(0)}, -1, torch::kInt64);
    for (;;) {
      const torch::Tensor nearest = torch::mm(rows_, centers.t()).argmax(1);
      if (torch::equal(nearest, label)) {
        break;
      }
      label = nearest;
      for (std::int64_t c = 0; c < centers.size(0); ++c) {
        if ((label == c).any().item<bool>()) {
          centers[c] = rows_.index({label == c}).sum(0);
        }
      }
      centers = unit(centers);
    }
    const torch::Tensor cosines = torch::mm(centers, centers.t()).contiguous();
    const double* first = cosines.data_ptr<double>();
    const auto count = static_cast<std::size_t>(cosines.size(0));
    const std::vector<int> groups =
        wardClusters({{count, count}, {first, first + cosines.numel()}}, settings_.clusters);
    std::vector<std::int32_t> cluster;
    for (std::int64_t n = 0; n < label.size(0); ++n) {
      cluster.push_back(groups[static_cast<std::size_t>(label[n].item<std::int64_t>())]);
    }
    return numbered(cluster);
  }

private:
  static torch::Tensor unit(const torch::Tensor& rows) {
    return rows / rows.norm(2, {1}, /*keepdim=*/true);
  }

  [[nodiscard]] torch::Tensor start() const {
    SplitMix random = randomFor(RandomUse::centers, settings_.seed);
    torch::Tensor distances = torch::ones({rows_.size(0)}, torch::kFloat64);
    std::vector<std::int64_t> chosen;
    for (int c = 0; c < settings_.centers; ++c) {
      const torch::Tensor reached = distances.cumsum(0);
      const double wanted = random.uniform() * reached[-1].item<double>();
      chosen.push_back((reached <= wanted).sum().item<std::int64_t>());
      distances =
          torch::minimum(distances, 1 - torch::mv(rows_, rows_[chosen.back()])).clamp_min(0);
      distances[chosen.back()] = 0;
    }
    return rows_.index_select(0, torch::tensor(chosen));
  }

  [[nodiscard]] std::vector<std::int32_t> numbered(std::vector<std::int32_t> cluster) const {
    const auto [values, vectors] = at::linalg_eigh(torch::mm(rows_.t(), rows_), "L");
    torch::Tensor place = torch::mv(rows_, vectors.select(1, -1));
    place = place.sum().item<double>() < 0 ? -place : place;
    const torch::Tensor label = torch::tensor(cluster);
    std::vector<std::pair<double, std::int32_t>> order;
    for (std::int32_t c = 0; c < settings_.clusters; ++c) {
      order.emplace_back(-place.index({label == c}).mean().item<double>(), c);
    }
    std::ranges::sort(order);
    for (std::int32_t& one : cluster) {
      const auto at = std::ranges::find(order, one, &std::pair<double, std::int32_t>::second);
      one = static_cast<std::int32_t>(at - order.begin());
    }
    return cluster;
  }

  torch::Tensor rows_;
  ClusterSettings settings_;
};

} // namespace

class ChannelClustersTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void rowsHaveTheKernelsInnerProducts() {
    const torch::Tensor weight = clusteredWeights(90, 7, 3, 0.5);
    const torch::Tensor exact = weight.to(torch::kFloat64);
    const torch::Tensor kernel = torch::mm(exact, exact.t());
    const torch::Tensor rows = kernelRows(weight);
    QCOMPARE(rows.size(1), std::int64_t{7});
    const torch::Tensor wanted = torch::mm(kernel, kernel.t());
    const torch::Tensor error = (torch::mm(rows, rows.t()) - wanted).abs().max() / wanted.max();
    QVERIFY(error.item<double>() < 1e-12);
  }

  void dNumbersAVertexGiveWhatTheKernelGives() {
    for (const std::uint64_t seed : {0, 1, 2}) {
      const torch::Tensor weight = clusteredWeights(300, 16, 8, 0.8, 10 + seed);
      ClusterJob job = jobOf(weight, 6, 40);
      job.settings.seed = seed;
      QCOMPARE(labelsOf(job), PlainClusters(weight, job.settings).labels());
    }
  }

  void plantedClustersAreFound() {
    const torch::Tensor weight = clusteredWeights(900, 32, 11, 0.1); // 0, 1, 3, 4, 5, 9 are squares
    std::vector<std::int32_t> planted;
    for (std::int32_t n = 0; n < 900; ++n) {
      planted.push_back(n * n % 11);
    }
    for (const std::uint64_t seed : {0, 5}) {
      ClusterJob job = jobOf(weight, 6, 100);
      job.settings.seed = seed;
      const ChannelClusters found = clusterChannels(job, {});
      QCOMPARE(found.count, 6);
      QCOMPARE(partition(found.label), partition(planted));
      // Found again from another start, they keep their numbers.
      job.settings.seed = seed + 100;
      QCOMPARE(labelsOf(job), found.label);
    }
  }

  void theSameSeedGivesTheSameLabelsOnAnyThreads() {
    ClusterJob job = jobOf(randomNormal(3000, 24, 3), 20, 200);
    const std::vector<std::int32_t> labels = labelsOf(job);
    for (const int threads : {1, 2, 3}) {
      job.compute.threads = threads;
      QCOMPARE(labelsOf(job), labels);
    }
    job.settings.seed = 1;
    QVERIFY(partition(labelsOf(job)) != partition(labels));
  }

  void lengthsDoNotCount() {
    const torch::Tensor weight = clusteredWeights(400, 12, 7, 0.4);
    const std::vector<std::int32_t> labels = labelsOf(jobOf(weight, 5, 50));
    QCOMPARE(labelsOf(jobOf(weight * 1e-30, 5, 50)), labels);
    QCOMPARE(labelsOf(jobOf(weight * 1e30, 5, 50)), labels);
  }

  void anyNumberOfClustersIsMade() {
    const torch::Tensor weight = randomNormal(1500, 16, 4);
    for (const int clusters : {2, 3, 20, 100, 200}) {
      const ChannelClusters found = clusterChannels(jobOf(weight, clusters, 200), {});
      QCOMPARE(found.count, clusters);
      const std::set<std::int32_t> used(found.label.begin(), found.label.end());
      QCOMPARE(used.size(), static_cast<std::size_t>(clusters));
      QCOMPARE(*used.begin(), 0);
    }
  }

  void fewerDirectionsThanClustersGiveFewer() {
    const ChannelClusters few = clusterChannels(jobOf(randomNormal(5, 8, 2)), {});
    QCOMPARE(few.count, 5);
    QCOMPARE(std::set<std::int32_t>(few.label.begin(), few.label.end()).size(), std::size_t{5});
    // Rows of three directions, of any length.
    const torch::Tensor number = torch::arange(100, torch::kInt64);
    const torch::Tensor weight = randomNormal(3, 8, 2).index_select(0, number % 3) *
                                 (number.to(torch::kFloat32) + 1).unsqueeze(1);
    for (const int clusters : {2, 3, 100}) {
      const ChannelClusters found = clusterChannels(jobOf(weight, clusters), {});
      QCOMPARE(found.count, std::min(clusters, 3));
      for (std::size_t n = 3; n < 100; ++n) {
        QCOMPARE(found.label[n], found.label[n - 3]);
      }
    }
    QCOMPARE(clusterChannels(jobOf(torch::ones({1, 1})), {}).label, (std::vector<std::int32_t>{0}));
  }

  void oppositeRowsAreApart() {
    torch::Tensor weight = randomNormal(1, 8, 2).repeat({10, 1});
    weight.narrow(0, 6, 4).neg_();
    QCOMPARE(labelsOf(jobOf(weight, 2)), (std::vector<std::int32_t>{0, 0, 0, 0, 0, 0, 1, 1, 1, 1}));
  }

  void verticesThatReadNothingAreInNoCluster() {
    torch::Tensor weight = clusteredWeights(200, 12, 7, 0.1);
    const std::vector<std::int32_t> labels = labelsOf(jobOf(weight, 4, 50));
    weight = torch::cat({torch::zeros({3, 12}), weight, torch::zeros({1, 12})});
    std::vector<std::int32_t> wanted{-1, -1, -1};
    wanted.insert(wanted.end(), labels.begin(), labels.end());
    wanted.push_back(-1);
    QCOMPARE(labelsOf(jobOf(weight, 4, 50)), wanted);
  }

  void whatCannotBeClusteredIsSaid() {
    const auto expect = [](const ClusterJob& job, ErrorKind kind, const char* a, const char* b) {
      CORTOGRAPH_EXPECT_ERROR((void)clusterChannels(job, {}), kind, a, b);
    };
    expect(jobOf(torch::ones({4, 2}), 1), ErrorKind::mismatch, "1 clusters", "at least 2 clusters");
    expect(jobOf(torch::ones({4, 2}), 20, 10), ErrorKind::mismatch, "20 clusters of 10", "no more");
    expect(jobOf(torch::ones({4, 2}), 20, 10'001), ErrorKind::mismatch, "10001 centres", "at most");
    expect(jobOf(torch::zeros({4, 2})), ErrorKind::unsupported, "zero", "has been trained");
    expect(jobOf(torch::ones({0, 2})), ErrorKind::unsupported, "no readout", "cortograph train");
    torch::Tensor weight = torch::ones({4, 2});
    for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
      weight[2][1] = bad;
      expect(jobOf(weight), ErrorKind::format, "vertex 2 of 4", "Train it again");
    }
  }

  void itIsCanceledAndSaysHowFarItIs() {
    const ClusterJob job = jobOf(randomNormal(2000, 16, 4), 20, 100);
    Control control;
    double centers = 0;
    control.onProgress = [&](const Progress& progress) {
      centers = progress.unit == "centres" ? progress.total : centers;
      if (progress.unit == "iterations") {
        control.cancel.cancel();
      }
    };
    CORTOGRAPH_EXPECT_ERROR((void)clusterChannels(job, control), ErrorKind::canceled, "clustering");
    QCOMPARE(centers, 100.0);
  }

  void howItWasMadeIsKept() {
    ClusterJob job = jobOf(randomNormal(50, 4, 4), 3, 10);
    job.settings.seed = 9;
    job.command = "cortograph cluster";
    const Attributes settings = clusterChannels(job, {}).settings;
    QCOMPARE(textOf(settings, "centres"), std::string("10"));
    QCOMPARE(textOf(settings, "seed"), std::string("9"));
    QCOMPARE(textOf(settings, "command"), std::string("cortograph cluster"));
  }

  void theBenchTimesIt() {
    ClusterSettings settings;
    settings.centers = 50;
    const nlohmann::ordered_json found =
        loadEngine().benchClusters(2000, 16, settings, ComputeSettings{}, {});
    QVERIFY(found.at("seconds").get<double>() > 0);
    QVERIFY(found.at("peak_mb").get<double>() > 10);
    QCOMPARE(found.at("vertices").get<int>(), 2000);
    CORTOGRAPH_EXPECT_ERROR(
        (void)loadEngine().benchClusters(0, 16, settings, ComputeSettings{}, {}),
        ErrorKind::mismatch,
        "0 vertices");
  }
};

CORTOGRAPH_TEST(ChannelClustersTest, QCoreApplication)
#include "channel_clusters_test.moc"
