#pragma once

#include "brain/cortex.h"

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// What the numbers of vertices are: amounts, keys of a table, or amounts at one time after
/// another.
enum class VertexDataKind { numbers, labels, time };

/// One entry of a table of labels.
struct VertexLabel {
  int key = 0;
  std::string name;
  std::array<float, 4> color{0, 0, 0, 1}; ///< red, green, blue, opacity, 0..1
  bool operator==(const VertexLabel&) const = default;
};

/// One number for each vertex of both sides.
struct VertexColumn {
  std::string name;
  std::array<std::vector<float>, 2> values; ///< NaN: absent; empty: the side has no data
  bool operator==(const VertexColumn&) const = default;
};

/// Columns of numbers of a mesh's vertices, as files hold them: thickness, a statistic, labels, a
/// time course.
struct VertexData {
  std::string name;   ///< "thickness", which the files of both sides share
  std::string unit{}; ///< "" when it is not known
  MeshSpace mesh{};   ///< a side is absent where no column has data of it
  std::array<std::filesystem::path, 2> files{}; ///< that the sides were read from
  VertexDataKind kind = VertexDataKind::numbers;
  std::vector<VertexLabel> labels{}; ///< of labels
  double timeStep = 0;               ///< between columns, of time; 0 when it is not known
  std::string timeUnit{};            ///< "s"
  std::vector<VertexColumn> columns{};

  /// The one side that has data; empty when both have.
  [[nodiscard]] std::optional<Side> side() const;
  /// A side's numbers in a column; empty where it has none.
  [[nodiscard]] const std::vector<float>& of(Side side, std::size_t column = 0) const {
    return columns.at(column).values[static_cast<std::size_t>(side)];
  }
};

/// One column of numbers, on the mesh that their counts tell.
[[nodiscard]] VertexData oneColumn(std::string name, std::array<std::vector<float>, 2> values);

/// A column as it lies in a file: of one side, or of both, left ones first.
struct FileColumn {
  std::string name;
  std::vector<float> values;
};
/// What a file holds, of one side, or of both when none is given. Throws Error{mismatch} when the
/// columns differ in length, or no side is given and the length does not say which is meant.
[[nodiscard]] VertexData vertexDataOf(const std::filesystem::path& file,
                                      std::vector<FileColumn> columns,
                                      std::optional<Side> side);

/// Reads files and unites left and right ones of one name ("lh.curv" and "rh.curv", "hemi-L" and
/// "hemi-R"); one side alone is data too. The side is what the file says, else its name; a file
/// that says neither holds both, left ones first. In the order of the files. Throws what
/// readVertexData() does, and Error{mismatch} where two files are of one side and name, where the
/// sides are of several columns or kinds, or where neither name nor length says which side is
/// meant.
[[nodiscard]] std::vector<std::shared_ptr<const VertexData>>
readVertexDataFiles(const std::vector<std::filesystem::path>& files);

/// Whether the data are of the cortex's mesh, on each side that has data.
[[nodiscard]] bool fits(const Cortex& cortex, const VertexData& data);
/// Throws Error{mismatch} with the file, what it holds and what the cortex has, unless they fit.
void requireFits(const Cortex& cortex, const VertexData& data);
/// The cortex whose surfaces lie in the folder of the data's files; null where there is none, or
/// none that they fit.
[[nodiscard]] std::shared_ptr<const Cortex> cortexBeside(const VertexData& data);

} // namespace cortograph
