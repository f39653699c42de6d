#pragma once

#include "base/npy.h"
#include "brain/format.h"

namespace cortograph {

/// An array of one value a vertex, of one side or of both. Throws Error{mismatch} when it has more
/// axes than one, and as the general vertexDataOf().
[[nodiscard]] VertexData
vertexDataOf(const NpyFile& npy, const std::filesystem::path& file, std::optional<Side> side);

} // namespace cortograph
