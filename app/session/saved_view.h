#pragma once

#include "app/session/document.h"
#include "base/control.h"

#include <map>
#include <string>
#include <vector>

namespace cortograph {

/// The description of a figure that its file stores, so that it can be opened again: what it shows
/// and from where, without the data.
struct SavedView {
  Document document; ///< rows without map, cortex and prediction
  std::vector<Camera> cameras;
  std::string command; ///< the command that made the figure; may be empty
  std::map<std::filesystem::path, std::string> hashes; ///< of every file read, by contentHash()
  std::map<int, std::filesystem::path> surfacesOf;     ///< by row; empty: the demo's
};

/// Makes the description of what is shown. Reads each file once to compute its hash. Throws
/// Error{file}.
[[nodiscard]] SavedView savedViewOf(const Document& document,
                                    std::vector<Camera> cameras,
                                    std::string command,
                                    const Control& control);

/// Writes the description as JSON.
[[nodiscard]] std::string toJson(const SavedView& session);
/// Reads what toJson() returns. Throws Error{format}.
[[nodiscard]] SavedView parseSavedView(const std::string& text);

} // namespace cortograph
