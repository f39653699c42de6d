#include "viewer/scene/paint.h"

#include "base/error.h"
#include "viewer/color/legend.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>

namespace cortograph {

namespace {

void checkMesh(const Cortex& cortex, const VertexSet& vertices) {
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const std::size_t count = cortex.hemisphere(side).vertexCount();
    bool fits = vertices.meshSize[s] == count;
    for (const std::int32_t vertex : vertices.of(side)) {
      fits = fits && vertex >= 0 && static_cast<std::size_t>(vertex) < count;
    }
    if (!fits) {
      throw Error(ErrorKind::mismatch,
                  "The map is of " + vertices.mesh + " with " +
                      std::to_string(vertices.meshSize[s]) + " vertices in the " +
                      std::string(toString(side)) + " hemisphere, but the surfaces (" +
                      cortex.name + ") have " + std::to_string(count) + "; open the surfaces of " +
                      vertices.mesh + ".");
    }
  }
}

/// How strongly each vertex may be painted; empty: all of them fully.
std::vector<float> strengthsUnder(const std::optional<Threshold>& threshold,
                                  const MapSource& source) {
  if (!threshold) {
    return {};
  }
  const std::vector<float> values = mapKindNamed(threshold->kind).values(source).first;
  double limit = threshold->value;
  if (threshold->percentile) {
    std::vector<float> sorted;
    std::ranges::copy_if(
        values, std::back_inserter(sorted), [](float value) { return !std::isnan(value); });
    std::ranges::sort(sorted);
    const double place = limit / 100 * static_cast<double>(sorted.size());
    limit = sorted.empty()
                ? 0
                : static_cast<double>(
                      sorted[std::min(static_cast<std::size_t>(place), sorted.size() - 1)]);
  }
  std::vector<float> strengths;
  for (const float value : values) {
    const bool passes = static_cast<double>(value) >= limit; // not where there is none
    strengths.push_back(passes ? 1.0F : static_cast<float>(threshold->strength));
  }
  return strengths;
}

} // namespace

Threshold parseThreshold(const std::string& text) {
  const std::size_t colon = text.find(':');
  std::array<char, 2> percent{};
  Threshold threshold;
  int used = 0;
  const char* number = text.c_str() + (colon == std::string::npos ? text.size() : colon + 1);
  const bool isNumber =
      std::sscanf(number, "%lf%n%1[%%]", &threshold.value, &used, percent.data()) >= 1;
  threshold.percentile = percent[0] == '%';
  if (!isNumber || number[used + (threshold.percentile ? 1 : 0)] != '\0') {
    throw Error(ErrorKind::format,
                "\"" + text +
                    "\" is no threshold; write a map, a colon and a number or a "
                    "percentile: r2:0.1, r2:20%.");
  }
  threshold.kind = mapKindNamed(text.substr(0, colon)).name;
  return threshold;
}

std::array<MeshPaint, 2> paintOf(const Pane& pane, const std::optional<Threshold>& threshold) {
  const VertexSet& vertices = pane.source.map->vertices;
  checkMesh(*pane.cortex, vertices);
  const MapKind& kind = mapKindNamed(pane.kind);
  const VertexValues values = kind.values(pane.source);
  const std::vector<Axis> axes = kind.axes(pane.source);
  const bool two = axisCount(kind.legend) == 2;
  const std::size_t count = vertices.size();
  if (values.first.size() != count || (two && values.second.size() != count) ||
      (!values.strength.empty() && values.strength.size() != count) ||
      axes.size() != axisCount(kind.legend)) {
    throw Error(ErrorKind::mismatch,
                "The map holds " + std::to_string(values.first.size()) + " values for " +
                    std::to_string(count) + " vertices; it can't be painted.");
  }
  const std::vector<float> passing = strengthsUnder(threshold, pane.source);
  std::array<MeshPaint, 2> paint;
  for (const Side side : bothSides) {
    MeshPaint& mesh = paint[static_cast<std::size_t>(side)];
    mesh.resize(pane.cortex->hemisphere(side).vertexCount());
    const std::vector<std::int32_t>& of = vertices.of(side);
    const std::size_t offset = vertices.offset(side);
    for (std::size_t i = 0; i < of.size(); ++i) {
      const std::size_t n = offset + i;
      const float u = placeOn(axes[0], values.first[n]);
      const float v = two ? placeOn(axes[1], values.second[n]) : 0.0F;
      const float strength = (values.strength.empty() ? 1.0F : values.strength[n]) *
                             (passing.empty() ? 1.0F : passing[n]);
      if (!std::isnan(u) && !std::isnan(v) && !std::isnan(strength)) {
        mesh[static_cast<std::size_t>(of[i])] = {u, v, 1, std::clamp(strength, 0.0F, 1.0F)};
      }
    }
  }
  return paint;
}

} // namespace cortograph
