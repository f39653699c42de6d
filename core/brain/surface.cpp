#include "brain/surface.h"

#include "base/enum_words.h"
#include "base/vec3.h"

namespace cortograph {

namespace {

constexpr EnumWords sideWords{
    std::to_array<EnumWord<Side>>({{Side::left, "left"}, {Side::right, "right"}})};
constexpr EnumWords shapeWords{std::to_array<EnumWord<Shape>>({{Shape::pial, "pial"},
                                                               {Shape::white, "white"},
                                                               {Shape::inflated, "inflated"},
                                                               {Shape::sphere, "sphere"},
                                                               {Shape::flat, "flat"}})};
static_assert(sideWords.have(bothSides) && shapeWords.have(allShapes));

} // namespace

std::vector<float> vertexAreas(const Surface& surface) {
  std::vector<double> areas(surface.verticesRas.size(), 0);
  for (const Triangle& triangle : surface.triangles) {
    std::array<Vec3, 3> corners;
    for (std::size_t i = 0; i < 3; ++i) {
      corners.at(i) = vec3(surface.verticesRas[static_cast<std::size_t>(triangle.at(i))]);
    }
    const double twice = length(cross(corners[1] - corners[0], corners[2] - corners[0]));
    for (const std::int32_t vertex : triangle) {
      areas[static_cast<std::size_t>(vertex)] += twice / 6;
    }
  }
  return {areas.begin(), areas.end()};
}

std::string_view toString(Side side) noexcept {
  return sideWords.of(side);
}

std::string_view toString(Shape shape) noexcept {
  return shapeWords.of(shape);
}

std::optional<Shape> shapeNamed(std::string_view name) noexcept {
  return shapeWords.named(name);
}

} // namespace cortograph
