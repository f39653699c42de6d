#pragma once

#include "base/error.h"
#include "brain/vertex_data.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// CIFTI-2 files, private to formats/cifti.cpp.
namespace cortograph::cifti {

/// Consecutive indices that stand for the vertices of a surface or for voxels.
struct BrainModel {
  std::string structure;              ///< "CORTEX_LEFT", "THALAMUS_RIGHT"
  std::size_t offset = 0;             ///< of its first index
  std::size_t count = 0;              ///< of its indices
  bool isSurface = false;             ///< else voxels, whose places are not read
  std::size_t surface = 0;            ///< number of vertices of the whole surface
  std::vector<std::int32_t> vertices; ///< the vertex of each index
};

/// An index that stands for vertices of both sides, and perhaps for voxels.
struct Parcel {
  std::string name;
  std::array<std::vector<std::int32_t>, 2> vertices; ///< of the left and the right cortex
  bool hasOther = false; ///< whether it has voxels or vertices of another surface
};

/// An index that stands for a map.
struct NamedMap {
  std::string name;
  std::vector<VertexLabel> labels; ///< of a dimension of labels
};

/// Indices that stand for equally spaced times or the like.
struct Series {
  std::size_t count = 0;
  double start = 0;
  double step = 0;
  std::string unit; ///< "SECOND", "HERTZ", "METER", "RADIAN"
};

enum class DimensionKind { brainModels, parcels, scalars, labels, series };

/// What the indices along one dimension of the matrix stand for.
struct Dimension {
  DimensionKind kind = DimensionKind::scalars;
  std::size_t size = 0;             ///< number of its indices
  std::vector<BrainModel> models{}; ///< in the order of their offsets, without gaps
  std::vector<Parcel> parcels{};
  std::vector<NamedMap> maps{};
  Series series{};
  /// Of the left and the right cortex, as its models or parcels state it; 0: not there.
  std::array<std::size_t, 2> vertices{};
};

/// Returns 0 for "CORTEX_LEFT", 1 for "CORTEX_RIGHT", nothing for other structures.
[[nodiscard]] std::optional<std::size_t> cortexSide(std::string_view structure) noexcept;

/// Reads the XML of a file's header extension (https://www.nitrc.org/projects/cifti, CIFTI-2.0) and
/// returns its dimensions in order, at least one. Vertex numbers are below the counts of their
/// surfaces, and a surface has at most `mostVertices`. Throws Error{format, unsupported}.
[[nodiscard]] std::vector<Dimension> dimensionsOf(std::string_view xml,
                                                  const std::filesystem::path& file);

inline constexpr std::size_t mostVertices = std::size_t{1} << 24U;

/// Returns the Error{format} that names the file and its damage: "it is cut short".
[[nodiscard]] Error damage(const std::filesystem::path& file, const std::string& what);
[[noreturn]] inline void throwDamaged(const std::filesystem::path& file, const std::string& what) {
  throw damage(file, what);
}

} // namespace cortograph::cifti
