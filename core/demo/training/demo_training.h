#pragma once

#include "base/control.h"
#include "demo/training/demo_jobs.h"
#include "engine/engine_part.h"

#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// The interface of the engine for training demo networks; it uses no torch types.
class DemoTraining : public EnginePart {
public:
  DemoTraining() : EnginePart("demo") {}

  /// Lists the objectives that demo networks can be trained on: name ("clip") and description.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> objectives() const = 0;
  /// Trains or fine-tunes a demo network and writes job.out.
  [[nodiscard]] virtual DemoNetworkReport trainNetwork(const DemoNetworkJob& job,
                                                       const Control& control) const = 0;
  /// Measures what a linear probe can predict about simulated scenes from each layer of a network.
  [[nodiscard]] virtual ProbeResult probe(const ProbeJob& job, const Control& control) const = 0;
};

/// Loads the engine and returns its training of demo networks. Throws Error{notFound} when the
/// engine is not installed.
[[nodiscard]] const DemoTraining& demoTraining();

} // namespace cortograph
