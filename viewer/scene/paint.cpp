#include "viewer/scene/paint.h"

#include "base/error.h"
#include "base/quantile.h"
#include "base/text.h"
#include "viewer/color/legend.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <string_view>

namespace cortograph {

namespace {

void checkMesh(const Cortex& cortex, const VertexSet& vertices) {
  if (!liesOn(vertices.mesh, cortex.mesh)) {
    throw Error(ErrorKind::mismatch,
                "The map is of " + inWords(vertices.mesh) + ", but the surfaces are " +
                    inWords(cortex.mesh) + " (" + differenceInWords(vertices.mesh, cortex.mesh) +
                    "); open the surfaces of the map's mesh.");
  }
  for (const Side side : bothSides) {
    const std::size_t count = cortex.hemisphere(side).vertexCount();
    const bool fits = std::ranges::all_of(vertices.of(side), [count](std::int32_t vertex) {
      return vertex >= 0 && static_cast<std::size_t>(vertex) < count;
    });
    if (!fits) {
      throw Error(ErrorKind::mismatch,
                  "The map has vertices on the " + std::string(toString(side)) +
                      " side that its mesh, " + inWords(cortex.mesh) +
                      ", does not have; the map is damaged, so make it again.");
    }
  }
}

/// Returns the vertices to which a kind's values belong.
VertexSet verticesOf(const Pane& pane, const MapKind& kind) {
  if (!kind.ofCortex) {
    if (pane.source.map == nullptr) {
      throw Error(ErrorKind::unsupported,
                  "The map kind " + std::string(kind.name) + " needs a map, but " + pane.title +
                      " has none; choose data or curvature, or open a map.");
    }
    return pane.source.map->vertices;
  }
  VertexSet all{pane.cortex->mesh, {}};
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    all.ofSide[s].resize(pane.cortex->hemisphere(side).vertexCount());
    std::iota(all.ofSide[s].begin(), all.ofSide[s].end(), 0);
  }
  return all;
}

MapSource sourceOf(const Pane& pane) {
  MapSource source = pane.source;
  source.cortex = pane.cortex;
  return source;
}

/// Returns a kind's values, after checking that there is one for each vertex.
VertexValues valuesOn(const Pane& pane, const MapKind& kind, const VertexSet& vertices) {
  checkMesh(*pane.cortex, vertices);
  if (kind.ofData && pane.source.data != nullptr) {
    requireFits(*pane.cortex, *pane.source.data);
  }
  VertexValues values = kind.values(sourceOf(pane));
  const std::size_t count = vertices.size();
  const bool two = axisCount(kind.legend) == 2;
  if (values.first.size() != count || (two && values.second.size() != count) ||
      (!values.strength.empty() && values.strength.size() != count)) {
    throw Error(ErrorKind::mismatch,
                "The map has " + std::to_string(values.first.size()) + " values for " +
                    std::to_string(count) +
                    " vertices, so it cannot be painted; open another map or other data.");
  }
  return values;
}

double limitOf(const Threshold& threshold, const std::vector<float>& values) {
  if (!threshold.percentile) {
    return threshold.value;
  }
  std::vector<float> sorted;
  std::ranges::copy_if(
      values, std::back_inserter(sorted), [](float value) { return !std::isnan(value); });
  std::ranges::sort(sorted);
  return sorted.empty() ? 0 : quantile<float>(sorted, std::clamp(threshold.value / 100, 0.0, 1.0));
}

/// Returns the opacity that the threshold allows for each vertex of both meshes; empty, which means
/// full opacity, without a threshold or without the map or data for it.
std::array<std::vector<float>, 2>
strengthsUnder(const std::optional<Threshold>& threshold, double dim, const Pane& pane) {
  if (!threshold) {
    return {};
  }
  const MapKind& kind = mapKindNamed(threshold->kind);
  if (kind.ofCortex ? kind.ofData && pane.source.data == nullptr : pane.source.map == nullptr) {
    return {};
  }
  const VertexSet vertices = verticesOf(pane, kind);
  const std::vector<float> values = valuesOn(pane, kind, vertices).first;
  const double limit = limitOf(*threshold, values);
  std::array<std::vector<float>, 2> strengths;
  for (const Side side : bothSides) {
    std::vector<float>& of = strengths[static_cast<std::size_t>(side)];
    of = spreadOverMesh(vertices, side, values, std::numeric_limits<float>::quiet_NaN());
    std::ranges::transform(of, of.begin(), [&](float value) {
      const bool passes = static_cast<double>(value) >= limit; // false for NaN
      return passes ? 1.0F : static_cast<float>(dim);
    });
  }
  return strengths;
}

} // namespace

bool isPainted(const Pane& pane) {
  return pane.source.map != nullptr || mapKindNamed(pane.kind).ofCortex;
}

Painting paintOf(const Pane& pane,
                 const std::optional<Threshold>& threshold,
                 const RangeChoice& range,
                 double dim) {
  const MapKind& kind = mapKindNamed(pane.kind);
  const VertexSet vertices = verticesOf(pane, kind);
  const VertexValues values = valuesOn(pane, kind, vertices);
  const bool two = axisCount(kind.legend) == 2;
  Painting painting{{}, axesWith(range, kind, sourceOf(pane), values.first)};
  if (painting.axes.size() != axisCount(kind.legend)) {
    throw Error(ErrorKind::internal,
                "The map kind " + std::string(kind.name) + " has " +
                    std::to_string(painting.axes.size()) + " axes, so it cannot be painted.");
  }
  const auto passing = strengthsUnder(threshold, dim, pane);
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    MeshPaint& mesh = painting.meshes[s];
    mesh.resize(pane.cortex->hemisphere(side).vertexCount());
    const std::vector<std::int32_t>& of = vertices.of(side);
    const std::size_t offset = vertices.offset(side);
    for (std::size_t i = 0; i < of.size(); ++i) {
      const std::size_t n = offset + i;
      const auto vertex = static_cast<std::size_t>(of[i]);
      const float u = placeOn(painting.axes[0], values.first[n]);
      const float v = two ? placeOn(painting.axes[1], values.second[n]) : 0.0F;
      const float strength = (values.strength.empty() ? 1.0F : values.strength[n]) *
                             (passing[s].empty() ? 1.0F : passing[s][vertex]);
      if (!std::isnan(u) && !std::isnan(v) && !std::isnan(strength)) {
        mesh[vertex] = {.u = u, .v = v, .data = 1, .strength = std::clamp(strength, 0.0F, 1.0F)};
      }
    }
  }
  return painting;
}

Ranges sharedRanges(const GridState& state) {
  Ranges shared;
  for (const auto& [name, choice] : state.style.ranges) {
    const MapKind& kind = mapKindNamed(name);
    if (choice.mode != RangeMode::data || !hasRange(kind)) {
      continue;
    }
    std::vector<float> all;
    std::optional<Axis> usual;
    for (const Pane* pane : panesOf(state)) {
      if (pane->kind != name || !isPainted(*pane)) {
        continue;
      }
      try {
        const std::vector<float> values = valuesOn(*pane, kind, verticesOf(*pane, kind)).first;
        all.insert(all.end(), values.begin(), values.end());
        usual = kind.axes(sourceOf(*pane)).front();
      } catch (const Error&) { // the pane itself will show the error
      }
    }
    if (usual) {
      const Axis axis = axisOfData(*usual, zeroOf(kind, *usual), std::move(all));
      shared[name] = {RangeMode::given, axis.low, axis.high};
    }
  }
  return shared;
}

} // namespace cortograph
