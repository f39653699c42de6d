#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>

namespace cortograph {

/// Declares `cortograph bench frame`, which times drawing.
[[nodiscard]] std::function<void()> declareFrameBench(CLI::App& app, const Console& console);

} // namespace cortograph
