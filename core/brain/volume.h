#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace cortograph {

/// A point in space: mm, x right, y anterior, z superior; or the index i, j, k of a voxel, whose
/// centre has whole numbers.
using Point3 = std::array<double, 3>;

/// A volume's affine, a row-major 4 × 4 matrix: maps (i, j, k, 1) of a voxel to (x, y, z, 1) in mm
/// RAS.
using VoxelAffine = std::array<std::array<double, 4>, 4>;
inline constexpr VoxelAffine identityAffine{
    {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}}};

/// A volume of voxels, or a series of such volumes.
struct Volume {
  std::array<std::size_t, 3> extent{}; ///< voxels along i, j and k
  std::size_t frames = 1;              ///< volumes of the series, at least 1
  VoxelAffine affine = identityAffine;
  /// frames × k × j × i, i fastest; NaN: no data.
  std::vector<float> values;

  [[nodiscard]] std::size_t voxels() const { return extent[0] * extent[1] * extent[2]; }
  /// Returns the place of a voxel's value in a frame.
  [[nodiscard]] std::size_t indexOf(std::size_t i, std::size_t j, std::size_t k) const {
    return i + extent[0] * (j + extent[1] * k);
  }
};

/// Returns where the affine maps a point.
[[nodiscard]] Point3 transformed(const VoxelAffine& affine, const Point3& point);

/// Returns the affine that maps a point as `second` maps what `first` made of it.
[[nodiscard]] VoxelAffine product(const VoxelAffine& second, const VoxelAffine& first);

/// Returns the affine that maps mm to voxel indices. Throws Error{format} when the matrix has no
/// inverse, as that of a volume without thickness.
[[nodiscard]] VoxelAffine inverse(const VoxelAffine& affine);

/// Returns the distances of neighbouring voxels along i, j and k, in mm.
[[nodiscard]] Point3 voxelSizeMm(const VoxelAffine& affine);

/// Returns the directions in which i, j and k grow: "RAS" to the right, to anterior, to superior;
/// "LPI" for the opposite ones. An oblique axis has the direction that it is closest to; "?" stands
/// for an axis of length 0.
[[nodiscard]] std::string orientationOf(const VoxelAffine& affine);

} // namespace cortograph
