#pragma once

#include "brain/cortex.h"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// The kind of the values of vertices: numbers, keys of a table of labels, or a time course.
enum class VertexDataKind { numbers, labels, time };

/// One entry of a table of labels.
struct VertexLabel {
  int key = 0;
  std::string name;
  std::array<float, 4> color{0, 0, 0, 1}; ///< red, green, blue, opacity, 0..1
  bool operator==(const VertexLabel&) const = default;
};

/// A column with one number for each vertex of both sides.
struct VertexColumn {
  std::string name;
  std::array<std::vector<float>, 2> values; ///< NaN: absent; empty: the side has no data
  bool operator==(const VertexColumn&) const = default;
};

/// Data on the vertices of a mesh, read from files: thickness, a statistic, labels, a time course.
struct VertexData {
  std::string name;   ///< "thickness", which the files of both sides share
  std::string unit{}; ///< "" when it is not known
  MeshSpace mesh{};   ///< without the sides that have no data
  std::array<std::filesystem::path, 2> files{}; ///< the files that the sides were read from
  VertexDataKind kind = VertexDataKind::numbers;
  std::vector<VertexLabel> labels{}; ///< of data of kind labels
  double timeStep = 0;               ///< between columns of kind time; 0 when it is not known
  std::string timeUnit{};            ///< "s"
  std::vector<VertexColumn> columns{};

  /// Returns the only side that has data; nothing when both have.
  [[nodiscard]] std::optional<Side> side() const;
  /// Returns a side's values in a column; empty when it has none.
  [[nodiscard]] const std::vector<float>& of(Side side, std::size_t column = 0) const {
    return columns.at(column).values[static_cast<std::size_t>(side)];
  }
};

/// Makes data of one column, on the mesh that the numbers of values suggest (meshOfCounts).
[[nodiscard]] VertexData oneColumn(std::string name, std::array<std::vector<float>, 2> values);

/// Reads files and merges left and right ones with the same name ("lh.curv" and "rh.curv", "hemi-L"
/// and "hemi-R"); one side is enough. The side is stated by the file, else by its name; a file
/// without either holds both, left before right. The result is in the order of the files. Throws
/// what readVertexData() throws, and Error{mismatch} when two files have the same side and name, or
/// when the sides differ in their number of columns or their kind.
[[nodiscard]] std::vector<std::shared_ptr<const VertexData>>
readVertexDataFiles(const std::vector<std::filesystem::path>& files);

/// Returns whether the data can be shown on the cortex, as liesOn() decides.
[[nodiscard]] bool fits(const Cortex& cortex, const VertexData& data);
/// Throws Error{mismatch} that names the file and both meshes, unless the data fit the cortex.
void requireFits(const Cortex& cortex, const VertexData& data);
/// Reads the cortex from the folder of the data's files, or from FreeSurfer's "surf" beside it;
/// null when there is none, or when the data don't fit it.
[[nodiscard]] std::shared_ptr<const Cortex> cortexBeside(const VertexData& data);

} // namespace cortograph
