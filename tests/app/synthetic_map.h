#pragma once

#include "brain/cortex.h"
#include "map/brain_map.h"

#include <cstdint>
#include <string>

namespace cortograph::test {

/// A map on every 20th vertex of a cortex whose values follow from the vertex number alone; no
/// network stands behind it.
[[nodiscard]] inline BrainMap syntheticMap(const Cortex& cortex) {
  constexpr std::int32_t stride = 20;
  constexpr std::size_t layers = 4;
  BrainMap map;
  map.attributes["network"] = std::string("synthetic");
  map.attributes["network_path"] = std::string("/nowhere/synthetic.safetensors");
  map.attributes["network_hash"] = std::string(64, '0');
  map.vertices.mesh = cortex.mesh;
  for (const Side side : bothSides) {
    const auto which = static_cast<std::size_t>(side);
    const auto count = static_cast<std::int32_t>(cortex.hemisphere(side).vertexCount());
    for (std::int32_t vertex = 0; vertex < count; vertex += stride) {
      map.vertices.ofSide[which].push_back(vertex);
    }
  }
  map.coordinates = selectorCoordinates(cortex, map.vertices);
  const std::size_t size = map.size();
  map.layer = Array<float>({size, layers});
  map.space = Array<float>({size, 2});
  map.scale = Array<float>({size});
  map.readoutWeight = Array<float>({size, 2});
  map.readoutBias = Array<float>({size});
  for (std::size_t n = 0; n < size; ++n) {
    const float share = static_cast<float>(n) / static_cast<float>(size);
    map.layer.row(n)[n % layers] = 1;
    map.space.row(n)[0] = 2 * share - 1;
    map.space.row(n)[1] = 1 - 2 * share;
    map.scale.values[n] = share;
    map.r2.push_back(share);
  }
  return map;
}

} // namespace cortograph::test
