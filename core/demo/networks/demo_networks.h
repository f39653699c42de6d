#pragma once

#include "weights/weight_file.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// Lists the networks that come with the program: spec ("demo:clip") and description. They have
/// timm's names. Some are made on demand from formulas or a seed; others were trained by
/// network_training.h and are shipped in resources/demo/networks. Those without a file are left
/// out.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> demoNetworkList();

/// Returns the weights of a demo network; every call gives the same bytes. Throws Error{notFound},
/// which lists the existing names.
[[nodiscard]] WeightFile demoWeights(const std::string& spec);

/// Writes a demo network as a .safetensors file. Throws like demoWeights(), and Error{file}.
void writeDemoNetwork(const std::string& spec, const std::filesystem::path& out);

} // namespace cortograph
