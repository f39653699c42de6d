#pragma once

#include "weights/weight_file.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// Networks that come with the program, in timm's names: made from formulas or a seed when they are
/// asked for, or trained by network_training.h and shipped in resources/demo/networks.
/// Spec ("demo:clip") and what each is; those whose file is there.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> demoNetworkList();

/// The same bytes on every call. Throws Error{notFound} with the names there are.
[[nodiscard]] WeightFile demoWeights(const std::string& spec);

/// Writes one as the .safetensors file it would be. Throws as demoWeights() and Error{file}.
void writeDemoNetwork(const std::string& spec, const std::filesystem::path& out);

} // namespace cortograph
