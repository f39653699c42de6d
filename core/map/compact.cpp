#include "map/compact.h"

#include <cmath>
#include <cstdint>
#include <cstring>

namespace cortograph {

namespace {

/// Rounds to the nearest float whose last 13 bits are 0, which deflate compresses to half.
float shortened(float value) {
  if (!std::isfinite(value)) {
    return value;
  }
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  bits = (bits + 0x1000U) & ~0x1FFFU;
  std::memcpy(&value, &bits, sizeof bits);
  return value;
}

void shorten(Array<float>& array) {
  for (float& value : array.values) {
    value = shortened(value);
  }
}

/// Rounds to multiples of 1 / steps; NaN stays NaN.
void quantize(std::vector<float>& values, float steps) {
  for (float& value : values) {
    value = std::round(value * steps) / steps;
  }
}

/// Makes each row sum to 1 again: the largest weight absorbs the rounding error.
void settleSums(Array<float>& layer) {
  for (std::size_t n = 0; n < layer.rows(); ++n) {
    const std::span<float> row = layer.row(n);
    float others = 0;
    auto largest = std::max_element(row.begin(), row.end());
    for (auto weight = row.begin(); weight != row.end(); ++weight) {
      others += weight == largest ? 0 : *weight;
    }
    *largest = 1 - others;
  }
}

void quantizeSelections(BrainMap& map, float steps) {
  quantize(map.layer.values, steps);
  settleSums(map.layer);
  quantize(map.space.values, steps);
  quantize(map.scale.values, steps);
  quantize(map.r2, steps);
  quantize(map.noiseCeiling, steps);
}

} // namespace

BrainMap rounded(BrainMap map) {
  constexpr float steps = 1024;
  quantizeSelections(map, steps);
  shorten(map.readoutWeight);
  shorten(map.readoutBias);
  for (auto& [name, values] : map.parameters) {
    shorten(values);
  }
  return map;
}

BrainMap pictureOf(BrainMap map) {
  map.readoutWeight = {};
  map.readoutBias = {};
  map.parameters.clear();
  map.history = {};
  // The coordinates may be coarse, because no encoding is computed from them any more.
  constexpr float stepsOfMm = 8;
  for (Point& point : map.coordinates) {
    for (float& value : point) {
      value = std::round(value * stepsOfMm) / stepsOfMm;
    }
  }
  constexpr float steps = 256; // a colour channel has as many
  map = rounded(std::move(map));
  quantizeSelections(map, steps);
  return map;
}

} // namespace cortograph
