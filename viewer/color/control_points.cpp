#include "viewer/color/control_points.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

Rgb unpack(std::uint32_t rrggbb) {
  return {static_cast<float>(rrggbb >> 16U & 255U) / 255.0F,
          static_cast<float>(rrggbb >> 8U & 255U) / 255.0F,
          static_cast<float>(rrggbb & 255U) / 255.0F};
}

/// Returns GLSL that declares the colours as `points`, with channels in 0..255.
std::string pointsGlsl(ControlPoints points) {
  const std::string count = std::to_string(points.size());
  std::string glsl = "const vec3 points[" + count + "] = vec3[" + count + "](";
  for (std::size_t i = 0; i < points.size(); ++i) {
    glsl += i == 0 ? "" : ", ";
    glsl += "vec3(" + std::to_string(points[i] >> 16U & 255U) + "., " +
            std::to_string(points[i] >> 8U & 255U) + "., " + std::to_string(points[i] & 255U) +
            ".)";
  }
  return glsl + ");\n";
}

} // namespace

Rgb interpolate(ControlPoints points, float u) {
  const float place = u * static_cast<float>(points.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), points.size() - 2);
  const float part = place - static_cast<float>(below);
  const Rgb a = unpack(points[below]);
  const Rgb b = unpack(points[below + 1]);
  return {std::lerp(a[0], b[0], part), std::lerp(a[1], b[1], part), std::lerp(a[2], b[2], part)};
}

std::string interpolatedGlsl(ControlPoints points) {
  const std::string last = std::to_string(points.size() - 1);
  const std::string lastBelow = std::to_string(points.size() - 2);
  return pointsGlsl(points) + "float place = u * " + last + ".;\nint below = min(int(place), " +
         lastBelow +
         ");\nvec3 color = mix(points[below], points[below + 1], place - float(below)) / 255.;\n";
}

std::string interpolationGlsl(ControlPoints points) {
  return interpolatedGlsl(points) + "return color;\n";
}

Rgb pick(ControlPoints points, float u) {
  const auto place = static_cast<std::size_t>(u * static_cast<float>(points.size()));
  return unpack(points[std::min(place, points.size() - 1)]);
}

std::string pickGlsl(ControlPoints points) {
  return pointsGlsl(points) + "return points[min(int(u * " + std::to_string(points.size()) +
         ".), " + std::to_string(points.size() - 1) + ")] / 255.;\n";
}

} // namespace cortograph
