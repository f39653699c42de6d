#pragma once

#include "brain/surface.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// Returns the words of a file's name in lower case: "tpl", "x", "hemi", "l", "surf", "gii" for
/// "tpl-X_hemi-L.surf.gii".
[[nodiscard]] std::vector<std::string> nameWords(const std::string& name);

/// Returns the side that the words of a file's name state. "hemi-L" is preferred to "lh", that to
/// "left", and that to a lone letter, so that "r_lh" is left.
[[nodiscard]] std::optional<Side> sideIn(const std::vector<std::string>& words);

/// Returns a file's name without its side and endings, which the files of both sides share:
/// "thickness" of "lh.thickness.gii", "sub-01_space-fsLR_curv" of
/// "sub-01_hemi-L_space-fsLR_curv.shape.gii".
[[nodiscard]] std::string sidelessName(const std::filesystem::path& file);

} // namespace cortograph
