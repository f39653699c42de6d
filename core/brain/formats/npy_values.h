#pragma once

#include "base/npy.h"
#include "brain/format.h"

namespace cortograph {

/// An array of one value a vertex. Throws Error{mismatch} when it has more axes than one.
[[nodiscard]] VertexData vertexDataOf(const NpyFile& npy, const std::filesystem::path& file);

} // namespace cortograph
