#pragma once

#include "network/weight_file.h"

#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// Networks that come with the program, in timm's names: made from formulas or a seed when they are
/// asked for, or trained by network_training.h and shipped in resources/demo/networks.
/// Spec ("demo:clip") and what each is; those whose file is there.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> demoNetworkList();

[[nodiscard]] bool isDemoNetwork(const std::string& spec); ///< starts with "demo:"

/// The same bytes on every call. Throws Error{notFound} with the names there are.
[[nodiscard]] WeightFile demoWeights(const std::string& spec);

/// A demo network or a weights file, as specs name them.
[[nodiscard]] WeightFile weightsNamed(const std::string& spec);

} // namespace cortograph
