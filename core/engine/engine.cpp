#include "engine/engine.h"

#include "base/error.h"
#include "bench/channel_clusters_bench.h"
#include "bench/check.h"
#include "bench/step_bench.h"
#include "bench/token_bench.h"
#include "compute/compute.h"
#include "encoder/channel_clusters.h"
#include "encoder/interchange.h"
#include "encoder/predictor.h"
#include "encoder/scorer.h"
#include "encoder/top_channels.h"
#include "encoder/trainer.h"
#include "network/family.h"
#include "tokens/token_batches.h"
#include "tokens/token_file.h"

namespace cortograph {

namespace {

class TorchEngine final : public Engine {
public:
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> networkFamilies() const override {
    std::vector<std::pair<std::string, std::string>> families;
    for (const FamilyEntry entry : familyTable()) {
      families.emplace_back(entry().name(), entry().title());
    }
    return families;
  }

  [[nodiscard]] bool hasCuda() const override { return torch::cuda::is_available(); }

  [[nodiscard]] NetworkInfo describeNetwork(const NetworkSource& network) const override {
    return translated([&] { return cortograph::describeNetwork(network); });
  }

  [[nodiscard]] std::size_t extractTokens(const TokensJob& job,
                                          const Control& control) const override {
    return runJob(control, [&] {
      useThreads(job.compute.threads);
      NetworkSource source = job.network;
      if (!job.preparedImages.empty() && source.imageSize.empty()) {
        source.imageSize = preparedSize(job.preparedImages);
      }
      return writeTokenFile(job, *openNetwork(source, deviceOf(job.compute)), control);
    });
  }

  [[nodiscard]] BrainMap
  train(const TrainJob& job, const Control& control, const TrainObserver& observer) const override {
    return runJob(control, [&] { return trainEncoder(job, control, observer); });
  }

  [[nodiscard]] Array<float> predict(const PredictJob& job, const Control& control) const override {
    return runJob(control, [&] { return predictResponses(job, control); });
  }

  [[nodiscard]] ChannelClusters cluster(const ClusterJob& job,
                                        const Control& control) const override {
    return runJob(control, [&] { return clusterChannels(job, control); });
  }

  [[nodiscard]] nlohmann::ordered_json benchClusters(std::int64_t vertices,
                                                     std::int64_t channels,
                                                     const ClusterSettings& settings,
                                                     const ComputeSettings& compute,
                                                     const Control& control) const override {
    return runJob(control, [&] {
      return benchChannelClusters(vertices, channels, settings, compute, control);
    });
  }

  [[nodiscard]] Scores score(const ScoreJob& job, const Control& control) const override {
    return runJob(control, [&] { return scoreMap(job, control); });
  }

  [[nodiscard]] BrainMap importStateDict(const ImportJob& job,
                                         const Control& control) const override {
    return runJob(control, [&] { return importEncoder(job, control); });
  }

  void exportStateDict(const BrainMap& map, const std::filesystem::path& out) const override {
    translated([&] { exportEncoder(map, out); });
  }

  [[nodiscard]] TopChannels topChannels(const TopChannelsJob& job,
                                        const Control& control) const override {
    return runJob(control, [&] { return cortograph::topChannels(job, control); });
  }

  [[nodiscard]] nlohmann::ordered_json check(const std::filesystem::path& fixture,
                                             const ComputeSettings& compute) const override {
    return runJob({}, [&] { return checkEncoder(fixture, compute); });
  }

  [[nodiscard]] nlohmann::ordered_json benchStep(const StepBench& bench,
                                                 const ComputeSettings& compute,
                                                 const Control& control) const override {
    return runJob(control, [&] { return cortograph::benchStep(bench, compute, control); });
  }

  [[nodiscard]] nlohmann::ordered_json benchTokens(const TokenBench& bench,
                                                   const ComputeSettings& compute,
                                                   const Control& control) const override {
    return runJob(control, [&] { return cortograph::benchTokens(bench, compute, control); });
  }

  [[nodiscard]] const EnginePart& part(std::string_view name) const override {
    for (const EnginePartEntry entry : enginePartTable()) {
      if (entry().name() == name) {
        return entry();
      }
    }
    throw Error(ErrorKind::notFound,
                "The engine was built without its part " + std::string(name) +
                    "; install a build that includes it.");
  }
};

} // namespace

} // namespace cortograph

/// Returns the engine. This is the one symbol that loadEngine() looks up.
extern "C" const cortograph::Engine* cortographEngine() {
  static const cortograph::TorchEngine engine;
  return &engine;
}
