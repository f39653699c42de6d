#include "map/vertex_index.h"

namespace cortograph {

void writeVertexIndex(Hdf5File& file, const VertexSet& vertices) {
  file.setAttributes("/", attributesOf(vertices.mesh));
  file.write("/vertex/index",
             Array<std::int32_t>({vertices.size()}, meshIndices(vertices)),
             "vertex of the mesh; the right hemisphere's numbers continue after the left's");
  file.write("/vertex/hemisphere",
             Array<std::uint8_t>({vertices.size()}, sidesOf(vertices)),
             "0 left, 1 right");
}

} // namespace cortograph
