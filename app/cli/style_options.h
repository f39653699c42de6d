#pragma once

#include "viewer/picture/style.h"

#include <CLI/App.hpp>

#include <vector>

namespace cortograph {

/// Adds an option for each field of Style, from the table of viewer/picture/style_field.h. `style`
/// must outlive the parsing.
[[nodiscard]] std::vector<CLI::Option*> addStyleOptions(CLI::App& app, Style& style);

} // namespace cortograph
