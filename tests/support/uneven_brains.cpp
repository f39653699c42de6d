#include "support/uneven_brains.h"

#include "brain/gifti_write.h"
#include "brain/subdivision.h"
#include "support/test_data.h"

namespace cortograph::test {

namespace fs = std::filesystem;

void writeLeftOnly(const fs::path& folder) {
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator(dataPath("fsaverage5"))) {
    if (entry.path().filename().string().find("left") != std::string::npos) {
      fs::copy_file(entry.path(), folder / entry.path().filename());
    }
  }
}

void writeUneven(const fs::path& folder) {
  writeLeftOnly(folder);
  const auto cortex = readCortex(dataPath("fsaverage5"));
  const Hemisphere& fine = cortex->hemisphere(Side::right);
  const std::size_t coarse = coarserSize(fine.vertexCount());
  for (const auto& [shape, surface] : fine.shapes) {
    const Surface coarser{
        .verticesRas = {surface.verticesRas.begin(),
                        surface.verticesRas.begin() + static_cast<std::ptrdiff_t>(coarse)},
        .triangles = coarsened(surface.triangles, fine.vertexCount(), coarse)};
    writeSurface(
        folder / ("rh." + std::string(toString(shape)) + ".surf.gii"), coarser, Side::right, shape);
  }
  writeVertexData(
      folder / "rh.curv.shape.gii",
      {fine.curvature.begin(), fine.curvature.begin() + static_cast<std::ptrdiff_t>(coarse)},
      Side::right,
      "curvature");
}

} // namespace cortograph::test
