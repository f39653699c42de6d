#pragma once

#include "brain/mesh_space.h"
#include "brain/volume.h"

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// One hemisphere in several shapes. All shapes and all data per vertex share one vertex numbering.
struct Hemisphere {
  Side side = Side::left;
  std::map<Shape, Surface> shapes;
  std::vector<float> curvature; ///< positive in sulci, as FreeSurfer; empty when unknown
  std::vector<float> sulcalDepth;
  std::vector<float> thickness; ///< mm
  /// Maps the white and the pial surface to where the scanner saw them, both mm RAS; nothing when
  /// the files do not state it, and they are taken to lie there.
  std::optional<VoxelAffine> surfaceToScanner;

  [[nodiscard]] std::size_t vertexCount() const;
  /// Returns the triangles of a shape without cuts; null when there is none.
  [[nodiscard]] const std::vector<Triangle>* closedTriangles() const;
};

/// One or two hemispheres, which may have different numbers of vertices. A hemisphere without a
/// shape is absent.
struct Cortex {
  MeshSpace mesh;               ///< of its hemispheres, as meshOf() identifies it
  std::filesystem::path folder; ///< absolute, of its files; empty when made by the program
  bool simulated = false;
  bool complete = true;                  ///< whether all files of its folder were read
  std::array<Hemisphere, 2> hemispheres; ///< left, right

  [[nodiscard]] const Hemisphere& hemisphere(Side side) const {
    return hemispheres[static_cast<std::size_t>(side)];
  }
  [[nodiscard]] std::size_t vertexCount() const;
  [[nodiscard]] bool has(Side side) const { return !hemisphere(side).shapes.empty(); }
  /// Returns the shapes that every present hemisphere has.
  [[nodiscard]] std::vector<Shape> shapes() const;
};

/// Reads the surfaces and measures (curvature, sulcal depth, thickness) in a folder. Files are
/// recognised by their names: "lh.pial" (FreeSurfer), "pial_left.gii.gz" (nilearn), "lh.pial.gii",
/// "tpl-…_hemi-L_pial.surf.gii"; the flat shape may be a FreeSurfer patch. One side is enough, and
/// the sides may have different meshes. The mesh has the name of a standard mesh with the same
/// triangles (with the same count when there is only a flat shape), else the name in the files'
/// metadata (SubjectID), else the folder's ("surf" and "surfaces" are skipped). Surfaces with the
/// SubjectID "demo (simulated)" are the simulated cortex "demo". Throws Error{notFound} when the
/// sides have no shape in common, Error{mismatch} when the vertex counts of one side differ, when a
/// file's metadata contradicts the side in its name, or when left and right are swapped.
[[nodiscard]] std::shared_ptr<const Cortex> readCortex(const std::filesystem::path& folder);

/// Reads one shape and the curvature only, to show a first picture quickly. Reads everything when
/// the folder lacks that shape.
[[nodiscard]] std::shared_ptr<const Cortex> readCortexInPart(const std::filesystem::path& folder,
                                                             Shape shape);

/// A function that reads a folder of surfaces, such as readCortex().
using CortexReader =
    std::function<std::shared_ptr<const Cortex>(const std::filesystem::path& folder)>;

/// Returns the mesh of these hemispheres: counts, triangulations and, when these are a standard
/// mesh's, its name.
[[nodiscard]] MeshSpace meshOf(const std::array<Hemisphere, 2>& hemispheres);
/// Does the same, but gives the mesh this name.
[[nodiscard]] MeshSpace
meshOf(const std::array<Hemisphere, 2>& hemispheres, std::string name, MeshEvidence toldBy);

} // namespace cortograph
