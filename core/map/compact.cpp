#include "map/compact.h"

#include <cmath>
#include <cstdint>
#include <cstring>

namespace cortograph {

namespace {

/// To the nearest float whose last 13 bits are 0; deflate then stores half of it.
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

/// To steps of 1/1024; NaN stays.
void quantise(std::vector<float>& values) {
  constexpr float steps = 1024;
  for (float& value : values) {
    value = std::round(value * steps) / steps;
  }
}

/// What rounding took from a row, or gave it, goes to its largest weight: rows sum to 1.
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

} // namespace

BrainMap rounded(BrainMap map) {
  quantise(map.layer.values);
  settleSums(map.layer);
  quantise(map.space.values);
  quantise(map.scale.values);
  quantise(map.r2);
  quantise(map.noiseCeiling);
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
  // No encoding will be computed from them.
  constexpr float stepsOfMm = 8;
  for (Point& point : map.coordinates) {
    for (float& value : point) {
      value = std::round(value * stepsOfMm) / stepsOfMm;
    }
  }
  return rounded(std::move(map));
}

} // namespace cortograph
