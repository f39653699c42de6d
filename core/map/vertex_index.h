#pragma once

#include "base/hdf5.h"
#include "brain/vertex_set.h"

namespace cortograph {

/// Writes which vertices the rows of a map or of scores are: the root attribute `mesh`,
/// /vertex/index and /vertex/hemisphere.
void writeVertexIndex(Hdf5File& file, const VertexSet& vertices);

} // namespace cortograph
