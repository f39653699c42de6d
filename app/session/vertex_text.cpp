#include "app/session/vertex_text.h"

#include "base/error.h"
#include "map/vertex_words.h"

#include <QObject>

#include <algorithm>

namespace cortograph {

namespace {

QString html(const std::string& words) {
  return QString::fromStdString(words).toHtmlEscaped();
}

} // namespace

QString vertexText(const GridState& grid, const VertexOf& vertex) {
  QString regions;
  QString lines;
  for (const std::vector<Pane>& row : grid.rows) {
    const MapSource* source = nullptr;
    std::vector<std::string> kinds;
    for (const Pane& pane : row) {
      if (pane.source.map != nullptr) {
        source = &pane.source;
        kinds.push_back(pane.kind);
      }
    }
    if (source == nullptr) {
      continue;
    }
    const BrainMap& map = *source->map;
    const auto n = modelledVertex(map.vertices, vertex.side, vertex.vertex);
    lines += "<br><b>" + html(map.title()) +
             "</b>: " + (n ? html(vertexInWords(*source, *n, kinds)) : QObject::tr("no data"));
    if (n && regions.isEmpty()) {
      regions = html(regionsInWords(map, *n));
    }
  }
  const QString side = vertex.side == Side::left ? QObject::tr("left") : QObject::tr("right");
  return QObject::tr("vertex %1, %2 hemisphere").arg(vertex.vertex).arg(side) +
         (regions.isEmpty() ? QString() : " – " + regions) + lines;
}

QString selectionText(const GridState& grid) {
  if (!grid.selection) {
    return {};
  }
  QString text = html(grid.selection->name);
  for (const std::vector<Pane>& row : grid.rows) {
    const auto pane = std::ranges::find_if(
        row, [](const Pane& candidate) { return candidate.source.map != nullptr; });
    if (pane == row.end()) {
      continue;
    }
    text += "<br><b>" + html(pane->source.map->title()) + "</b>: ";
    try {
      text += html(inWords(meansOf(pane->source, *grid.selection)));
    } catch (const Error& error) {
      text += html(error.sentence());
    }
  }
  return text;
}

} // namespace cortograph
