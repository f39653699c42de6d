#include "brain/subdivision.h"

#include "base/error.h"

#include <algorithm>
#include <utility>

namespace cortograph {

namespace {

constexpr std::int32_t none = -1;
using Parents = std::array<std::int32_t, 2>;

/// Adds a parent of a midpoint. Returns false when it already has two others.
bool addParent(Parents& parents, std::int32_t parent) {
  for (std::int32_t& known : parents) {
    if (known == parent) {
      return true;
    }
    if (known == none) {
      known = parent;
      return true;
    }
  }
  return false;
}

std::int32_t commonParent(const Parents& a, const Parents& b) {
  for (const std::int32_t parent : a) {
    if (parent != none && (parent == b[0] || parent == b[1])) {
      return parent;
    }
  }
  return none;
}

template <class Value, class Mean>
void extend(std::vector<Value>& values, const Midpoints& midpoints, const Mean& mean) {
  if (values.empty()) {
    return;
  }
  values.reserve(values.size() + midpoints.parents().size());
  for (const auto [a, b] : midpoints.parents()) {
    values.push_back(
        mean(values[static_cast<std::size_t>(a)], values[static_cast<std::size_t>(b)]));
  }
}

void subdivide(Hemisphere& hemisphere) {
  Midpoints midpoints(hemisphere.vertexCount());
  for (auto& [shape, surface] : hemisphere.shapes) {
    surface.triangles = subdivided(surface.triangles, midpoints);
  }
  for (auto& [shape, surface] : hemisphere.shapes) {
    extend(surface.verticesRas, midpoints, [](const Point& a, const Point& b) {
      return Point{(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2};
    });
  }
  const auto mean = [](float a, float b) { return (a + b) / 2; };
  extend(hemisphere.curvature, midpoints, mean);
  extend(hemisphere.sulcalDepth, midpoints, mean);
  extend(hemisphere.thickness, midpoints, mean);
}

} // namespace

std::int32_t Midpoints::of(std::int32_t a, std::int32_t b) {
  const auto [low, high] = std::minmax(a, b);
  const std::uint64_t edge =
      static_cast<std::uint64_t>(low) << 32U | static_cast<std::uint64_t>(high);
  const auto [entry, isNew] =
      known_.try_emplace(edge, static_cast<std::int32_t>(vertices_ + parents_.size()));
  if (isNew) {
    parents_.push_back({a, b});
  }
  return entry->second;
}

std::vector<Triangle> subdivided(const std::vector<Triangle>& triangles, Midpoints& midpoints) {
  std::vector<Triangle> finer;
  finer.reserve(triangles.size() * 4);
  for (const auto [a, b, c] : triangles) {
    const std::int32_t ab = midpoints.of(a, b);
    const std::int32_t bc = midpoints.of(b, c);
    const std::int32_t ca = midpoints.of(c, a);
    finer.insert(finer.end(), {{a, ab, ca}, {b, bc, ab}, {c, ca, bc}, {ab, bc, ca}});
  }
  return finer;
}

Cortex subdivided(const Cortex& cortex) {
  Cortex finer = cortex;
  for (Hemisphere& hemisphere : finer.hemispheres) {
    subdivide(hemisphere);
  }
  finer.mesh = meshOf(finer.hemispheres);
  if (finer.mesh.toldBy != MeshEvidence::byTriangulation) {
    finer.mesh.name = cortex.mesh.name + ", finer";
    finer.mesh.toldBy = cortex.mesh.toldBy;
  }
  return finer;
}

std::vector<Triangle>
coarsened(const std::vector<Triangle>& triangles, std::size_t vertices, std::size_t coarse) {
  const auto isOld = [coarse](std::int32_t vertex) {
    return static_cast<std::size_t>(vertex) < coarse;
  };
  std::vector<Parents> parents(vertices - coarse, Parents{none, none});
  const auto parentsOf = [&](std::int32_t vertex) -> Parents& {
    return parents[static_cast<std::size_t>(vertex) - coarse];
  };
  std::vector<Triangle> middles;
  for (const Triangle& triangle : triangles) {
    const auto old = std::count_if(triangle.begin(), triangle.end(), isOld);
    if (old == 0) {
      middles.push_back(triangle);
      continue;
    }
    const std::int32_t corner = *std::find_if(triangle.begin(), triangle.end(), isOld);
    const bool isCorner = old == 1 && std::all_of(triangle.begin(), triangle.end(), [&](auto v) {
                            return isOld(v) || addParent(parentsOf(v), corner);
                          });
    if (!isCorner) {
      return {};
    }
  }
  std::vector<Triangle> result;
  for (const auto [ab, bc, ca] : middles) {
    const std::int32_t a = commonParent(parentsOf(ca), parentsOf(ab));
    const std::int32_t b = commonParent(parentsOf(ab), parentsOf(bc));
    const std::int32_t c = commonParent(parentsOf(bc), parentsOf(ca));
    if (a != none && b != none && c != none) {
      result.push_back({a, b, c});
    }
  }
  return result;
}

Surface coarsened(const Surface& surface, std::size_t vertices) {
  std::vector<Triangle> triangles = surface.triangles;
  std::size_t size = surface.verticesRas.size();
  while (size > vertices && !triangles.empty()) {
    const std::size_t coarse = coarserSize(size);
    triangles = coarse < vertices ? std::vector<Triangle>{} : coarsened(triangles, size, coarse);
    size = coarse;
  }
  if (size != vertices || triangles.empty()) {
    throw Error(ErrorKind::mismatch,
                "The surface of " + std::to_string(surface.verticesRas.size()) +
                    " vertices is no subdivision of a mesh of " + std::to_string(vertices) +
                    "; give a sphere of that mesh.");
  }
  const auto end = surface.verticesRas.begin() + static_cast<std::ptrdiff_t>(vertices);
  return {.verticesRas = {surface.verticesRas.begin(), end}, .triangles = std::move(triangles)};
}

} // namespace cortograph
