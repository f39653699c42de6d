#pragma once

#include "brain/surface.h"

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// One hemisphere in several shapes. All shapes and all per-vertex data share one vertex numbering.
struct Hemisphere {
  Side side = Side::left;
  std::map<Shape, Surface> shapes;
  std::vector<float> curvature; ///< positive in sulci, as FreeSurfer; empty when unknown
  std::vector<float> sulcalDepth;
  std::vector<float> thickness; ///< mm

  [[nodiscard]] std::size_t vertexCount() const;
};

struct Cortex {
  std::string name;             ///< "fsaverage5", "demo"
  std::filesystem::path folder; ///< absolute, of its files; empty when made by the program
  bool simulated = false;
  bool complete = true;                  ///< else its folder holds more
  std::array<Hemisphere, 2> hemispheres; ///< left, right

  [[nodiscard]] const Hemisphere& hemisphere(Side side) const {
    return hemispheres[static_cast<std::size_t>(side)];
  }
  [[nodiscard]] std::size_t vertexCount() const;
  /// Shapes that both hemispheres have.
  [[nodiscard]] std::vector<Shape> shapes() const;
};

/// Reads every surface and curvature file of a folder whose name says what it is:
/// "pial_left.gii.gz" (nilearn), "lh.pial.gii", "tpl-…_hemi-L_pial.surf.gii". The name of the
/// cortex follows from the vertex count (fsaverage5: 10,242 …), else it is the folder's; surfaces
/// whose SubjectID says "demo (simulated)" are the simulated cortex "demo". Throws
/// Error{notFound} when no shape is there for both sides, Error{mismatch} when counts differ, when
/// a file's own metadata contradicts the side in its name, or when left and right are swapped.
[[nodiscard]] std::shared_ptr<const Cortex> readCortex(const std::filesystem::path& folder);

/// The same with one shape and the curvature alone, for a picture that is wanted at once; with all
/// where the folder lacks that shape.
[[nodiscard]] std::shared_ptr<const Cortex> readCortexInPart(const std::filesystem::path& folder,
                                                             Shape shape);

/// How a folder of surfaces is read.
using CortexReader =
    std::function<std::shared_ptr<const Cortex>(const std::filesystem::path& folder)>;

/// "fsaverage5" for 10,242 vertices a side, …; empty when the count is no standard one.
[[nodiscard]] std::string standardMeshName(std::size_t verticesPerSide);

} // namespace cortograph
