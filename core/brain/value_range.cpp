#include "brain/value_range.h"

#include <nlohmann/json.hpp>

namespace cortograph {

void addTo(nlohmann::ordered_json& json, const ValueRange& range) {
  if (range.finite > 0) {
    json["min"] = range.low;
    json["max"] = range.high;
    json["mean"] = range.sum / static_cast<double>(range.finite);
  }
  if (range.missing > 0) {
    json["missing"] = range.missing;
  }
}

} // namespace cortograph
