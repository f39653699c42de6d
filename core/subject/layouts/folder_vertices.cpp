#include "subject/layouts/folder_vertices.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "base/npy.h"
#include "brain/format.h"
#include "brain/region_file.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

using Numbers = std::vector<std::int64_t>;

Numbers readNumbers(const fs::path& file) {
  const NpyFile npy(file);
  if (npy.shape().size() != 1) {
    throw Error(ErrorKind::mismatch,
                file.string() + " is " + toString(npy.shape()) +
                    ", but numbers along one axis are expected.");
  }
  return npy.read<std::int64_t>().values;
}

/// Returns whether the numbers are 0 and 1 for each of `count` things, not numbers of things. Only
/// two or fewer numbers could be both.
bool isMask(const Numbers& numbers, std::size_t count) {
  return numbers.size() == count &&
         std::ranges::all_of(numbers, [](std::int64_t n) { return n == 0 || n == 1; });
}

bool isMask(const Numbers& numbers) {
  constexpr std::size_t mostAmbiguous = 2;
  return numbers.size() > mostAmbiguous && isMask(numbers, numbers.size());
}

std::vector<std::int32_t> everyVertex(std::size_t count) {
  std::vector<std::int32_t> all(count);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

VertexSet unplaced(std::size_t count) {
  return {{.name = unplacedMesh, .vertices = {count, 0}}, {everyVertex(count), {}}};
}

/// Returns the numbers of the vertices that a mask holds, or the listed ones less `first`. Throws
/// unless these are ascending numbers below `count`.
std::vector<std::int32_t> chosenOf(const fs::path& file,
                                   std::span<const std::int64_t> numbers,
                                   bool mask,
                                   std::int64_t first,
                                   std::size_t count) {
  std::vector<std::int32_t> chosen;
  std::int64_t before = -1;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (mask && numbers[i] == 0) {
      continue;
    }
    const std::int64_t vertex = mask ? static_cast<std::int64_t>(i) : numbers[i] - first;
    if (vertex <= before || vertex >= static_cast<std::int64_t>(count)) {
      throw Error(ErrorKind::mismatch,
                  file.string() + " holds the vertex " + std::to_string(numbers[i]) +
                      " where a number between " + std::to_string(before + 1 + first) + " and " +
                      std::to_string(static_cast<std::int64_t>(count) + first) +
                      " (exclusive) is expected; list vertices of the mesh in ascending order.");
    }
    before = vertex;
    chosen.push_back(static_cast<std::int32_t>(vertex));
  }
  return chosen;
}

[[noreturn]] void throwUnknownMesh(const fs::path& file) {
  throw Error(ErrorKind::notFound,
              file.string() +
                  " lists numbers of vertices, but their mesh is not known; add the "
                  "folder \"surfaces\", or name the \"mesh\" in " +
                  descriptionFile + ".");
}

/// Reads the vertices of both sides from one file.
VertexSet readWhole(const fs::path& file, const std::optional<MeshSpace>& mesh) {
  const Numbers numbers = readNumbers(file);
  const bool mask = mesh ? isMask(numbers, mesh->size()) : isMask(numbers);
  if (!mesh && !(mask && numbers.size() % 2 == 0)) {
    throwUnknownMesh(file);
  }
  VertexSet vertices{mesh ? *mesh : meshOfCounts({numbers.size() / 2, numbers.size() / 2}), {}};
  const std::size_t left = vertices.mesh.of(Side::left);
  const std::size_t right = vertices.mesh.of(Side::right);
  const std::span<const std::int64_t> all(numbers);
  const auto first = static_cast<std::int64_t>(left);
  const auto beyond = std::ranges::find_if(numbers, [first](std::int64_t n) { return n >= first; });
  const std::size_t cut = mask ? left : static_cast<std::size_t>(beyond - numbers.begin());
  vertices.ofSide = {chosenOf(file, all.first(cut), mask, 0, left),
                     chosenOf(file, all.subspan(cut), mask, first, right)};
  return vertices;
}

/// Reads the vertices of each side from a file of its own.
VertexSet readSides(const std::array<fs::path, 2>& files, const std::optional<MeshSpace>& mesh) {
  VertexSet vertices;
  std::array<std::size_t, 2> counts{};
  for (std::size_t side = 0; side < 2; ++side) {
    const fs::path& file = files.at(side);
    if (file.empty()) {
      continue;
    }
    const Numbers numbers = readNumbers(file);
    const bool mask = mesh ? isMask(numbers, mesh->vertices.at(side)) : isMask(numbers);
    if (!mesh && !mask) {
      throwUnknownMesh(file);
    }
    counts.at(side) = mesh ? mesh->vertices.at(side) : numbers.size();
    vertices.ofSide.at(side) = chosenOf(file, numbers, mask, 0, counts.at(side));
  }
  vertices.mesh = mesh ? onSidesOf(*mesh, counts) : meshOfCounts(counts);
  return vertices;
}

std::string inWords(const std::array<std::size_t, 2>& counts) {
  return std::to_string(counts[0]) + " left and " + std::to_string(counts[1]) + " right";
}

/// Throws unless there are as many columns as vertices.
void requireColumns(const std::array<std::size_t, 2>& vertices,
                    const MeshSpace& mesh,
                    const ResponseColumns& columns) {
  const std::size_t all = vertices[0] + vertices[1];
  if (columns.ofSide ? *columns.ofSide == vertices : columns.all == all) {
    return;
  }
  throw Error(ErrorKind::mismatch,
              "The responses have " +
                  (columns.ofSide ? inWords(*columns.ofSide) : std::to_string(columns.all)) +
                  " columns, but " + (columns.ofSide ? inWords(vertices) : std::to_string(all)) +
                  " vertices are expected on " + inWords(mesh) +
                  "; name the vertices that they are of as \"vertices\" in " + descriptionFile +
                  ".");
}

/// Returns all vertices of the mesh, on the sides that have columns. Throws unless these are as
/// many.
VertexSet readAll(const MeshSpace& mesh, const ResponseColumns& columns) {
  VertexSet vertices{columns.ofSide ? onSidesOf(mesh, *columns.ofSide) : mesh, {}};
  requireColumns(vertices.mesh.vertices, vertices.mesh, columns);
  vertices.ofSide = {everyVertex(vertices.mesh.of(Side::left)),
                     everyVertex(vertices.mesh.of(Side::right))};
  return vertices;
}

/// Makes a region of 0 and 1 for each modelled vertex or each of the mesh, or of numbers.
std::vector<std::uint8_t> memberOf(const fs::path& file, const VertexSet& vertices) {
  const Numbers numbers = readNumbers(file);
  const std::size_t count = vertices.size();
  std::vector<std::uint8_t> member(count, 0);
  if (isMask(numbers, count)) {
    std::ranges::copy(numbers, member.begin());
  } else if (isMask(numbers, vertices.mesh.size())) {
    const std::vector<std::int32_t> places = meshIndices(vertices);
    std::ranges::transform(places, member.begin(), [&numbers](std::int32_t place) {
      return static_cast<std::uint8_t>(numbers[static_cast<std::size_t>(place)]);
    });
  } else {
    for (const std::int64_t number : numbers) {
      if (number < 0 || number >= static_cast<std::int64_t>(count)) {
        throw Error(ErrorKind::mismatch,
                    file.string() + " has " + std::to_string(numbers.size()) +
                        " numbers, one of them " + std::to_string(number) +
                        "; expected are 0 and 1 for each of the " + std::to_string(count) +
                        " columns of the responses, or numbers of columns below that.");
      }
      member[static_cast<std::size_t>(number)] = 1;
    }
  }
  return member;
}

} // namespace

VertexSet readVertices(const FolderDescription& description,
                       const std::optional<MeshSpace>& mesh,
                       const ResponseColumns& columns) {
  if (description.vertices.empty()) {
    return mesh             ? readAll(*mesh, columns)
           : columns.ofSide ? readAll(meshOfCounts(*columns.ofSide), columns)
                            : unplaced(columns.all);
  }
  VertexSet vertices = description.vertices.whole.empty()
                           ? readSides(description.vertices.ofSide, mesh)
                           : readWhole(description.vertices.whole, mesh);
  requireColumns({vertices.ofSide[0].size(), vertices.ofSide[1].size()}, vertices.mesh, columns);
  return vertices;
}

Parcellation readRegionFolder(const fs::path& folder, const VertexSet& vertices) {
  std::error_code failure;
  std::vector<fs::path> lists;
  std::vector<fs::path> onMesh;
  for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->is_regular_file(failure) && hasFormatEnding(at->path())) {
      (hasEnding(at->path(), ".npy") ? lists : onMesh).push_back(at->path());
    }
  }
  if (failure) {
    throw Error(ErrorKind::file,
                "The folder of regions " + folder.string() + " can't be searched (" +
                    failure.message() + "); check that it is a folder that you may read.");
  }
  std::ranges::sort(lists);
  std::ranges::sort(onMesh);
  Parcellation regions;
  for (const fs::path& file : lists) {
    const fs::path group = file.parent_path().lexically_relative(folder);
    regions.push_back({.name = file.stem().string(),
                       .group = group == "." ? "regions" : group.string(),
                       .member = memberOf(file, vertices)});
  }
  addRegions(regions, readRegions(onMesh, vertices));
  return regions;
}

} // namespace cortograph
