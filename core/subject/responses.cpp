#include "subject/responses.h"

#include "base/error.h"

#include <algorithm>
#include <functional>
#include <numeric>
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

bool Responses::haveSessions() const noexcept {
  return trials_.size() != 0 && trials_.sessions().size() == trials_.size();
}

Standardization Responses::standardization() const noexcept {
  return !scale_                        ? Standardization::none
         : scale_->rowOfSession.empty() ? Standardization::whole
                                        : Standardization::session;
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
    copyTrial(image, out);
    return;
  }
  const std::vector<std::size_t>& shown = (*trialsOfImages_)[image];
  copyTrial(shown.front(), out);
  if (shown.size() == 1) {
    return;
  }
  std::vector<float> trial(out.size());
  for (std::size_t i = 1; i < shown.size(); ++i) {
    copyTrial(shown[i], trial);
    std::ranges::transform(out, trial, out.begin(), std::plus<>());
  }
  const auto count = static_cast<float>(shown.size());
  std::ranges::transform(out, out.begin(), [count](float sum) { return sum / count; });
}

void Responses::copyTrial(std::size_t trial, std::span<float> out) const {
  trials_.copy(trial, columns_, out);
  if (scale_) {
    scale_->apply(sessionOf(trial), out);
  }
}

std::int32_t Responses::sessionOf(std::size_t trial) const {
  return haveSessions() ? trials_.sessions()[trial] : 0;
}

void Responses::forEachTrial(const VisitTrial& visit) const {
  std::vector<std::size_t> used(trialsOfImages_ ? 0 : trials_.size());
  std::iota(used.begin(), used.end(), std::size_t{0});
  if (trialsOfImages_) {
    for (const std::vector<std::size_t>& shown : *trialsOfImages_) {
      used.insert(used.end(), shown.begin(), shown.end());
    }
    std::ranges::sort(used);
  }
  std::vector<float> values(vertices());
  for (const std::size_t trial : used) {
    copyTrial(trial, values);
    visit(sessionOf(trial), values);
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
  if (std::ranges::max(columns) >= vertices()) {
    throw Error(ErrorKind::internal,
                "Vertex " + std::to_string(std::ranges::max(columns)) +
                    " was requested from responses of " + std::to_string(vertices()) +
                    " vertices.");
  }
  Responses chosen = *this;
  if (scale_) {
    chosen.scale_ = std::make_shared<const ZScale>(scale_->ofVertices(columns));
  }
  if (!columns_.empty()) {
    std::ranges::transform(
        columns, columns.begin(), [this](std::size_t column) { return columns_[column]; });
  }
  chosen.columns_ = std::move(columns);
  return chosen;
}

Responses Responses::zScored(ZScale scale) const {
  Responses scored = *this;
  scored.scale_ = std::make_shared<const ZScale>(std::move(scale));
  return scored;
}

} // namespace cortograph
