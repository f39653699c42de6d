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

/// What kinds of the cortex say of a vertex of its mesh; empty when none is shown.
QString cortexWords(const std::vector<Pane>& row, const VertexOf& vertex) {
  QString words;
  for (const Pane& pane : row) {
    const MapKind& kind = mapKindNamed(pane.kind);
    const std::size_t left = pane.cortex->hemispheres[0].vertexCount();
    const auto n = static_cast<std::size_t>(vertex.vertex);
    if (kind.ofCortex && n < pane.cortex->hemisphere(vertex.side).vertexCount()) {
      words += (words.isEmpty() ? "" : "; ") +
               html(kind.inWords(pane.source, vertex.side == Side::left ? n : left + n));
    }
  }
  return words;
}

QString lineOf(const std::string& title, const QString& words) {
  return "<br><b>" + html(title) + "</b>: " + words;
}

} // namespace

QString vertexText(const GridState& grid, const VertexOf& vertex) {
  QString regions;
  QString lines;
  for (const std::vector<Pane>& row : grid.rows) {
    const MapSource* source = nullptr;
    std::vector<std::string> kinds;
    for (const Pane& pane : row) {
      if (pane.source.map != nullptr && !mapKindNamed(pane.kind).ofCortex) {
        source = &pane.source;
        kinds.push_back(pane.kind);
      }
    }
    const QString folds = cortexWords(row, vertex);
    if (source == nullptr) {
      lines += folds.isEmpty() ? QString() : lineOf(row.front().title, folds);
      continue;
    }
    const BrainMap& map = *source->map;
    const auto n = modelledVertex(map.vertices, vertex.side, vertex.vertex);
    const QString words = n ? html(vertexInWords(*source, *n, kinds)) : QObject::tr("no data");
    lines += lineOf(map.title(), folds.isEmpty() ? words : words + "; " + folds);
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
