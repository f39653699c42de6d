#pragma once

#include "base/hdf5.h"
#include "brain/vertex_set.h"

namespace cortograph {

/// Writes the vertices that the rows of a map or of scores belong to: the root attributes of the
/// mesh, /vertex/index and /vertex/hemisphere.
void writeVertexIndex(Hdf5File& file, const VertexSet& vertices);

} // namespace cortograph
