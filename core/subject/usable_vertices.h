#pragma once

#include "base/control.h"
#include "subject/responses.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cortograph {

/// Finds the vertices that an encoder can be trained on: those whose responses are all finite and
/// not all equal. The others are left out of trainings and are NaN in maps.
class UsableVertices {
public:
  explicit UsableVertices(std::size_t vertices);

  /// Adds the N responses to an image.
  void add(std::span<const float> row);
  /// Returns 1 for each usable vertex and 0 for the others, N values.
  [[nodiscard]] std::vector<std::uint8_t> values() const;

private:
  std::vector<float> first_; ///< response to the first image
  std::vector<std::uint8_t> finite_;
  std::vector<std::uint8_t> changes_;
  bool empty_ = true;
};

/// Returns the UsableVertices of all responses. Reports progress and can be cancelled. Cost: one
/// pass over the responses.
[[nodiscard]] std::vector<std::uint8_t> usableVertices(const Responses& responses,
                                                       const Control& control);

} // namespace cortograph
