#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cortograph {

using Point = std::array<float, 3>;
using Triangle = std::array<std::int32_t, 3>;

/// One shape of one hemisphere. A flat shape has cuts: the same vertices, but fewer triangles.
struct Surface {
  std::vector<Point>
      verticesRas; ///< mm; x right, y anterior, z superior. Flat: x, y in the plane, z 0
  std::vector<Triangle> triangles; ///< counter-clockwise from outside
};

/// Computes the area that each vertex stands for, in mm²: a third of the triangles around it. It is
/// 0 at vertices without triangles.
[[nodiscard]] std::vector<float> vertexAreas(const Surface& surface);

enum class Side { left, right };
inline constexpr std::array<Side, 2> bothSides{Side::left, Side::right};

enum class Shape { pial, white, inflated, sphere, flat };
inline constexpr std::array<Shape, 5> allShapes{
    Shape::pial, Shape::white, Shape::inflated, Shape::sphere, Shape::flat};

[[nodiscard]] std::string_view toString(Side side) noexcept;   ///< "left"
[[nodiscard]] std::string_view toString(Shape shape) noexcept; ///< "pial"
[[nodiscard]] std::optional<Shape> shapeNamed(std::string_view name) noexcept;

} // namespace cortograph
