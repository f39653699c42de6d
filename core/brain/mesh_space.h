#pragma once

#include "base/attributes.h"
#include "brain/surface.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The way in which a mesh was identified. A count alone is a guess: other meshes may have as many
/// vertices.
enum class MeshEvidence { none, byCount, byFolder, byMetadata, byTriangulation, builtIn };

/// Returns the evidence in words: "by its triangulation", "by its number of vertices alone".
[[nodiscard]] std::string_view inWords(MeshEvidence evidence) noexcept;

/// The name of the mesh of voxels whose place on the cortex is not known. All count as left.
inline constexpr const char* unplacedMesh = "none";

/// The mesh that vertex numbers refer to. On one mesh, equal numbers stand for equal places. The
/// sides may differ in size, and one may be absent.
struct MeshSpace {
  std::string name{}; ///< "fsaverage5", "demo", a person's; empty when it is not known
  std::array<std::size_t, 2> vertices{}; ///< on the left and the right side; 0: absent
  /// triangulationHash() of each side's closed surfaces; empty when it is not known.
  std::array<std::string, 2> triangulation{};
  MeshEvidence toldBy = MeshEvidence::none; ///< how the name was found

  [[nodiscard]] std::size_t of(Side side) const { return vertices[static_cast<std::size_t>(side)]; }
  [[nodiscard]] bool has(Side side) const { return of(side) != 0; }
  [[nodiscard]] std::size_t size() const { return vertices[0] + vertices[1]; }
  [[nodiscard]] bool placed() const { return name != unplacedMesh; }
  /// Returns TemplateFlow's name of the density: "10k"; empty when the mesh is not a standard one.
  [[nodiscard]] std::string_view density() const noexcept;
  bool operator==(const MeshSpace&) const = default;
};

/// The vertices of fs_LR 32k that the Human Connectome Project's files hold: those outside the
/// medial wall.
inline constexpr std::array<std::size_t, 2> fsLrCortex{29696, 29716};
/// Of its files that hold both sides and subcortical voxels.
inline constexpr std::size_t fsLrGrayordinates = 91282;
/// Returns whether these are the numbers of vertices of fs_LR 32k without its medial wall, on the
/// sides that are there.
[[nodiscard]] bool lacksMedialWall(const std::array<std::size_t, 2>& vertices) noexcept;

/// Computes a hash of the triangles' vertex numbers, 16 hexadecimal digits. It does not depend on
/// the order of the triangles, or of the corners in a triangle. Cost: 3 ms for 300,000 triangles.
[[nodiscard]] std::string triangulationHash(const std::vector<Triangle>& triangles);

/// Returns the name of the standard mesh with so many vertices per side; empty when there is none.
/// Only for data without a triangulation, which would be better evidence.
[[nodiscard]] std::string standardMeshName(std::size_t verticesPerSide);
/// Returns the name of the standard mesh with these hashes, of which one may be empty; empty when
/// there is none.
[[nodiscard]] std::string standardMeshName(const std::array<std::string, 2>& triangulation);

/// Returns the vertices per side of the standard mesh of this name; 0 when there is none.
[[nodiscard]] std::size_t standardMeshSize(std::string_view name) noexcept;

/// Returns a mesh of which only the counts are known, with the name of the standard mesh that has
/// them, if any.
[[nodiscard]] MeshSpace meshOfCounts(const std::array<std::size_t, 2>& vertices);

/// Returns the mesh without the sides that have no vertices in `data`.
[[nodiscard]] MeshSpace onSidesOf(MeshSpace mesh, const std::array<std::size_t, 2>& data);

enum class MeshMatch { same, possible, different };
/// Returns whether two meshes are the same, on the sides that both have. Triangulations are
/// compared when both are known, else counts and names. Names that differ do not count when one of
/// them is unknown or was guessed from the count, unless one mesh is built in.
[[nodiscard]] MeshMatch match(const MeshSpace& a, const MeshSpace& b);
/// Returns whether data on one mesh can be shown on another: match() is not `different`, and the
/// surfaces have every side of the data.
[[nodiscard]] bool liesOn(const MeshSpace& data, const MeshSpace& surfaces);

/// Returns the name of a mesh for messages: "fsaverage5, 10,242 vertices a side"; "bert, 132,051 +
/// 131,712 vertices"; "bert, 132,051 vertices on the left"; "a mesh of 10,242 vertices a side";
/// "500 voxels without a place".
[[nodiscard]] std::string inWords(const MeshSpace& mesh);
/// Returns why two meshes are not the same: "their triangles differ", "the second has no right
/// side"; empty when they may be the same.
[[nodiscard]] std::string differenceInWords(const MeshSpace& a, const MeshSpace& b);

/// Returns the attributes that files store: mesh, mesh_left, mesh_right, mesh_triangulation_left
/// and _right, mesh_told_by.
[[nodiscard]] Attributes attributesOf(const MeshSpace& mesh);
/// Reads those attributes. Throws Error{format} when a count is missing.
[[nodiscard]] MeshSpace meshSpaceOf(const Attributes& attributes);

} // namespace cortograph
