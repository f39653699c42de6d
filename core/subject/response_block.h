#pragma once

#include "base/array.h"
#include "base/mapped_file.h"
#include "base/npy.h"
#include "base/stored_number.h"

#include <bit>
#include <cstddef>

namespace cortograph {

/// Responses as one file or memory holds them: trials × columns, float32, in C order. Cheap to
/// copy.
struct ResponseBlock {
  SharedBytes values;
  std::size_t trials = 0;
  std::size_t columns = 0;
  std::endian order = std::endian::native;

  [[nodiscard]] float at(std::size_t trial, std::size_t column) const {
    return storedNumber<float>(values.bytes.data() + (trial * columns + column) * sizeof(float),
                               order);
  }
};

/// Holds an array of trials × columns. Throws Error{mismatch} for another number of axes.
[[nodiscard]] ResponseBlock blockOf(Array<float> values);
/// Refers to the mapped values of a file, trials × columns; other types than float32, and Fortran
/// order, are converted into memory. Throws Error{mismatch} for another number of axes.
[[nodiscard]] ResponseBlock blockOf(const NpyFile& file);

} // namespace cortograph
