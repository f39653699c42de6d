#pragma once

#include "app/session/saved_view.h"
#include "base/error.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cortograph {

/// A figure's session with the data it was made of.
struct OpenedFigure {
  std::filesystem::path file;
  SavedView session;              ///< its rows have their maps and cortices
  std::vector<Error> differences; ///< files that changed since, or are missing
};

/// The text of the saved view in a figure's file; empty where there is none. Formats of figures
/// know it, which this folder does not.
using SavedViewReader = std::function<std::string(const std::filesystem::path& file)>;

/// Opens what the file of a figure says that it shows: `view`, as a SavedViewReader gives it. Looks
/// for each file where it was, beside the figure, and among the demo's. Throws Error{format},
/// Error{notFound} when none of its maps is there. `known` are the cortices open already.
[[nodiscard]] OpenedFigure openFigure(const std::filesystem::path& file,
                                      const std::string& view,
                                      const std::vector<CortexPointer>& known,
                                      const Control& control);

/// Shows what the figure shows and hides all else.
void restore(Document& document, const OpenedFigure& figure);

} // namespace cortograph
