#pragma once

#include "base/npy.h"
#include "brain/format.h"

namespace cortograph {

/// Makes vertex data of an array with one value per vertex, of one side or of both. Throws
/// Error{mismatch} when the array has more than one axis, and as the general vertexDataOf() does.
[[nodiscard]] VertexData
vertexDataOf(const NpyFile& npy, const std::filesystem::path& file, std::optional<Side> side);

} // namespace cortograph
