#include "subject/find_cortex.h"

#include "base/error.h"
#include "brain/cortex_source.h"

namespace cortograph {

bool fits(const Cortex& cortex, const VertexSet& vertices) {
  const bool sameSize = cortex.hemispheres[0].vertexCount() == vertices.meshSize[0] &&
                        cortex.hemispheres[1].vertexCount() == vertices.meshSize[1];
  const bool eitherSimulated = cortex.simulated || isBuiltInMesh(vertices.mesh);
  return vertices.placed() && sameSize && (!eitherSimulated || vertices.mesh == cortex.name);
}

std::shared_ptr<const Cortex> findCortex(const VertexSet& vertices,
                                         const std::vector<std::filesystem::path>& folders,
                                         const CortexReader& read) {
  if (const auto builtIn = builtInCortex(vertices.mesh); builtIn && fits(*builtIn, vertices)) {
    return builtIn;
  }
  if (!vertices.placed()) {
    throw Error(ErrorKind::notFound,
                "The " + std::to_string(vertices.size()) +
                    " voxels have no place on a cortex, so they can't be painted; score them, or "
                    "predict from them.");
  }
  std::string found;
  for (const std::filesystem::path& folder : folders) {
    if (folder.empty()) {
      continue;
    }
    try {
      auto cortex = read(folder);
      if (fits(*cortex, vertices)) {
        return cortex;
      }
      found += " " + folder.string() + " holds " + cortex->name + " of " +
               std::to_string(cortex->hemispheres[0].vertexCount()) + " and " +
               std::to_string(cortex->hemispheres[1].vertexCount()) + ".";
    } catch (const Error& error) {
      found += " " + folder.string() + ": " + error.sentence();
    }
  }
  throw Error(ErrorKind::notFound,
              "No surfaces were found for the mesh " + vertices.mesh + " of " +
                  std::to_string(vertices.meshSize[0]) + " and " +
                  std::to_string(vertices.meshSize[1]) + " vertices." + found +
                  " Give the folder of its surfaces.");
}

} // namespace cortograph
