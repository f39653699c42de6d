#include "subject/find_cortex.h"

#include "base/error.h"
#include "brain/cortex_source.h"

namespace cortograph {

bool fits(const Cortex& cortex, const VertexSet& vertices) {
  return vertices.placed() && liesOn(vertices.mesh, cortex.mesh);
}

std::shared_ptr<const Cortex> findCortex(const VertexSet& vertices,
                                         const std::vector<std::filesystem::path>& folders,
                                         const CortexReader& read) {
  if (const auto builtIn = builtInCortex(vertices.mesh.name); builtIn && fits(*builtIn, vertices)) {
    return builtIn;
  }
  if (!vertices.placed()) {
    throw Error(ErrorKind::notFound,
                "The " + inWords(vertices.mesh) +
                    " have no place on a cortex, so they can't be painted; they can be scored and "
                    "predicted.");
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
      found += " " + folder.string() + " holds " + inWords(cortex->mesh) + ": " +
               differenceInWords(vertices.mesh, cortex->mesh) + ".";
    } catch (const Error& error) {
      found += " " + folder.string() + ": " + error.sentence();
    }
  }
  throw Error(ErrorKind::notFound,
              "No surfaces of " + inWords(vertices.mesh) + " were found." + found +
                  " Give the folder of its surfaces.");
}

} // namespace cortograph
