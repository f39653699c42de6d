#include "base/array.h"

namespace cortograph {

std::string toString(const ArrayShape& shape) {
  if (shape.empty()) {
    return "scalar";
  }
  std::string text;
  for (const std::size_t extent : shape) {
    text += (text.empty() ? "" : "x") + std::to_string(extent);
  }
  return text;
}

} // namespace cortograph
