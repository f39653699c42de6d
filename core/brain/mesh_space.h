#pragma once

#include "base/attributes.h"
#include "brain/surface.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// How a mesh was told. A count alone is a guess: other meshes may have as many vertices.
enum class MeshEvidence { none, byCount, byFolder, byMetadata, byTriangulation, builtIn };

/// "by its triangulation", "by its number of vertices alone".
[[nodiscard]] std::string_view inWords(MeshEvidence evidence) noexcept;

/// The mesh of voxels whose place on the cortex is not known: all count as left ones.
inline constexpr const char* unplacedMesh = "none";

/// The mesh that vertex numbers are of. Two values of one mesh have the same numbers for the same
/// places; its sides may differ in size, and one may be absent.
struct MeshSpace {
  std::string name{}; ///< "fsaverage5", "demo", a person's; empty when it is not known
  std::array<std::size_t, 2> vertices{}; ///< of the left and the right side; 0: absent
  /// triangulationHash() of each side's closed surfaces; empty when none was seen.
  std::array<std::string, 2> triangulation{};
  MeshEvidence toldBy = MeshEvidence::none; ///< how the name was told

  [[nodiscard]] std::size_t of(Side side) const { return vertices[static_cast<std::size_t>(side)]; }
  [[nodiscard]] bool has(Side side) const { return of(side) != 0; }
  [[nodiscard]] std::size_t size() const { return vertices[0] + vertices[1]; }
  [[nodiscard]] bool placed() const { return name != unplacedMesh; }
  /// "10k" as TemplateFlow has it; empty when the mesh is no standard one.
  [[nodiscard]] std::string_view density() const noexcept;
  bool operator==(const MeshSpace&) const = default;
};

/// A hash of the triangles' vertex numbers, 16 hexadecimal digits. Neither the order of the
/// triangles nor the corner they begin with nor the way they turn counts. Cost: 3 ms for 300,000.
[[nodiscard]] std::string triangulationHash(const std::vector<Triangle>& triangles);

/// The standard mesh with so many vertices a side; empty when there is none. What has a
/// triangulation is named by that instead.
[[nodiscard]] std::string standardMeshName(std::size_t verticesPerSide);
/// The standard mesh of which both hashes are (empty ones are passed over); empty when of none.
[[nodiscard]] std::string standardMeshName(const std::array<std::string, 2>& triangulation);

/// A mesh of which only the counts are known; it has a standard one's name where they are its.
[[nodiscard]] MeshSpace meshOfCounts(const std::array<std::size_t, 2>& vertices);

enum class MeshMatch { same, possible, different };
/// Whether two meshes are one, on the sides that both have. The triangulation decides where both
/// know it; else counts and names. A name told by the count alone does not tell meshes apart,
/// unless one comes with the program.
[[nodiscard]] MeshMatch match(const MeshSpace& a, const MeshSpace& b);
/// Whether data of one mesh can be shown on another: match() is not `different`, and every side of
/// the data is there.
[[nodiscard]] bool liesOn(const MeshSpace& data, const MeshSpace& surfaces);

/// What every message calls a mesh: "fsaverage5, 10,242 vertices a side"; "bert, 132,051 + 131,712
/// vertices"; "bert, 132,051 vertices on the left"; "a mesh of 10,242 vertices a side"; "500 voxels
/// without a place".
[[nodiscard]] std::string inWords(const MeshSpace& mesh);
/// Why two meshes are not one: "their triangles differ", "the second has no right side"; empty when
/// they may be one.
[[nodiscard]] std::string differenceInWords(const MeshSpace& a, const MeshSpace& b);

/// As files keep it: mesh, mesh_left, mesh_right, mesh_triangulation_left and _right, mesh_told_by.
[[nodiscard]] Attributes attributesOf(const MeshSpace& mesh);
/// Throws Error{format} when a count is missing.
[[nodiscard]] MeshSpace meshSpaceOf(const Attributes& attributes);

} // namespace cortograph
