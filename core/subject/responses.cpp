#include "subject/responses.h"

#include "base/error.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace cortograph {

Responses::Responses(Array<float> values) : Responses(Trials({blockOf(std::move(values))})) {}

Responses::Responses(Trials trials) : trials_(std::move(trials)) {}

Responses::Responses(Trials trials, TrialsOfImages trialsOfImages)
    : trials_(std::move(trials)),
      trialsOfImages_(std::make_shared<const TrialsOfImages>(std::move(trialsOfImages))) {
  for (const std::vector<std::size_t>& shown : *trialsOfImages_) {
    if (shown.empty() || std::ranges::max(shown) >= trials_.size()) {
      throw Error(ErrorKind::internal,
                  "An image has no trial among " + std::to_string(trials_.size()) + ".");
    }
  }
}

std::size_t Responses::images() const noexcept {
  return trialsOfImages_ ? trialsOfImages_->size() : trials_.size();
}

std::size_t Responses::trialsOf(std::size_t image) const {
  return trialsOfImages_ ? trialsOfImages_->at(image).size() : 1;
}

void Responses::copyRow(std::size_t image, std::span<float> out) const {
  if (image >= images() || out.size() != vertices()) {
    throw Error(ErrorKind::internal,
                "Row " + std::to_string(image) + " of " + std::to_string(images()) +
                    " responses was requested, with space for " + std::to_string(out.size()) +
                    " of " + std::to_string(vertices()) + " values.");
  }
  if (!trialsOfImages_) {
    trials_.copy(image, columns_, out);
    return;
  }
  const std::vector<std::size_t>& shown = (*trialsOfImages_)[image];
  trials_.copy(shown.front(), columns_, out);
  if (shown.size() == 1) {
    return;
  }
  std::vector<float> trial(out.size());
  for (std::size_t i = 1; i < shown.size(); ++i) {
    trials_.copy(shown[i], columns_, trial);
    std::ranges::transform(out, trial, out.begin(), std::plus<>());
  }
  const auto count = static_cast<float>(shown.size());
  std::ranges::transform(out, out.begin(), [count](float sum) { return sum / count; });
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
