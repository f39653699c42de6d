#pragma once

#include "base/array.h"
#include "brain/vertex_data.h"
#include "brain/volume.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// A column of numbers as a file stores it.
struct FileColumn {
  std::string name{}; ///< empty when the file gives none
  /// One for each vertex of one side, or of both, left before right; in a file with a list of
  /// vertices, one for each of these.
  std::vector<float> values{};
  std::string unit{}; ///< empty when the file gives none
};

/// The content of a file of brains, as the file states it: a surface, columns of numbers, or a
/// volume. What is not there is empty.
struct BrainFile {
  ArrayShape shape{};         ///< of the main array, as stored
  std::string type{};         ///< of its numbers, as stored: "float32"
  std::optional<Side> side{}; ///< according to the metadata
  std::string subject{};      ///< the person or standard mesh, according to the metadata
  /// May have a flaw (flawOf), which readSurface() refuses. Without triangles in a patch whose file
  /// lists none.
  std::optional<Surface> surface{};
  /// Maps the surface's coordinates to those of the scanner, both mm RAS.
  std::optional<VoxelAffine> surfaceToScanner{};
  /// The vertices of the side's mesh that the surface's points or the values belong to, in any
  /// order; empty when they belong to all vertices.
  std::vector<std::int32_t> vertices{};
  std::vector<FileColumn> columns{};
  /// How many of a column's values are left and right, when the file tells.
  std::optional<std::array<std::size_t, 2>> sideCounts{};
  VertexDataKind dataKind = VertexDataKind::numbers; ///< of the columns
  std::vector<VertexLabel> labels{};
  double timeStep = 0;    ///< between columns; 0 when it is not known
  std::string timeUnit{}; ///< "s"
  std::optional<Volume> volume{};
  std::vector<std::string> notes{}; ///< for the user: "the magnitudes of complex numbers are read"
};

/// Returns what is wrong with a surface: "vertex 3 has a coordinate NaN or infinite", "a corner of
/// triangle 2 is not one of its 4 vertices"; empty when nothing is.
[[nodiscard]] std::string flawOf(const Surface& surface);

/// A side, and how it was told.
struct ToldSide {
  std::optional<Side> side{};
  std::string_view toldBy{}; ///< "metadata", "name" (of the file), "geometry"; empty without a side
};
/// Returns the side of a file: the one in its metadata, else in its name, else the one that a
/// surface lies on when all of it lies on one side of the head.
[[nodiscard]] ToldSide sideOf(const BrainFile& content, const std::filesystem::path& file);

/// Makes vertex data of a file's columns: of the side that its metadata or name tells, else of both
/// sides. Values of some vertices are spread over their mesh, whose size is told by the subject
/// when that is a standard mesh, or by the surfaces in the file's folder or in "surf" beside it;
/// other vertices have NaN, or label 0. Throws Error{format} when the file holds no columns, and
/// Error{mismatch} when metadata and name contradict each other, when columns differ in length,
/// when no side is told and the values can't be halves of both, or when the size of the mesh is
/// unknown.
[[nodiscard]] VertexData vertexDataOf(const std::filesystem::path& file, BrainFile content);

} // namespace cortograph
