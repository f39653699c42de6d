#pragma once

#include <filesystem>
#include <vector>

namespace cortograph {

/// Writes one number per vertex of a side as a FreeSurfer morphometry file ("lh.curv", float32,
/// https://surfer.nmr.mgh.harvard.edu/fswiki/FileFormats), whole or not at all. Its name should
/// begin with "lh." or "rh.", because the file does not tell its side. Throws Error{file}.
void writeMorph(const std::filesystem::path& file, const std::vector<float>& values);

} // namespace cortograph
