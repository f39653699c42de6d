#include "viewer/scene/paint.h"

#include "base/error.h"
#include "viewer/color/legend.h"

#include <cmath>

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

} // namespace

MeshColors underlayColors(const Hemisphere& hemisphere) {
  const std::size_t count = hemisphere.vertexCount();
  MeshColors colors(count, plainGrey);
  if (hemisphere.curvature.size() == count) {
    for (std::size_t i = 0; i < count; ++i) {
      colors[i] = hemisphere.curvature[i] > 0 ? sulcusGrey : gyrusGrey;
    }
  }
  return colors;
}

void paintMap(const Pane& pane, std::array<MeshColors, 2>& colors) {
  const VertexSet& vertices = pane.source.map->vertices;
  checkMesh(*pane.cortex, vertices);
  const MapKind& kind = mapKindNamed(pane.kind);
  const Colormap& colormap = colormapNamed(kind.colormap);
  const VertexValues values = kind.values(pane.source);
  const std::vector<Axis> axes = kind.axes(pane.source);
  const bool two = kind.legend == LegendForm::square;
  if (values.first.size() != vertices.size() || (two && values.second.size() != vertices.size()) ||
      axes.size() != (two ? 2 : 1)) {
    throw Error(ErrorKind::mismatch,
                "The map holds " + std::to_string(values.first.size()) + " values for " +
                    std::to_string(vertices.size()) + " vertices; it can't be painted.");
  }
  for (const Side side : bothSides) {
    MeshColors& mesh = colors[static_cast<std::size_t>(side)];
    const std::vector<std::int32_t>& of = vertices.of(side);
    const std::size_t offset = vertices.offset(side);
    for (std::size_t i = 0; i < of.size(); ++i) {
      const float u = placeOn(axes[0], values.first[offset + i]);
      const float v = two ? placeOn(axes[1], values.second[offset + i]) : 0.0F;
      if (!std::isnan(u) && !std::isnan(v)) {
        mesh[static_cast<std::size_t>(of[i])] = colorBytes(colormap, u, v);
      }
    }
  }
}

} // namespace cortograph
