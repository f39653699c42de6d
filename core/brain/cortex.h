#pragma once

#include "brain/mesh_space.h"

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
  /// The triangles of a shape that is not cut; null when there is none.
  [[nodiscard]] const std::vector<Triangle>* closedTriangles() const;
};

/// One or two hemispheres, which may have different numbers of vertices. One without a shape is
/// absent.
struct Cortex {
  MeshSpace mesh;               ///< of its hemispheres, as meshOf() tells it
  std::filesystem::path folder; ///< absolute, of its files; empty when made by the program
  bool simulated = false;
  bool complete = true;                  ///< else its folder holds more
  std::array<Hemisphere, 2> hemispheres; ///< left, right

  [[nodiscard]] const Hemisphere& hemisphere(Side side) const {
    return hemispheres[static_cast<std::size_t>(side)];
  }
  [[nodiscard]] std::size_t vertexCount() const;
  [[nodiscard]] bool has(Side side) const { return !hemisphere(side).shapes.empty(); }
  /// Shapes that every present hemisphere has.
  [[nodiscard]] std::vector<Shape> shapes() const;
};

/// Reads every surface and curvature file of a folder whose name says what it is:
/// "pial_left.gii.gz" (nilearn), "lh.pial.gii", "tpl-…_hemi-L_pial.surf.gii". One side alone
/// is a cortex, and the sides may be of different meshes. The mesh has a standard name where its
/// triangles are that mesh's (by the count where there is only a flat shape), else the name that
/// the files state (SubjectID), else the folder's ("surf" and "surfaces" are passed over);
/// surfaces whose SubjectID says "demo (simulated)" are the simulated cortex "demo". Throws
/// Error{notFound} when no shape is there for every side, Error{mismatch} when the counts of one
/// side differ, when a file's own metadata contradicts the side in its name, or when left and right
/// are swapped.
[[nodiscard]] std::shared_ptr<const Cortex> readCortex(const std::filesystem::path& folder);

/// The same with one shape and the curvature alone, for a picture that is wanted at once; with all
/// where the folder lacks that shape.
[[nodiscard]] std::shared_ptr<const Cortex> readCortexInPart(const std::filesystem::path& folder,
                                                             Shape shape);

/// How a folder of surfaces is read.
using CortexReader =
    std::function<std::shared_ptr<const Cortex>(const std::filesystem::path& folder)>;

/// Counts, triangulations and, where these are a standard mesh's, its name; else it has none.
[[nodiscard]] MeshSpace meshOf(const std::array<Hemisphere, 2>& hemispheres);
/// The same with this name instead.
[[nodiscard]] MeshSpace
meshOf(const std::array<Hemisphere, 2>& hemispheres, std::string name, MeshEvidence toldBy);

} // namespace cortograph
