#include "kinds/kind_data.h"

#include "base/error.h"
#include "brain/vertex_set.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

namespace {

void addColumn(VertexData& data,
               const VertexSet& vertices,
               std::string name,
               const std::vector<float>& values) {
  VertexColumn column{.name = std::move(name), .values = {}};
  for (const Side side : bothSides) {
    if (vertices.mesh.has(side)) {
      column.values.at(static_cast<std::size_t>(side)) =
          spreadOverMesh(vertices, side, values, std::numeric_limits<float>::quiet_NaN());
    }
  }
  data.columns.push_back(std::move(column));
}

/// Returns whether a kind's numbers stand for names.
bool hasNames(const MapKind& kind) {
  return kind.labeled != nullptr;
}

/// Returns an axis's title, or else its kind's, and what its ends stand for: "certainty (0 sure, 1
/// unsure)".
std::string columnName(const MapKind& kind, const Axis& axis) {
  const std::string title = axis.title.empty() ? std::string(kind.title) : axis.title;
  if (axis.ticks.size() != 2 || axis.tickLabels.size() != 2) {
    return title;
  }
  std::string ends;
  for (std::size_t i = 0; i < 2; ++i) {
    const auto tick = std::lround(axis.ticks[i]);
    ends += (i == 0 ? "" : ", ") + std::to_string(tick) + " " + axis.tickLabels[i];
  }
  return title + " (" + ends + ")";
}

void requireOneSort(const std::vector<KindChoice>& kinds) {
  const auto isLabels = [](const KindChoice& choice) { return hasNames(*choice.kind); };
  if (std::ranges::any_of(kinds, isLabels) && !std::ranges::all_of(kinds, isLabels)) {
    throw Error(ErrorKind::unsupported,
                "Labels and numbers can't be in one file; write the kinds of labels to a file of "
                "their own.");
  }
  for (const KindChoice& choice : kinds) {
    if (choice.kind->ofCortex) {
      throw Error(ErrorKind::unsupported,
                  "The kind " + std::string(choice.kind->name) +
                      " is not of a map, so it has no numbers to write; choose another.");
    }
  }
  if (kinds.size() > 1 && isLabels(kinds.front())) {
    throw Error(ErrorKind::unsupported,
                "Each kind of labels needs a file of its own, with its own names of labels.");
  }
}

/// Names a kind's labels, which count from 1; 0 stands for no label. Those of no vertex are left
/// out.
std::vector<VertexLabel> labelsOf(const MapKind& kind, const MapSource& source) {
  std::vector<VertexLabel> labels{{.key = 0, .name = "???", .color = {0, 0, 0, 0}}};
  for (const KindLabel& label : kind.labeled(source)) {
    labels.push_back({.key = static_cast<int>(std::lround(label.value)), .name = label.name});
  }
  return labels;
}

VertexData labelData(const MapSource& source, const MapKind& kind) {
  VertexData data{.name = std::string(kind.title),
                  .mesh = source.map->vertices.mesh,
                  .kind = VertexDataKind::labels,
                  .labels = labelsOf(kind, source)};
  addColumn(data, source.map->vertices, data.name, kind.values(source).first);
  return data;
}

} // namespace

VertexData vertexDataOf(const MapSource& source, const std::vector<KindChoice>& kinds) {
  requireOneSort(kinds);
  const VertexSet& vertices = source.map->vertices;
  if (!vertices.placed()) {
    throw Error(ErrorKind::unsupported,
                "The map's voxels have no place on a mesh, so they can't be written as vertex "
                "data; cortograph info lists their numbers.");
  }
  if (hasNames(*kinds.at(0).kind)) {
    return labelData(source, *kinds.front().kind);
  }
  VertexData data{.name = source.map->title(), .mesh = vertices.mesh};
  for (const KindChoice& choice : kinds) {
    MapSource painted = source;
    painted.layer = choice.layer;
    const MapKind& kind = *choice.kind;
    const VertexValues values = kind.values(painted);
    if (values.second.empty() || axisCount(kind.legend) == 1) {
      addColumn(data, vertices, std::string(kind.title), values.first);
    } else {
      const std::vector<Axis> axes = kind.axes(painted);
      addColumn(data, vertices, columnName(kind, axes.at(0)), values.first);
      addColumn(data, vertices, columnName(kind, axes.at(1)), values.second);
    }
  }
  return data;
}

} // namespace cortograph
