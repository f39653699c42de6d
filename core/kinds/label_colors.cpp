#include "kinds/label_colors.h"

#include <algorithm>
#include <limits>
#include <map>

namespace cortograph {

namespace {

float colorOf(std::int32_t label) {
  return label < 0 ? std::numeric_limits<float>::quiet_NaN()
                   : static_cast<float>(label % manyLabelColors + 1);
}

} // namespace

std::vector<float> colorsOfLabels(const std::vector<std::int32_t>& labels) {
  std::vector<float> colors(labels.size());
  std::transform(labels.begin(), labels.end(), colors.begin(), colorOf);
  return colors;
}

std::vector<KindLabel> countLabels(const std::vector<std::int32_t>& labels,
                                   const std::function<std::string(std::int32_t)>& nameOf) {
  std::map<std::int32_t, std::size_t> counts;
  for (const std::int32_t label : labels) {
    if (label >= 0) {
      ++counts[label];
    }
  }
  std::vector<KindLabel> counted;
  for (const auto& [label, count] : counts) {
    counted.push_back({nameOf(label), colorOf(label), count});
  }
  return counted;
}

Axis labelAxis(const std::string& thing, const std::vector<KindLabel>& labels) {
  const std::size_t count = labels.size();
  const bool many = std::ranges::any_of(
      labels, [](const KindLabel& label) { return label.value > static_cast<float>(labelColors); });
  return {.title = std::to_string(count) + " " + thing + (count == 1 ? "" : "s"),
          .low = 0.5F,
          .high = static_cast<float>(many ? manyLabelColors : labelColors) + 0.5F};
}

std::string_view labelColormap(const Axis& axis) {
  return axis.high > static_cast<float>(labelColors + 1) ? "tab256" : "tab20";
}

} // namespace cortograph
