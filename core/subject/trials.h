#pragma once

#include "subject/response_block.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cortograph {

/// Responses to single trials, trials × N vertices (left before right), in the order of their
/// measurement. Values stay in memory-mapped files when their format allows it. Cheap to copy.
class Trials {
public:
  Trials() = default;
  /// Takes blocks whose columns side by side are the N vertices: of both sides, or one of all.
  /// Throws Error{mismatch} when their numbers of trials differ.
  explicit Trials(std::vector<ResponseBlock> sides);

  /// Adds trials that were measured later. Throws Error{mismatch} when these have other vertices.
  void append(const Trials& later);
  /// Sets the number of the scan session that each trial belongs to. Throws Error{mismatch} when
  /// there is not one per trial.
  void setSessions(std::vector<std::int32_t> sessions);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t vertices() const noexcept { return vertices_; }
  /// Returns the number of each trial's session; empty when it is not known.
  [[nodiscard]] const std::vector<std::int32_t>& sessions() const noexcept { return sessions_; }

  /// Copies the values of a trial at these vertices, or at all when `chosen` is empty.
  void copy(std::size_t trial, std::span<const std::size_t> chosen, std::span<float> out) const;

private:
  /// Trials that follow one another in the same files.
  struct Run {
    std::size_t first = 0; ///< its first trial among all
    std::vector<ResponseBlock> sides;
  };
  std::vector<Run> runs_;
  std::size_t size_ = 0;
  std::size_t vertices_ = 0;
  std::vector<std::int32_t> sessions_;
};

} // namespace cortograph
