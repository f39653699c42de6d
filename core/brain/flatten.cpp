#include "brain/flatten.h"

#include "base/error.h"
#include "base/log.h"
#include "base/parallel.h"
#include "brain/disk_around.h"
#include "brain/disk_embedding.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

namespace cortograph {

namespace {

/// A part of a surface with a numbering of its own.
struct Part {
  Surface surface;
  std::vector<std::int32_t> vertices; ///< their numbers in the whole surface
};

Part partOf(const Surface& whole, const std::vector<Triangle>& triangles) {
  std::vector<std::int32_t> number(whole.verticesRas.size(), -1);
  Part part;
  for (const Triangle& triangle : triangles) {
    Triangle& own = part.surface.triangles.emplace_back();
    for (std::size_t corner = 0; corner < 3; ++corner) {
      const auto vertex = static_cast<std::size_t>(triangle.at(corner));
      if (number[vertex] == -1) {
        number[vertex] = static_cast<std::int32_t>(part.vertices.size());
        part.vertices.push_back(triangle.at(corner));
        part.surface.verticesRas.push_back(whole.verticesRas[vertex]);
      }
      own.at(corner) = number[vertex];
    }
  }
  return part;
}

double totalArea(const Surface& surface) {
  const std::vector<float> areas = vertexAreas(surface);
  return std::accumulate(areas.begin(), areas.end(), 0.0);
}

/// Returns the mean of some numbers, weighted by area.
template <class Number> double mean(const std::vector<float>& areas, const Number& number) {
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    sum += areas[i] * number(i);
    weights += areas[i];
  }
  return sum / weights;
}

/// Turns the points so that y follows the dorsal direction, and x the right one, as well as
/// possible; the closest rotation in the sense of Procrustes.
void turnDorsalUp(std::vector<PlanePoint>& points, const Surface& part, Side side) {
  const std::vector<float> areas = vertexAreas(part);
  const double inward = side == Side::left ? 1 : -1;
  const auto medial = [&](std::size_t i) { return inward * part.verticesRas[i][0]; };
  const auto dorsal = [&](std::size_t i) { return double{part.verticesRas[i][2]}; };
  const double medialMean = mean(areas, medial);
  const double dorsalMean = mean(areas, dorsal);
  const double cosine = mean(areas, [&](std::size_t i) {
    return points[i][1] * (dorsal(i) - dorsalMean) +
           inward * points[i][0] * (medial(i) - medialMean);
  });
  const double sine = mean(areas, [&](std::size_t i) {
    return points[i][0] * (dorsal(i) - dorsalMean) -
           inward * points[i][1] * (medial(i) - medialMean);
  });
  const double angle = std::atan2(sine, cosine);
  for (auto& [x, y] : points) {
    const double turned = std::cos(angle) * x - std::sin(angle) * y;
    y = std::sin(angle) * x + std::cos(angle) * y;
    x = turned;
  }
}

/// Moves the points so that the medial end is at the given distance from x = 0, and the mean of y
/// is 0.
void placeBeside(std::vector<PlanePoint>& points, Side side) {
  constexpr double gapMm = 2;
  const auto [least, most] =
      std::ranges::minmax(points, {}, [](const PlanePoint& p) { return p[0]; });
  const double byX = side == Side::left ? -gapMm - most[0] : gapMm - least[0];
  const double sum = std::accumulate(
      points.begin(), points.end(), 0.0, [](double so, const PlanePoint& p) { return so + p[1]; });
  const double byY = -sum / static_cast<double>(points.size());
  for (auto& [x, y] : points) {
    x += byX;
    y += byY;
  }
}

Point flatPoint(const PlanePoint& point) {
  return {static_cast<float>(point[0]), static_cast<float>(point[1]), 0};
}

/// Returns the vertices that are not on the medial wall, whose thickness is 0, or nearly so after
/// resampling.
std::vector<std::int32_t> onCortex(const Hemisphere& hemisphere,
                                   const std::vector<std::int32_t>& vertices) {
  if (hemisphere.thickness.empty()) {
    return vertices;
  }
  constexpr float thinnestMm = 0.5F;
  std::vector<std::int32_t> kept;
  std::ranges::copy_if(vertices, std::back_inserter(kept), [&](std::int32_t vertex) {
    return hemisphere.thickness.at(static_cast<std::size_t>(vertex)) >= thinnestMm;
  });
  return kept;
}

} // namespace

Surface middleSurface(const Hemisphere& hemisphere) {
  const auto& shapes = hemisphere.shapes;
  const auto pial = shapes.find(Shape::pial);
  const auto white = shapes.find(Shape::white);
  if (pial != shapes.end() && white != shapes.end()) {
    Surface middle = pial->second;
    for (std::size_t i = 0; i < middle.verticesRas.size(); ++i) {
      for (std::size_t axis = 0; axis < 3; ++axis) {
        float& at = middle.verticesRas[i].at(axis);
        at = (at + white->second.verticesRas[i].at(axis)) / 2;
      }
    }
    return middle;
  }
  for (const Shape shape : {Shape::pial, Shape::white, Shape::inflated, Shape::sphere}) {
    if (const auto found = shapes.find(shape); found != shapes.end()) {
      return found->second;
    }
  }
  throw Error(ErrorKind::notFound,
              "The " + std::string(toString(hemisphere.side)) +
                  " hemisphere has no closed surface to flatten; add its pial or white surface.");
}

FlatPatch flattened(const Hemisphere& hemisphere,
                    const std::vector<std::int32_t>& vertices,
                    double marginMm) {
  const Surface middle = middleSurface(hemisphere);
  FlatPatch patch;
  patch.surface.triangles = diskAround(middle, onCortex(hemisphere, vertices), marginMm);
  const Part part = partOf(middle, patch.surface.triangles);
  std::vector<PlanePoint> points = flattenedDisk(part.surface);
  turnDorsalUp(points, part.surface, hemisphere.side);
  Surface flat{.verticesRas = {}, .triangles = part.surface.triangles};
  std::ranges::transform(points, std::back_inserter(flat.verticesRas), flatPoint);
  const double scale = std::sqrt(totalArea(part.surface) / totalArea(flat));
  for (auto& [x, y] : points) {
    x *= scale;
    y *= scale;
  }
  placeBeside(points, hemisphere.side);
  PlanePoint center{};
  for (const auto& [x, y] : points) {
    center[0] += x / static_cast<double>(points.size());
    center[1] += y / static_cast<double>(points.size());
  }
  patch.surface.verticesRas.assign(middle.verticesRas.size(), flatPoint(center));
  std::vector<bool> inside(middle.verticesRas.size(), false);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto vertex = static_cast<std::size_t>(part.vertices[i]);
    patch.surface.verticesRas[vertex] = flatPoint(points[i]);
    inside[vertex] = true;
  }
  patch.distortion = distortionOf(patch.surface, middle);
  patch.leftOut = static_cast<std::size_t>(std::ranges::count_if(
      vertices, [&](std::int32_t vertex) { return !inside[static_cast<std::size_t>(vertex)]; }));
  return patch;
}

std::shared_ptr<const Cortex> withFlatShape(std::shared_ptr<const Cortex> cortex,
                                            const VertexSet& vertices) {
  const auto hasFlat = [](const Hemisphere& side) { return side.shapes.contains(Shape::flat); };
  if (vertices.size() == 0 || std::ranges::any_of(cortex->hemispheres, hasFlat)) {
    return cortex;
  }
  std::array<Surface, 2> flat;
  try {
    inParallel(bothSides.size(), [&](std::size_t s) {
      const Hemisphere& hemisphere = cortex->hemispheres.at(s);
      if (vertices.ofSide.at(s).empty()) {
        flat.at(s).verticesRas.resize(hemisphere.vertexCount());
      } else {
        flat.at(s) = flattened(hemisphere, vertices.ofSide.at(s)).surface;
      }
    });
  } catch (const Error& error) {
    logWarning("No flat shape of " + cortex->mesh.name + " is shown: " + error.sentence());
    return cortex;
  }
  auto result = std::make_shared<Cortex>(*cortex);
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    if (cortex->has(side)) {
      result->hemispheres.at(s).shapes[Shape::flat] = std::move(flat.at(s));
    }
  }
  return result;
}

} // namespace cortograph
