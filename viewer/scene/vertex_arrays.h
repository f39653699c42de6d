#pragma once

#include "brain/surface.h"
#include "viewer/scene/pose.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkMatrix4x4.h>
#include <vtkSmartPointer.h>

#include <span>
#include <string>

namespace cortograph {

/// Makes a named array.
[[nodiscard]] inline vtkSmartPointer<vtkFloatArray>
floatArray(const std::string& name, int components, std::size_t tuples) {
  auto array = vtkSmartPointer<vtkFloatArray>::New();
  array->SetName(name.c_str());
  array->SetNumberOfComponents(components);
  array->SetNumberOfTuples(static_cast<vtkIdType>(tuples));
  return array;
}

/// Returns the triangles of an array with 32-bit storage; none for null.
[[nodiscard]] inline std::span<const Triangle> trianglesOf(vtkCellArray* cells) {
  if (cells == nullptr) {
    return {};
  }
  static_assert(sizeof(Triangle) == 3 * sizeof(vtkTypeInt32));
  return {reinterpret_cast<const Triangle*>( // NOLINT(*-reinterpret-*): three numbers each
              cells->GetConnectivityArray32()->GetPointer(0)),
          static_cast<std::size_t>(cells->GetNumberOfCells())};
}

inline void setMatrix(vtkMatrix4x4& matrix, const Pose& pose) {
  for (int i = 0; i < 3; ++i) {
    const auto row = static_cast<std::size_t>(i);
    for (int j = 0; j < 3; ++j) {
      matrix.SetElement(i, j, pose.rotation[row][static_cast<std::size_t>(j)]);
    }
    matrix.SetElement(i, 3, pose.move[row]);
  }
}

} // namespace cortograph
