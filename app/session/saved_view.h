#pragma once

#include "app/session/document.h"
#include "base/control.h"

#include <map>
#include <string>
#include <vector>

namespace cortograph {

/// What a figure shows and from where, without the data themselves: what its file keeps, so that
/// the figure opens again.
struct SavedView {
  Document document; ///< rows without map, cortex and prediction
  std::vector<Camera> cameras;
  std::string command;                                 ///< that made the figure; may be empty
  std::map<std::filesystem::path, std::string> hashes; ///< of every file read, by contentHash()
  std::map<int, std::filesystem::path> surfacesOf;     ///< by row; empty: the demo's
};

/// Of what is shown; reads each file once for its hash. Throws Error{file}.
[[nodiscard]] SavedView savedViewOf(const Document& document,
                                    std::vector<Camera> cameras,
                                    std::string command,
                                    const Control& control);

/// JSON, and back. Throws Error{format}.
[[nodiscard]] std::string toJson(const SavedView& session);
[[nodiscard]] SavedView parseSavedView(const std::string& text);

} // namespace cortograph
