#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>

namespace cortograph {

/// Declares `demo grow-cortex`, which grows the built-in cortex.
[[nodiscard]] std::function<void()> declareGrowCortex(CLI::App& app, const Console& console);

} // namespace cortograph
