#include "brain/volume.h"

#include "base/error.h"

#include <nifti2_io.h>

#include <cmath>

namespace cortograph {

namespace {

nifti_dmat44 inNiftilib(const VoxelAffine& affine) {
  nifti_dmat44 matrix{};
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column < 4; ++column) {
      matrix.m[row][column] = affine[row][column];
    }
  }
  return matrix;
}

} // namespace

Point3 transformed(const VoxelAffine& affine, const Point3& point) {
  Point3 result{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::array<double, 4>& row = affine[axis];
    result[axis] = row[0] * point[0] + row[1] * point[1] + row[2] * point[2] + row[3];
  }
  return result;
}

VoxelAffine product(const VoxelAffine& second, const VoxelAffine& first) {
  VoxelAffine result{};
  for (std::size_t row = 0; row < result.size(); ++row) {
    for (std::size_t column = 0; column < result.size(); ++column) {
      for (std::size_t i = 0; i < result.size(); ++i) {
        result.at(row).at(column) += second.at(row).at(i) * first.at(i).at(column);
      }
    }
  }
  return result;
}

VoxelAffine inverse(const VoxelAffine& affine) {
  const nifti_dmat44 matrix = nifti_dmat44_inverse(inNiftilib(affine));
  bool exists = matrix.m[3][3] == 1; // 0 stands for a determinant of 0
  VoxelAffine result{};
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column < 4; ++column) {
      result[row][column] = matrix.m[row][column];
      exists = exists && std::isfinite(result[row][column]);
    }
  }
  if (!exists) {
    throw Error(ErrorKind::format,
                "A volume's affine maps its voxels onto a plane, a line or a point, but each voxel "
                "must have a place of its own; give a volume with a valid affine.");
  }
  return result;
}

Point3 voxelSizeMm(const VoxelAffine& affine) {
  Point3 size{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    size[axis] = std::hypot(affine[0][axis], affine[1][axis], affine[2][axis]);
  }
  return size;
}

std::string orientationOf(const VoxelAffine& affine) {
  std::array<int, 3> codes{}; // NIFTI_L2R = 1, R2L, P2A, A2P, I2S, S2I; 0: none
  nifti_dmat44_to_orientation(inNiftilib(affine), &codes[0], &codes[1], &codes[2]);
  std::string words;
  for (const int code : codes) {
    words += std::string_view("?RLAPSI").at(static_cast<std::size_t>(code));
  }
  return words;
}

} // namespace cortograph
