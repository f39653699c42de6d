#pragma once

#include "app/session/saved_view.h"
#include "base/error.h"
#include "base/picture.h"

#include <vector>

namespace cortograph {

/// A figure's session with the data it was made of.
struct OpenedFigure {
  std::filesystem::path file;
  SavedView session;                    ///< its rows have their maps and cortices
  std::shared_ptr<const Picture> image; ///< null without one
  std::vector<Error> differences;       ///< files that changed since, or are missing
};

/// Whether a figure's file says what it shows.
[[nodiscard]] bool isFigure(const std::filesystem::path& file);

/// Looks for each file where it was, beside the figure, and among the demo's. Throws Error{format},
/// Error{notFound} when none of its maps is there. `known` are the cortices open already.
[[nodiscard]] OpenedFigure openFigure(const std::filesystem::path& file,
                                      const std::vector<CortexPointer>& known,
                                      const Control& control);

/// Shows what the figure shows and hides all else.
void restore(Document& document, const OpenedFigure& figure);

} // namespace cortograph
