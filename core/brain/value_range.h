#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cmath>
#include <cstddef>
#include <limits>

namespace cortograph {

/// The range of some values. Values that are not finite are counted as missing.
struct ValueRange {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  double sum = 0;
  std::size_t finite = 0;
  std::size_t missing = 0;

  void add(double value) {
    if (std::isfinite(value)) {
      low = value < low ? value : low;
      high = value > high ? value : high;
      sum += value;
      ++finite;
    } else {
      ++missing;
    }
  }
  template <class Values> void addAll(const Values& values) {
    for (const auto value : values) {
      add(static_cast<double>(value));
    }
  }
};

/// Adds what `info` reports about values: min, max and mean of the finite ones, and how many are
/// missing, if any.
void addTo(nlohmann::ordered_json& json, const ValueRange& range);

} // namespace cortograph
