#pragma once

#include "brain/cortex.h"
#include "brain/vertex_set.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace cortograph {

/// The cortex that these vertices lie on: the one that comes with the program when the mesh has its
/// name, else the first of the folders (empty ones are passed over) that can be read and is of
/// their mesh. Throws Error{notFound} with what each folder lacked, and the way out.
[[nodiscard]] std::shared_ptr<const Cortex>
findCortex(const VertexSet& vertices,
           const std::vector<std::filesystem::path>& folders,
           const CortexReader& read = readCortex);

/// Whether the vertices lie on this cortex, as liesOn() has it.
[[nodiscard]] bool fits(const Cortex& cortex, const VertexSet& vertices);

} // namespace cortograph
