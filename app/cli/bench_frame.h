#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>

namespace cortograph {

/// `cortograph bench frame`: what drawing costs.
[[nodiscard]] std::function<void()> declareFrameBench(CLI::App& app, const Console& console);

} // namespace cortograph
