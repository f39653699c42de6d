#include "subject/response_block.h"

#include "base/error.h"

#include <memory>
#include <span>
#include <utility>

namespace cortograph {

namespace {

void requireTwoAxes(const ArrayShape& shape) {
  if (shape.size() != 2) {
    throw Error(ErrorKind::mismatch,
                "The responses are " + toString(shape) + ", but images x vertices are expected.");
  }
}

} // namespace

ResponseBlock blockOf(Array<float> values) {
  requireTwoAxes(values.shape);
  const auto held = std::make_shared<const Array<float>>(std::move(values));
  return {.values = {std::as_bytes(std::span(held->values)), held},
          .trials = held->shape[0],
          .columns = held->shape[1]};
}

ResponseBlock blockOf(const NpyFile& file) {
  requireTwoAxes(file.shape());
  const std::span<const float> mapped = file.mappedFloats();
  if (mapped.empty()) {
    return blockOf(file.read<float>());
  }
  return {.values = {std::as_bytes(mapped), file.mapping()},
          .trials = file.shape()[0],
          .columns = file.shape()[1]};
}

} // namespace cortograph
