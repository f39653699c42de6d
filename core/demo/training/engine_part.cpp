#include "compute/compute.h"
#include "demo/training/demo_training.h"
#include "demo/training/network_training.h"
#include "demo/training/objective.h"
#include "demo/training/probe.h"

namespace cortograph::parts {

namespace {

class TorchDemoTraining final : public DemoTraining {
public:
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> objectives() const override {
    std::vector<std::pair<std::string, std::string>> objectives;
    for (const ObjectiveEntry entry : objectiveTable()) {
      objectives.emplace_back(entry().name, entry().description);
    }
    return objectives;
  }

  [[nodiscard]] DemoNetworkReport trainNetwork(const DemoNetworkJob& job,
                                               const Control& control) const override {
    return runJob(control, [&] { return trainDemoNetwork(job, control); });
  }

  [[nodiscard]] ProbeResult probe(const ProbeJob& job, const Control& control) const override {
    return runJob(control, [&] { return probeNetwork(job, control); });
  }
};

} // namespace

const EnginePart& demo() {
  static const TorchDemoTraining training;
  return training;
}

} // namespace cortograph::parts
