#include "brain/mesh_space.h"

#include "base/error.h"
#include "base/random.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iterator>

namespace cortograph {

namespace {

/// A standard mesh: a nested icosahedron of FreeSurfer, or a mesh of the Human Connectome Project.
struct StandardMesh {
  std::string_view name;
  std::string_view density;
  std::size_t vertices = 0;
  std::string_view triangulation; ///< hash of either side; empty when it is not known
};

constexpr std::array<StandardMesh, 7> standardMeshes{
    {{"fsaverage3", "642", 642, "849a4c64df001b4f"},
     {"fsaverage4", "3k", 2562, "3f1f5bdbf488237c"},
     {"fsaverage5", "10k", 10242, "57310c7649c878bf"},
     {"fsaverage6", "41k", 40962, "082aadfd4eb31190"},
     {"fsaverage", "164k", 163842, "05ad9086e6e006c1"},
     {"fsLR-32k", "32k", 32492, ""},
     {"fsLR-59k", "59k", 59292, ""}}};

constexpr std::array<MeshEvidence, 6> allEvidence{MeshEvidence::none,
                                                  MeshEvidence::byCount,
                                                  MeshEvidence::byFolder,
                                                  MeshEvidence::byMetadata,
                                                  MeshEvidence::byTriangulation,
                                                  MeshEvidence::builtIn};

/// Returns the word that files store.
std::string_view toString(MeshEvidence evidence) noexcept {
  switch (evidence) {
  case MeshEvidence::byCount:
    return "count";
  case MeshEvidence::byFolder:
    return "folder";
  case MeshEvidence::byMetadata:
    return "metadata";
  case MeshEvidence::byTriangulation:
    return "triangulation";
  case MeshEvidence::builtIn:
    return "built-in";
  case MeshEvidence::none:
    break;
  }
  return "";
}

/// Formats a number with thousands separators: "10,242".
std::string inThousands(std::size_t count) {
  std::string digits = std::to_string(count);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string countsInWords(const MeshSpace& mesh) {
  const auto [left, right] = mesh.vertices;
  if (left == right) {
    return inThousands(left) + " vertices a side";
  }
  if (left == 0 || right == 0) {
    return inThousands(left + right) + " vertices on the " + (left == 0 ? "right" : "left");
  }
  return inThousands(left) + " + " + inThousands(right) + " vertices";
}

bool haveTriangulations(const MeshSpace& a, const MeshSpace& b, std::size_t side) {
  return !a.triangulation.at(side).empty() && !b.triangulation.at(side).empty();
}

} // namespace

std::string_view inWords(MeshEvidence evidence) noexcept {
  switch (evidence) {
  case MeshEvidence::byCount:
    return "by its number of vertices alone";
  case MeshEvidence::byFolder:
    return "by its folder's name";
  case MeshEvidence::byMetadata:
    return "by its files' metadata";
  case MeshEvidence::byTriangulation:
    return "by its triangulation";
  case MeshEvidence::builtIn:
    return "it comes with the program";
  case MeshEvidence::none:
    break;
  }
  return "not known";
}

std::string_view MeshSpace::density() const noexcept {
  const auto* const found = std::ranges::find(standardMeshes, name, &StandardMesh::name);
  return found == standardMeshes.end() ? std::string_view() : found->density;
}

bool lacksMedialWall(const std::array<std::size_t, 2>& vertices) noexcept {
  return (vertices[0] == fsLrCortex[0] || vertices[0] == 0) &&
         (vertices[1] == fsLrCortex[1] || vertices[1] == 0) && vertices[0] + vertices[1] != 0;
}

std::string triangulationHash(const std::vector<Triangle>& triangles) {
  constexpr unsigned vertexBits = 21; // corners up to 2^21 are hashed without collisions
  std::uint64_t sum = triangles.size();
  for (const auto& triangle : triangles) {
    Triangle sorted = triangle;
    std::sort(sorted.begin(), sorted.end());
    std::uint64_t corners = 0;
    for (const std::int32_t vertex : sorted) {
      corners = (corners << vertexBits) ^ static_cast<std::uint64_t>(vertex);
    }
    sum += SplitMix(corners).bits(); // a sum is the same in any order
  }
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(sum));
  return digits.data();
}

std::string standardMeshName(std::size_t verticesPerSide) {
  const auto* const found =
      std::ranges::find(standardMeshes, verticesPerSide, &StandardMesh::vertices);
  return found == standardMeshes.end() ? std::string() : std::string(found->name);
}

std::string standardMeshName(const std::array<std::string, 2>& triangulation) {
  const auto fits = [&](const StandardMesh& mesh) {
    return std::ranges::all_of(triangulation, [&](const std::string& side) {
      return side.empty() || side == mesh.triangulation;
    });
  };
  const bool seen = !triangulation[0].empty() || !triangulation[1].empty();
  const auto* const found = std::ranges::find_if(standardMeshes, fits);
  return seen && found != standardMeshes.end() ? std::string(found->name) : std::string();
}

std::size_t standardMeshSize(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(standardMeshes, name, &StandardMesh::name);
  return found == standardMeshes.end() ? 0 : found->vertices;
}

MeshSpace meshOfCounts(const std::array<std::size_t, 2>& vertices) {
  const auto [left, right] = vertices;
  const bool even = left == right || left == 0 || right == 0;
  MeshSpace mesh{.name = even ? standardMeshName(std::max(left, right)) : "", .vertices = vertices};
  mesh.toldBy = mesh.name.empty() ? MeshEvidence::none : MeshEvidence::byCount;
  return mesh;
}

MeshSpace onSidesOf(MeshSpace mesh, const std::array<std::size_t, 2>& data) {
  for (std::size_t side = 0; side < data.size(); ++side) {
    if (data.at(side) == 0) {
      mesh.vertices.at(side) = 0;
      mesh.triangulation.at(side).clear();
    }
  }
  return mesh;
}

MeshMatch match(const MeshSpace& a, const MeshSpace& b) {
  bool shared = false;
  bool sameTriangles = false;
  for (std::size_t side = 0; side < 2; ++side) {
    if (a.vertices.at(side) == 0 || b.vertices.at(side) == 0) {
      continue;
    }
    shared = true;
    const bool seen = haveTriangulations(a, b, side);
    if (a.vertices.at(side) != b.vertices.at(side) ||
        (seen && a.triangulation.at(side) != b.triangulation.at(side))) {
      return MeshMatch::different;
    }
    sameTriangles = sameTriangles || seen;
  }
  if (!shared || a.placed() != b.placed()) {
    return MeshMatch::different;
  }
  if (sameTriangles) {
    return MeshMatch::same;
  }
  const auto toldBy = [&](MeshEvidence evidence) {
    return a.toldBy == evidence || b.toldBy == evidence;
  };
  const bool named = !a.name.empty() && !b.name.empty();
  const bool guessed = toldBy(MeshEvidence::byCount) || !named;
  if (a.name == b.name) {
    return guessed ? MeshMatch::possible : MeshMatch::same;
  }
  return guessed && !toldBy(MeshEvidence::builtIn) ? MeshMatch::possible : MeshMatch::different;
}

bool liesOn(const MeshSpace& data, const MeshSpace& surfaces) {
  return match(data, surfaces) != MeshMatch::different &&
         std::ranges::all_of(bothSides,
                             [&](Side side) { return !data.has(side) || surfaces.has(side); });
}

std::string inWords(const MeshSpace& mesh) {
  if (!mesh.placed()) {
    return inThousands(mesh.size()) + " voxels without a place";
  }
  const bool cut = lacksMedialWall(mesh.vertices);
  return (mesh.name.empty() ? "a mesh of " : mesh.name + ", ") + countsInWords(mesh) +
         (cut ? " (as many as fs_LR 32k has without its medial wall)" : "");
}

std::string differenceInWords(const MeshSpace& a, const MeshSpace& b) {
  for (const Side side : bothSides) {
    if (a.has(side) != b.has(side)) {
      return "the " + std::string(a.has(side) ? "second" : "first") + " has no " +
             std::string(toString(side)) + " side";
    }
  }
  if (match(a, b) != MeshMatch::different) {
    return {};
  }
  if (a.vertices != b.vertices) {
    return "their numbers of vertices differ";
  }
  const bool seen = haveTriangulations(a, b, 0) || haveTriangulations(a, b, 1);
  return seen ? "they have as many vertices, but their triangles differ"
              : "they have as many vertices, but other names";
}

Attributes attributesOf(const MeshSpace& mesh) {
  return {{"mesh", mesh.name},
          {"mesh_left", static_cast<std::int64_t>(mesh.vertices[0])},
          {"mesh_right", static_cast<std::int64_t>(mesh.vertices[1])},
          {"mesh_triangulation_left", mesh.triangulation[0]},
          {"mesh_triangulation_right", mesh.triangulation[1]},
          {"mesh_told_by", std::string(toString(mesh.toldBy))}};
}

MeshSpace meshSpaceOf(const Attributes& attributes) {
  MeshSpace mesh;
  mesh.name = textOf(attributes, "mesh");
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const std::string end(toString(side));
    const auto found = attributes.find("mesh_" + end);
    const auto* count =
        found == attributes.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
    if (count == nullptr || *count < 0) {
      throw Error(ErrorKind::format,
                  "The attribute mesh_" + end +
                      " is missing or not a number, so the file's data can't be placed on a mesh; "
                      "write the file again.");
    }
    mesh.vertices.at(s) = static_cast<std::size_t>(*count);
    mesh.triangulation.at(s) = textOf(attributes, "mesh_triangulation_" + end);
  }
  const std::string told = textOf(attributes, "mesh_told_by");
  const auto* const evidence =
      std::ranges::find_if(allEvidence, [&](MeshEvidence one) { return toString(one) == told; });
  mesh.toldBy = evidence == allEvidence.end() ? MeshEvidence::none : *evidence;
  return mesh;
}

} // namespace cortograph
