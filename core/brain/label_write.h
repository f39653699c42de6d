#pragma once

#include "brain/surface.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// Writes vertices of a side as a FreeSurfer label
/// (https://surfer.nmr.mgh.harvard.edu/fswiki/LabelsClutsAnnotationFiles), whole or not at all.
/// `points` are their coordinates in mm, one for each, as on FreeSurfer's white surface; `subject`
/// is the person or standard mesh that the numbers belong to. Throws Error{file}.
void writeLabel(const std::filesystem::path& file,
                const std::vector<std::int32_t>& vertices,
                const std::vector<Point>& points,
                const std::string& subject);

} // namespace cortograph
