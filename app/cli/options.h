#pragma once

#include "jobs/settings.h"
#include "subject/z_scale.h"

#include <CLI/App.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

// Options that several commands share. Each function adds the options named in its comment.
/// Adds --network and the options of addNetworkSettings().
void addNetworkOptions(CLI::App& app, NetworkSource& network);
/// Adds --family, --act, --heads, --image-size, --preprocess, --trust, --trust-unsealed.
void addNetworkSettings(CLI::App& app, NetworkSource& network);
/// Adds --device, --threads.
void addComputeOptions(CLI::App& app, ComputeSettings& compute);
/// Adds --threads, for commands that run only on the CPU.
void addThreadsOption(CLI::App& app, ComputeSettings& compute);
/// Adds --clusters, --centres, --seed.
void addClusterOptions(CLI::App& app, ClusterSettings& cluster);
/// Adds --grid N|native, --layers 0-3,11.
void addTokenOptions(CLI::App& app, TokenSettings& tokens);
/// Adds --standardise.
void addStandardizeOption(CLI::App& app, std::optional<Standardization>& standardization);
/// Adds --regions, files of regions that are added to those of a subject or map.
void addRegionOption(CLI::App& app, std::vector<std::filesystem::path>& files);
/// Adds --half.
void addHalfOption(CLI::App& app, TokenSettings& tokens);

/// Reads a list of numbers: "0-3,11" means 0 1 2 3 11. Throws CLI::ValidationError.
[[nodiscard]] std::vector<int> parseNumberList(const std::string& text);

/// Returns toString() of each value, for CLI::IsMember.
template <class Values> std::vector<std::string> namesOf(const Values& values) {
  std::vector<std::string> names;
  names.reserve(std::size(values));
  for (const auto value : values) {
    names.emplace_back(toString(value));
  }
  return names;
}

} // namespace cortograph
