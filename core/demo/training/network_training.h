#pragma once

#include "base/control.h"
#include "demo/training/demo_jobs.h"

namespace cortograph {

/// Trains a demo network and writes it as float16 .safetensors in timm's names, with what made it
/// in its metadata. The same seed gives the same bytes on any number of threads. Scenes are painted
/// from seeds that are never the demo subject's. Cost: scene painting, then the objective's steps
/// of about 0.1 seconds on two cores; stops within a step. Throws Error{notFound} on an unknown
/// objective, set or network, Error{mismatch} on a network that is no plain ViT.
[[nodiscard]] DemoNetworkReport trainDemoNetwork(const DemoNetworkJob& job, const Control& control);

} // namespace cortograph
