#pragma once

#include "base/control.h"
#include "demo/training/demo_jobs.h"
#include "engine/engine_part.h"

#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// The training of the demo's networks, behind the engine's door: no torch type.
class DemoTraining : public EnginePart {
public:
  DemoTraining() : EnginePart("demo") {}

  /// What demo networks are trained to do: "clip" … and what each is.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> objectives() const = 0;
  /// Trains or fine-tunes a demo network and writes job.out.
  [[nodiscard]] virtual DemoNetworkReport trainNetwork(const DemoNetworkJob& job,
                                                       const Control& control) const = 0;
  /// What can be read off each layer of a network, on simulated scenes.
  [[nodiscard]] virtual ProbeResult probe(const ProbeJob& job, const Control& control) const = 0;
};

/// Loads the engine. Throws Error{notFound}.
[[nodiscard]] const DemoTraining& demoTraining();

} // namespace cortograph
