#include "brain/surface.h"

#include "base/enum_words.h"

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
