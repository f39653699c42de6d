#pragma once

#include "brain/vertex_data.h"

#include <filesystem>
#include <vector>

namespace cortograph {

/// Writes the label of each vertex of a side as a FreeSurfer annotation with a table of colours of
/// version 2 (https://surfer.nmr.mgh.harvard.edu/fswiki/LabelsClutsAnnotationFiles), whole or not
/// at all. `keys` are keys of `labels`; a vertex with another key, or NaN, has no label. Labels are
/// told apart by their colours in the file, so that equal ones, and black, are changed by the least
/// that makes them different. Throws Error{unsupported} for a key below 0 or above 65535, which the
/// table can't hold, and Error{file}.
void writeAnnotation(const std::filesystem::path& file,
                     const std::vector<float>& keys,
                     const std::vector<VertexLabel>& labels);

} // namespace cortograph
