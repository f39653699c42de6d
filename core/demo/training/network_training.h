#pragma once

#include "base/control.h"
#include "demo/training/demo_jobs.h"

namespace cortograph {

/// Trains a demo network and writes it as a float16 .safetensors file with timm's names; the
/// metadata records how it was made. The same seed gives the same bytes on any number of threads.
/// Scenes are painted from seeds that differ from the demo subject's. Cost: painting the scenes,
/// then about 0.1 s per step on two cores. Can be cancelled between steps. Throws Error{notFound}
/// on an unknown objective, set or network, Error{mismatch} on a network that is not a plain ViT or
/// a job that names both an objective and a network, or neither.
[[nodiscard]] DemoNetworkReport trainDemoNetwork(const DemoNetworkJob& job, const Control& control);

} // namespace cortograph
