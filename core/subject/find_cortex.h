#pragma once

#include "brain/cortex.h"
#include "brain/vertex_set.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace cortograph {

/// Finds the cortex that these vertices lie on: the built-in one when it has the name of their
/// mesh, else that of the first folder that can be read and has their mesh. Empty paths are
/// skipped. Throws Error{notFound} that says why each folder was rejected.
[[nodiscard]] std::shared_ptr<const Cortex>
findCortex(const VertexSet& vertices,
           const std::vector<std::filesystem::path>& folders,
           const CortexReader& read = readCortex);

/// Returns whether the vertices lie on this cortex, as liesOn() decides.
[[nodiscard]] bool fits(const Cortex& cortex, const VertexSet& vertices);

} // namespace cortograph
