#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>

namespace cortograph {

/// `cortograph demo train-network`, `demo objectives` and `demo probe`: each declares its options
/// and returns what does the work after they were parsed.
[[nodiscard]] std::function<void()> declareTrainNetwork(CLI::App& app, const Console& console);
[[nodiscard]] std::function<void()> declareObjectives(CLI::App& app, const Console& console);
[[nodiscard]] std::function<void()> declareProbe(CLI::App& app, const Console& console);

} // namespace cortograph
