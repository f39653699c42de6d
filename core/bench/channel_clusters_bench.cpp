#include "bench/channel_clusters_bench.h"

#include "base/error.h"
#include "base/memory.h"
#include "bench/measure.h"
#include "compute/arrays.h"
#include "compute/compute.h"
#include "encoder/channel_clusters.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph {

namespace {

/// Makes readout weights that are noisy copies of a few directions.
Array<float> clusteredWeights(std::int64_t vertices, std::int64_t channels, std::uint64_t seed) {
  constexpr std::int64_t directions = 30;
  constexpr double noise = 0.7;
  const torch::Generator generator = at::make_generator<at::CPUGeneratorImpl>(seed);
  const torch::Tensor centers = torch::randn({directions, channels}, generator);
  const torch::Tensor which = torch::randint(directions, {vertices}, generator, torch::kInt64);
  return toArray(centers.index_select(0, which) +
                 noise * torch::randn({vertices, channels}, generator));
}

} // namespace

nlohmann::ordered_json benchChannelClusters(std::int64_t vertices,
                                            std::int64_t channels,
                                            const ClusterSettings& settings,
                                            const ComputeSettings& compute,
                                            const Control& control) {
  if (vertices < 1 || channels < 1) {
    throw Error(ErrorKind::mismatch,
                std::to_string(vertices) + " vertices with " + std::to_string(channels) +
                    " channels were requested; give at least one of each.");
  }
  useThreads(compute.threads);
  BrainMap map;
  map.vertices.ofSide[0].resize(static_cast<std::size_t>(vertices));
  map.readoutWeight = clusteredWeights(vertices, channels, settings.seed);
  ClusterJob job;
  job.map = std::make_shared<const BrainMap>(std::move(map));
  job.settings = settings;
  job.compute = compute;
  constexpr int runs = 3;
  const double seconds = medianSeconds(
      runs, torch::kCPU, control, [&] { static_cast<void>(clusterChannels(job, control)); });
  return {{"vertices", vertices},
          {"channels", channels},
          {"centres", settings.centers},
          {"clusters", settings.clusters},
          {"threads", threadsInUse()},
          {"seconds", seconds},
          {"peak_mb", peakMegabytes()}};
}

} // namespace cortograph
