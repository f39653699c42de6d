#include "viewer/picture/shape_mix.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace cortograph {

namespace {

/// Returns the stations of the slider that the cortex has: folded, inflated and flat, in this
/// order.
std::vector<Shape> stationsOf(const Cortex& cortex) {
  const std::vector<Shape> shapes = cortex.shapes();
  const auto has = [&shapes](Shape shape) {
    return std::ranges::find(shapes, shape) != shapes.end();
  };
  std::vector<Shape> stations;
  if (has(Shape::pial) || has(Shape::white)) {
    stations.push_back(has(Shape::pial) ? Shape::pial : Shape::white);
  }
  if (has(Shape::inflated) || has(Shape::sphere)) {
    stations.push_back(has(Shape::inflated) ? Shape::inflated : Shape::sphere);
  }
  if (has(Shape::flat)) {
    stations.push_back(Shape::flat);
  }
  return stations;
}

Shape onSlider(const std::vector<Shape>& stations, Shape shape) {
  if (std::ranges::find(stations, shape) != stations.end()) {
    return shape;
  }
  return shape == Shape::sphere && stations.size() > 1 ? stations[1] : stations.front();
}

} // namespace

ShapeMix unfolded(const Cortex& cortex, double place) {
  const std::vector<Shape> stations = stationsOf(cortex);
  if (stations.empty()) {
    return {};
  }
  const double at = std::clamp(place, 0.0, 1.0) * static_cast<double>(stations.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, stations.size() - 1);
  return {stations[below], stations[above], static_cast<float>(at - std::floor(at))};
}

double unfoldingOf(const Cortex& cortex, const ShapeMix& mix) {
  const std::vector<Shape> stations = stationsOf(cortex);
  if (stations.size() < 2) {
    return 0;
  }
  const auto placeOf = [&stations](Shape shape) {
    const auto at = std::ranges::find(stations, onSlider(stations, shape));
    return static_cast<double>(at - stations.begin()) / static_cast<double>(stations.size() - 1);
  };
  return std::lerp(placeOf(mix.from), placeOf(mix.to), static_cast<double>(mix.part));
}

ShapeMix onTheWay(const Cortex& cortex, const ShapeMix& from, Shape to, double share) {
  const std::vector<Shape> stations = stationsOf(cortex);
  const auto isStation = [&stations](Shape shape) { return onSlider(stations, shape) == shape; };
  if (!stations.empty() && isStation(from.from) && isStation(from.to) && isStation(to)) {
    return unfolded(cortex, std::lerp(unfoldingOf(cortex, from), unfoldingOf(cortex, to), share));
  }
  return from.part == 0 ? ShapeMix(from.from, to, static_cast<float>(share)) : ShapeMix(to);
}

} // namespace cortograph
