#include "brain/surface.h"

namespace cortograph {

std::string_view toString(Side side) noexcept {
  return side == Side::left ? "left" : "right";
}

std::string_view toString(Shape shape) noexcept {
  switch (shape) {
  case Shape::pial:
    return "pial";
  case Shape::white:
    return "white";
  case Shape::inflated:
    return "inflated";
  case Shape::sphere:
    return "sphere";
  case Shape::flat:
    return "flat";
  }
  return "pial";
}

std::optional<Shape> shapeNamed(std::string_view name) noexcept {
  for (const Shape shape : allShapes) {
    if (toString(shape) == name) {
      return shape;
    }
  }
  return std::nullopt;
}

} // namespace cortograph
