#include "map/label_colors.h"

#include <algorithm>
#include <limits>

namespace cortograph {

std::vector<float> colorsOfLabels(const std::vector<std::int32_t>& labels) {
  std::vector<float> colors(labels.size());
  std::transform(labels.begin(), labels.end(), colors.begin(), [](std::int32_t label) {
    return label < 0 ? std::numeric_limits<float>::quiet_NaN()
                     : static_cast<float>(label % labelColors + 1);
  });
  return colors;
}

} // namespace cortograph
