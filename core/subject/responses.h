#pragma once

#include "base/array.h"
#include "subject/trials.h"
#include "subject/z_scale.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace cortograph {

/// fMRI responses, images × N vertices (left before right), float32. A row is a trial, or the mean
/// of the trials in which its image was shown. Rows are gathered on demand. Cheap to copy.
class Responses {
public:
  /// The trials of each image, as numbers of rows of Trials.
  using TrialsOfImages = std::vector<std::vector<std::size_t>>;

  Responses() = default;
  /// Takes images × N. Throws Error{mismatch}.
  explicit Responses(Array<float> values);
  /// Takes one trial of each image, in order.
  explicit Responses(Trials trials);
  /// Takes the mean over the trials of each image. Throws Error{internal} when there is no such
  /// trial, or an image has none.
  Responses(Trials trials, TrialsOfImages trialsOfImages);

  [[nodiscard]] std::size_t images() const noexcept;
  [[nodiscard]] std::size_t vertices() const noexcept {
    return columns_.empty() ? trials_.vertices() : columns_.size();
  }
  [[nodiscard]] bool empty() const noexcept { return images() == 0; }
  /// Returns the number of trials in which an image was shown.
  [[nodiscard]] std::size_t trialsOf(std::size_t image) const;

  /// Returns whether the scan session of each trial is known.
  [[nodiscard]] bool haveSessions() const noexcept;
  [[nodiscard]] Standardization standardization() const noexcept;

  /// Copies the N values of an image.
  void copyRow(std::size_t image, std::span<float> out) const;
  /// Returns the values of these images, in this order.
  [[nodiscard]] Array<float> rows(std::span<const std::size_t> images) const;
  /// Returns the responses of only these of the N vertices, in this order.
  [[nodiscard]] Responses ofVertices(std::vector<std::size_t> columns) const;
  /// Returns the responses with each trial z-scored by the scale of its session, before trials are
  /// averaged.
  [[nodiscard]] Responses zScored(ZScale scale) const;

  using VisitTrial = std::function<void(std::int32_t session, std::span<const float> values)>;
  /// Calls `visit` with the N values of each trial of an image, in the order of their measurement;
  /// the session is 0 when it is not known.
  void forEachTrial(const VisitTrial& visit) const;

private:
  void copyTrial(std::size_t trial, std::span<float> out) const;
  [[nodiscard]] std::int32_t sessionOf(std::size_t trial) const; ///< 0 when it is not known

  Trials trials_;
  std::shared_ptr<const TrialsOfImages> trialsOfImages_; ///< null: image i has trial i
  std::vector<std::size_t> columns_;                     ///< of the trials' vertices; empty: all
  std::shared_ptr<const ZScale> scale_;                  ///< of the columns; null: none
};

} // namespace cortograph
