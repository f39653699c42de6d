#include "encoder/channel_clusters.h"

#include "analysis/ward.h"
#include "base/error.h"
#include "base/log.h"
#include "base/version.h"
#include "compute/arrays.h"
#include "compute/compute.h"
#include "compute/cosine_means.h"
#include "encoder/random_use.h"
#include "map/left_out.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace cortograph {

namespace {

constexpr int mostIterations = 100;

void checkSettings(const ClusterSettings& settings) {
  constexpr int mostCenters = 10'000; // the distances between them take 0.8 GB
  if (settings.clusters < 2 || settings.clusters > settings.centers ||
      settings.centers > mostCenters) {
    throw Error(
        ErrorKind::mismatch,
        std::to_string(settings.clusters) + " clusters of " + std::to_string(settings.centers) +
            " centres were requested; give at least 2 clusters, no more clusters than centres, and "
            "at most 10000 centres.");
  }
}

/// Returns the map's readout weights, N × D.
torch::Tensor weightsOf(const BrainMap& map) {
  if (map.readoutWeight.empty()) {
    throw Error(ErrorKind::unsupported,
                "The map " + map.title() +
                    " has no readout weights to cluster; use a map that `cortograph train` wrote.");
  }
  Array<float> weight = map.readoutWeight;
  for (std::size_t n = 0; n < weight.rows(); ++n) {
    const std::span<float> row = weight.row(n);
    if (isLeftOut(map, n)) {
      std::ranges::fill(row, 0.0F); // in no cluster
    } else if (!std::ranges::all_of(row, [](float value) { return std::isfinite(value); })) {
      throw Error(ErrorKind::format,
                  "The readout weights of vertex " + std::to_string(n) + " of " +
                      std::to_string(weight.rows()) +
                      " are not finite numbers; the map is damaged. Train it again.");
    }
  }
  return toTensor(weight);
}

/// The eigenvalues and eigenvectors of a symmetric matrix.
struct Eigen {
  torch::Tensor values;  ///< ascending
  torch::Tensor vectors; ///< one per column
};

/// Decomposes rowsᵀ rows, in float64.
Eigen eigenOfSecondMoments(const torch::Tensor& rows) {
  const auto [values, vectors] = at::linalg_eigh(torch::mm(rows.t(), rows), "L");
  return {values, vectors};
}

/// Scales `rows` in place to length one and returns them as float32; zero rows stay zero.
torch::Tensor directionsOf(const torch::Tensor& rows) {
  const torch::Tensor lengths = rows.norm(2, {1}, /*keepdim=*/true);
  return rows.div_(lengths.masked_fill(lengths == 0, 1)).to(torch::kFloat32);
}

std::vector<int> linked(const torch::Tensor& centers, int clusters) {
  // The kernel rows have the same distances as the centres' rows of cosines.
  return wardClusters(toArray<double>(kernelRows(centers)), clusters);
}

/// Returns each cluster's rank along the main axis. `cluster` is the cluster of each direction.
std::vector<int>
placesOnMainAxis(const torch::Tensor& directions, const std::vector<int>& cluster, int count) {
  const torch::Tensor rows = directions.to(torch::kFloat64);
  const torch::Tensor axis = eigenOfSecondMoments(rows).vectors.select(1, -1);
  torch::Tensor places = torch::mv(rows, axis).contiguous();
  if (places.sum().item<double>() < 0) {
    places = -places;
  }
  struct Standing {
    double sum = 0;
    double size = 0;
    std::size_t firstRow = 0;
  };
  std::vector<Standing> standings(static_cast<std::size_t>(count));
  for (std::size_t n = cluster.size(); n-- > 0;) {
    Standing& standing = standings[static_cast<std::size_t>(cluster[n])];
    standing.sum += places.data_ptr<double>()[n];
    standing.size += 1;
    standing.firstRow = n;
  }
  std::vector<int> order(standings.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&standings](int a, int b) {
    const Standing& one = standings[static_cast<std::size_t>(a)];
    const Standing& other = standings[static_cast<std::size_t>(b)];
    return std::tuple(-one.sum / one.size, one.firstRow) <
           std::tuple(-other.sum / other.size, other.firstRow);
  });
  std::vector<int> numbers(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    numbers[static_cast<std::size_t>(order[place])] = static_cast<int>(place);
  }
  return numbers;
}

/// Clusters the directions; the clusters are numbered along the main axis.
std::vector<int>
groupsOf(const torch::Tensor& directions, const ClusterSettings& settings, const Control& control) {
  const CosineMeans means = cosineMeans(directions,
                                        settings.centers,
                                        randomFor(RandomUse::centers, settings.seed),
                                        mostIterations,
                                        control);
  const std::vector<int> groups = linked(means.centers, settings.clusters);
  control.cancel.throwIfCanceled();
  std::vector<int> cluster;
  for (const std::int32_t center : means.label) {
    cluster.push_back(groups[static_cast<std::size_t>(center)]);
  }
  const int count = 1 + *std::max_element(groups.begin(), groups.end());
  if (count < settings.clusters) {
    logWarning("Only " + std::to_string(count) + " of " + std::to_string(settings.clusters) +
               " clusters were found: the readout weights have too few different directions.");
  }
  const std::vector<int> numbers = placesOnMainAxis(directions, cluster, count);
  for (int& one : cluster) {
    one = numbers[static_cast<std::size_t>(one)];
  }
  return cluster;
}

} // namespace

torch::Tensor kernelRows(const torch::Tensor& weight) {
  const torch::Tensor rows = weight.to(torch::kFloat64);
  const auto [values, vectors] = eigenOfSecondMoments(rows);
  const torch::Tensor roots =
      values.clamp_min(0).sqrt(); // rounding may leave small negative values
  return torch::mm(rows, torch::mm(vectors * roots, vectors.t()));
}

ChannelClusters clusterChannels(const ClusterJob& job, const Control& control) {
  return inContext("clustering the channels of " + job.map->title(), [&] {
    const torch::NoGradGuard noGrad;
    checkSettings(job.settings);
    useThreads(job.compute.threads);
    const OwnProducts ownProducts;
    const torch::Tensor directions = directionsOf(kernelRows(weightsOf(*job.map)));
    const torch::Tensor members = directions.any(1).nonzero().squeeze(1);
    if (members.numel() == 0) {
      throw Error(
          ErrorKind::unsupported,
          "All readout weights of the map are zero, so its vertices cannot be distinguished; "
          "use a map that has been trained.");
    }
    const std::vector<int> groups =
        groupsOf(directions.index_select(0, members), job.settings, control);
    ChannelClusters clusters;
    clusters.count = 1 + *std::max_element(groups.begin(), groups.end());
    clusters.label.assign(job.map->size(), -1);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      clusters.label[static_cast<std::size_t>(members.data_ptr<std::int64_t>()[i])] = groups[i];
    }
    clusters.settings = {{"centres", std::int64_t{job.settings.centers}},
                         {"seed", static_cast<std::int64_t>(job.settings.seed)},
                         {"command", job.command},
                         {"software_version", softwareVersion}};
    return clusters;
  });
}

} // namespace cortograph
