#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>

namespace cortograph {

/// Declare `cortograph demo train-network`, `demo objectives` and `demo probe`. The returned
/// function does the work after the options were parsed.
[[nodiscard]] std::function<void()> declareTrainNetwork(CLI::App& app, const Console& console);
[[nodiscard]] std::function<void()> declareObjectives(CLI::App& app, const Console& console);
[[nodiscard]] std::function<void()> declareProbe(CLI::App& app, const Console& console);

} // namespace cortograph
