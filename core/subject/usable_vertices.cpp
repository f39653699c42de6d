#include "subject/usable_vertices.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

UsableVertices::UsableVertices(std::size_t vertices)
    : first_(vertices), finite_(vertices, 1), changes_(vertices, 0) {}

void UsableVertices::add(std::span<const float> row) {
  if (empty_) {
    std::ranges::copy(row, first_.begin());
    empty_ = false;
  }
  for (std::size_t n = 0; n < row.size(); ++n) {
    finite_[n] &= static_cast<std::uint8_t>(std::isfinite(row[n]) ? 1 : 0);
    changes_[n] |= static_cast<std::uint8_t>(row[n] != first_[n] ? 1 : 0);
  }
}

std::vector<std::uint8_t> UsableVertices::values() const {
  std::vector<std::uint8_t> usable(finite_.size());
  std::ranges::transform(finite_, changes_, usable.begin(), [](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(a & b);
  });
  return usable;
}

std::vector<std::uint8_t> usableVertices(const Responses& responses, const Control& control) {
  UsableVertices usable(responses.vertices());
  std::vector<float> row(responses.vertices());
  for (std::size_t image = 0; image < responses.images(); ++image) {
    control.cancel.throwIfCanceled();
    responses.copyRow(image, row);
    usable.add(row);
    control.report({.what = "looking through responses",
                    .done = static_cast<double>(image + 1),
                    .total = static_cast<double>(responses.images()),
                    .unit = "images",
                    .secondsLeft = {}});
  }
  return usable.values();
}

} // namespace cortograph
