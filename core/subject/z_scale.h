#pragma once

#include "base/array.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cortograph {

/// What the responses of a vertex are z-scored over.
enum class Standardization { none, session, whole };

/// Returns the word that options and files use: "session".
[[nodiscard]] std::string_view toString(Standardization standardization) noexcept;
[[nodiscard]] std::optional<Standardization> standardizationNamed(std::string_view word) noexcept;

/// The mean and the standard deviation of N vertices, by which their responses are z-scored: one
/// pair for each session, or one for all.
struct ZScale {
  std::map<std::int32_t, std::size_t> rowOfSession; ///< empty: one row for all
  Array<float> mean;                                ///< rows × N
  Array<float> deviation;                           ///< rows × N; 0 where all are equal

  /// Z-scores the N responses to a trial of this session.
  void apply(std::int32_t session, std::span<float> row) const;
  /// Returns the scale of only these vertices, in this order.
  [[nodiscard]] ZScale ofVertices(std::span<const std::size_t> columns) const;
};

/// Computes a ZScale trial by trial, in float64 sums relative to the first trial's values.
class ZScaleSums {
public:
  explicit ZScaleSums(std::size_t vertices) : vertices_(vertices) {}

  /// Adds the N responses to a trial of this session.
  void add(std::int32_t session, std::span<const float> row);
  /// Returns the scale of each session. Throws Error{mismatch} when one has a single trial.
  [[nodiscard]] ZScale values() const;

private:
  struct Sums {
    std::size_t trials = 0;
    std::vector<float> first;
    std::vector<double> sum;    ///< of differences from `first`
    std::vector<double> square; ///< of their squares
  };
  std::size_t vertices_;
  std::map<std::int32_t, Sums> ofSession_;
};

} // namespace cortograph
