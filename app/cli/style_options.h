#pragma once

#include "viewer/picture/style.h"

#include <CLI/App.hpp>

#include <vector>

namespace cortograph {

/// An option for each field of Style, from the table of viewer/picture/style_field.h. `style` must
/// outlive the parse.
[[nodiscard]] std::vector<CLI::Option*> addStyleOptions(CLI::App& app, Style& style);

} // namespace cortograph
