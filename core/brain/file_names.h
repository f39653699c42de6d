#pragma once

#include "brain/surface.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// "tpl-X_hemi-L.surf.gii" in small letters: "tpl", "x", "hemi", "l", "surf", "gii".
[[nodiscard]] std::vector<std::string> nameWords(const std::string& name);

/// The side that the words of a file's name say, by the strongest evidence: "hemi-L", then "lh",
/// then "left"; a lone letter only when nothing else speaks, so that "r_lh" is a left one.
[[nodiscard]] std::optional<Side> sideIn(const std::vector<std::string>& words);

/// A file's name without its side and its endings, which both sides' files of one thing share:
/// "thickness" of "lh.thickness.gii", "sub-01_space-fsLR_curv" of
/// "sub-01_hemi-L_space-fsLR_curv.shape.gii".
[[nodiscard]] std::string sidelessName(const std::filesystem::path& file);

} // namespace cortograph
