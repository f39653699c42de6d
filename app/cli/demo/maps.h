#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>

namespace cortograph {

/// Declares `demo train-maps`, which trains the maps that come with the program.
[[nodiscard]] std::function<void()> declareTrainMaps(CLI::App& app, const Console& console);

} // namespace cortograph
