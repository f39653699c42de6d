#pragma once

#include "brain/cortex.h"

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// One number for each vertex of both sides' meshes, as files hold them: thickness, a statistic, …
struct CortexData {
  std::string name;                           ///< "thickness"
  std::string unit;                           ///< "" when it is not known
  std::array<std::vector<float>, 2> values;   ///< a side's vertices; empty: has no data
  std::array<std::filesystem::path, 2> files; ///< that they were read from

  /// Vertices of a side's mesh; of the other one where this side has no data.
  [[nodiscard]] std::size_t vertexCount(Side side) const;
};

/// Pairs left and right files of one name ("lh.curv" and "rh.curv", "hemi-L" and "hemi-R"); one
/// side alone is data too. The side is what the file says, else its name; a file that says neither
/// holds both, left ones first. In the order of the files. Throws what readVertexData() does, and
/// Error{mismatch} where two files are of one side and name, where the sides are of two lengths,
/// or where neither name nor length says which side is meant.
[[nodiscard]] std::vector<std::shared_ptr<const CortexData>>
readCortexData(const std::vector<std::filesystem::path>& files);

/// Whether there are as many numbers as vertices, on each side that has data.
[[nodiscard]] bool fits(const Cortex& cortex, const CortexData& data);
/// Throws Error{mismatch} with the file, what it holds and what the cortex has, unless they fit.
void requireFits(const Cortex& cortex, const CortexData& data);
/// The cortex whose surfaces lie in the folder of the data's files; null where there is none, or
/// none that they fit.
[[nodiscard]] std::shared_ptr<const Cortex> cortexBeside(const CortexData& data);

} // namespace cortograph
