#include "map/left_out.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

bool isLeftOut(const BrainMap& map, std::size_t n) {
  return !map.layer.empty() && std::isnan(map.layer.row(n).front());
}

std::size_t leftOutCount(const BrainMap& map) {
  std::size_t count = 0;
  for (std::size_t n = 0; n < map.size(); ++n) {
    count += isLeftOut(map, n) ? 1 : 0;
  }
  return count;
}

void leaveOut(BrainMap& map, const std::vector<std::uint8_t>& leftOut) {
  constexpr float none = std::numeric_limits<float>::quiet_NaN();
  for (std::size_t n = 0; n < leftOut.size(); ++n) {
    if (leftOut[n] == 0) {
      continue;
    }
    for (Array<float>* array :
         {&map.layer, &map.space, &map.scale, &map.readoutWeight, &map.readoutBias}) {
      if (!array->empty()) {
        std::ranges::fill(array->row(n), none);
      }
    }
    if (!map.r2.empty()) {
      map.r2[n] = none;
    }
  }
}

} // namespace cortograph
