#include "subject/responses.h"

#include "base/error.h"

#include <algorithm>

namespace cortograph {

Responses::Responses(Array<float> values) {
  if (values.shape.size() != 2 || values.values.size() != elementCount(values.shape)) {
    throw Error(ErrorKind::mismatch,
                "The responses are " + toString(values.shape) +
                    ", but images x vertices are expected.");
  }
  images_ = values.shape[0];
  vertices_ = values.shape[1];
  const auto owned = std::make_shared<const std::vector<float>>(std::move(values.values));
  blocks_.push_back({owned, owned->data(), vertices_});
}

Responses::Responses(const NpyFile& file) {
  if (file.shape().size() != 2) {
    throw Error(ErrorKind::mismatch,
                "The responses are " + toString(file.shape()) +
                    ", but images x voxels are expected.");
  }
  images_ = file.shape()[0];
  append(file);
}

Responses::Responses(const NpyFile& left, const NpyFile& right) {
  for (const NpyFile* file : {&left, &right}) {
    if (file->shape().size() != 2) {
      throw Error(ErrorKind::mismatch,
                  std::string(file == &left ? "The left" : "The right") + " responses are " +
                      toString(file->shape()) + ", but images x vertices are expected.");
    }
  }
  if (left.shape()[0] != right.shape()[0]) {
    throw Error(ErrorKind::mismatch,
                "The left responses are to " + std::to_string(left.shape()[0]) +
                    " images and the right ones to " + std::to_string(right.shape()[0]) +
                    "; both must be to the same images.");
  }
  images_ = left.shape()[0];
  append(left);
  append(right);
}

void Responses::append(const NpyFile& file) {
  const std::size_t columns = file.shape()[1];
  vertices_ += columns;
  if (const std::span<const float> mapped = file.mappedFloats(); !mapped.empty()) {
    blocks_.push_back({file.mapping(), mapped.data(), columns});
    return;
  }
  const auto owned = std::make_shared<const std::vector<float>>(file.read<float>().values);
  blocks_.push_back({owned, owned->data(), columns});
}

void Responses::copyRow(std::size_t image, std::span<float> out) const {
  if (image >= images_ || out.size() != vertices()) {
    throw Error(ErrorKind::internal,
                "Row " + std::to_string(image) + " of " + std::to_string(images_) +
                    " responses was requested, with space for " + std::to_string(out.size()) +
                    " of " + std::to_string(vertices()) + " values.");
  }
  if (columns_.empty()) {
    float* target = out.data();
    for (const Block& block : blocks_) {
      target = std::copy_n(block.values + image * block.columns, block.columns, target);
    }
    return;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t column = columns_[i];
    const Block* block = blocks_.data();
    while (column >= block->columns) {
      column -= block->columns;
      ++block;
    }
    out[i] = block->values[image * block->columns + column];
  }
}

Array<float> Responses::rows(std::span<const std::size_t> images) const {
  Array<float> gathered({images.size(), vertices()});
  for (std::size_t i = 0; i < images.size(); ++i) {
    copyRow(images[i], gathered.row(i));
  }
  return gathered;
}

Responses Responses::ofVertices(std::vector<std::size_t> columns) const {
  if (columns.empty()) {
    throw Error(ErrorKind::notFound, "The responses have no vertex left; choose other regions.");
  }
  for (std::size_t& column : columns) {
    if (column >= vertices()) {
      throw Error(ErrorKind::internal,
                  "Vertex " + std::to_string(column) + " was requested from responses of " +
                      std::to_string(vertices()) + " vertices.");
    }
    if (!columns_.empty()) {
      column = columns_[column];
    }
  }
  Responses chosen = *this;
  chosen.columns_ = std::move(columns);
  return chosen;
}

} // namespace cortograph
