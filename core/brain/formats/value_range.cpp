#include "brain/formats/value_range.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

void addValueRange(nlohmann::ordered_json& json, const std::vector<double>& values) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  double sum = 0;
  std::size_t finite = 0;
  for (const double value : values) {
    if (std::isfinite(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
      sum += value;
      ++finite;
    }
  }
  if (finite > 0) {
    json["min"] = low;
    json["max"] = high;
    json["mean"] = sum / static_cast<double>(finite);
  }
  if (finite < values.size()) {
    json["missing"] = values.size() - finite;
  }
}

} // namespace cortograph
