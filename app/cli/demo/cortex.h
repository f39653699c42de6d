#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>

namespace cortograph {

/// `demo grow-cortex`: grows the cortex that comes with the program.
[[nodiscard]] std::function<void()> declareGrowCortex(CLI::App& app, const Console& console);

} // namespace cortograph
