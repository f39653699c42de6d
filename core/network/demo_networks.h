#pragma once

#include "network/weight_file.h"

#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// Networks made by the program from formulas or a seed, in timm's names: no training, no download.
/// Spec ("demo:gabor") and what each is.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> demoNetworkList();

[[nodiscard]] bool isDemoNetwork(const std::string& spec); ///< starts with "demo:"

/// The same bytes on every call. Throws Error{notFound} with the names there are.
[[nodiscard]] WeightFile demoWeights(const std::string& spec);

} // namespace cortograph
