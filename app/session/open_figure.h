#pragma once

#include "app/session/saved_view.h"
#include "base/error.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cortograph {

/// An opened figure: its saved view with the data that it shows.
struct OpenedFigure {
  std::filesystem::path file;
  SavedView session;              ///< its rows have their maps and cortices
  std::vector<Error> differences; ///< files that have changed or are missing
};

/// Reads the text of the saved view in a figure's file; empty when there is none. A parameter,
/// because this folder does not know the formats of figures.
using SavedViewReader = std::function<std::string(const std::filesystem::path& file)>;

/// Opens the figure in a file from its saved view, the text that a SavedViewReader returns. Each
/// data file is looked for at its old path, beside the figure, and among the demo's. `known` are
/// the open cortices. Throws Error{format}, and Error{notFound} when none of its maps is found.
[[nodiscard]] OpenedFigure openFigure(const std::filesystem::path& file,
                                      const std::string& view,
                                      const std::vector<CortexPointer>& known,
                                      const Control& control);

/// Shows what the figure shows, and hides everything else.
void restore(Document& document, const OpenedFigure& figure);

} // namespace cortograph
