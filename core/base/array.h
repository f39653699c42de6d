#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

using ArrayShape = std::vector<std::size_t>;

/// Returns a shape in words: "600x1026", "scalar" for no axes.
[[nodiscard]] std::string toString(const ArrayShape& shape);

[[nodiscard]] inline std::size_t elementCount(const ArrayShape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// A dense row-major (last axis fastest) array that owns its values.
template <class T> struct Array {
  ArrayShape shape;
  std::vector<T> values;

  Array() = default;
  explicit Array(ArrayShape s) : shape(std::move(s)), values(elementCount(shape)) {}
  Array(ArrayShape s, std::vector<T> v) : shape(std::move(s)), values(std::move(v)) {}

  [[nodiscard]] bool empty() const { return values.empty(); }
  [[nodiscard]] std::size_t rows() const { return shape.empty() ? 0 : shape.front(); }
  /// Returns the number of elements in a row: the product of all axes but the first.
  [[nodiscard]] std::size_t rowSize() const {
    const std::size_t count = rows();
    return count == 0 ? 0 : values.size() / count;
  }
  [[nodiscard]] std::span<T> row(std::size_t i) {
    return {values.data() + i * rowSize(), rowSize()};
  }
  [[nodiscard]] std::span<const T> row(std::size_t i) const {
    return {values.data() + i * rowSize(), rowSize()};
  }
  bool operator==(const Array&) const = default;
};

} // namespace cortograph
