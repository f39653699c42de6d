#pragma once

#include "jobs/settings.h"

#include <CLI/App.hpp>

#include <string>
#include <vector>

namespace cortograph {

/// Options that several verbs share, each declared once.
/// --network and addNetworkSettings().
void addNetworkOptions(CLI::App& app, NetworkSource& network);
/// --family, --act, --heads, --image-size, --preprocess, --trust, --trust-unsealed.
void addNetworkSettings(CLI::App& app, NetworkSource& network);
/// --device, --threads.
void addComputeOptions(CLI::App& app, ComputeSettings& compute);
/// --threads, for what runs on the CPU alone.
void addThreadsOption(CLI::App& app, ComputeSettings& compute);
/// --clusters, --centres, --seed.
void addClusterOptions(CLI::App& app, ClusterSettings& cluster);
/// --grid N|native, --layers 0-3,11.
void addTokenOptions(CLI::App& app, TokenSettings& tokens);
/// --half.
void addHalfOption(CLI::App& app, TokenSettings& tokens);

/// "0-3,11" → 0 1 2 3 11. Throws CLI::ValidationError.
[[nodiscard]] std::vector<int> parseNumberList(const std::string& text);

/// What toString() calls each, for CLI::IsMember.
template <class Values> std::vector<std::string> namesOf(const Values& values) {
  std::vector<std::string> names;
  names.reserve(std::size(values));
  for (const auto value : values) {
    names.emplace_back(toString(value));
  }
  return names;
}

} // namespace cortograph
