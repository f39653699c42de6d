#include "app/session/vertex_text.h"

#include "app/session/shown.h"
#include "base/error.h"
#include "kinds/vertex_words.h"

#include <QObject>

#include <algorithm>

namespace cortograph {

namespace {

QString html(const std::string& words) {
  return shown(words, longestSentence).toHtmlEscaped();
}

/// The panes of one map, of one set of data, or of one cortex.
using Panes = std::vector<const Pane*>;

const void* subjectOf(const Pane& pane) {
  if (pane.source.map != nullptr) {
    return pane.source.map.get();
  }
  return pane.source.data != nullptr ? static_cast<const void*>(pane.source.data.get())
                                     : pane.cortex.get();
}

/// Groups panes by `key`. Groups and panes keep the order of their first appearance.
template <class Key> std::vector<Panes> grouped(const Panes& panes, const Key& key) {
  std::vector<Panes> groups;
  for (const Pane* pane : panes) {
    const auto group = std::ranges::find_if(
        groups, [&](const Panes& before) { return key(*before.front()) == key(*pane); });
    if (group == groups.end()) {
      groups.push_back({pane});
    } else {
      group->push_back(pane);
    }
  }
  return groups;
}

/// Describes a vertex by the kinds that need no map; empty when none is shown.
QString cortexWords(const Panes& panes, const VertexOf& vertex) {
  QString words;
  for (const Pane* pane : panes) {
    const MapKind& kind = mapKindNamed(pane->kind);
    const std::size_t left = pane->cortex->hemispheres[0].vertexCount();
    const auto n = static_cast<std::size_t>(vertex.vertex);
    if (kind.ofCortex && n < pane->cortex->hemisphere(vertex.side).vertexCount()) {
      words += (words.isEmpty() ? "" : "; ") +
               html(kind.inWords(pane->source, vertex.side == Side::left ? n : left + n));
    }
  }
  return words;
}

QString lineOf(const std::string& title, const QString& words) {
  return words.isEmpty() ? QString() : "<br><b>" + html(title) + "</b>: " + words;
}

/// Describes a vertex by the panes of one map.
QString mapLine(const Panes& panes, const VertexOf& vertex) {
  const MapSource* source = &panes.front()->source;
  std::vector<std::string> kinds;
  for (const Pane* pane : panes) {
    if (!mapKindNamed(pane->kind).ofCortex) {
      source = &pane->source;
      const bool ofLayer = mapKindNamed(pane->kind).ofLayer;
      kinds.push_back(pane->kind + (ofLayer ? ":" + std::to_string(source->layer) : ""));
    }
  }
  QString words;
  if (!kinds.empty()) {
    const auto n = modeledVertex(source->map->vertices, vertex.side, vertex.vertex);
    words = n ? html(vertexInWords(*source, *n, kinds)) : QObject::tr("no data");
  }
  const QString folds = cortexWords(panes, vertex);
  return lineOf(panes.front()->row,
                words.isEmpty() || folds.isEmpty() ? words + folds : words + "; " + folds);
}

QString textOf(const Panes& panes, const VertexOf& vertex) {
  QString regions;
  QString lines;
  for (const Panes& group : grouped(panes, subjectOf)) {
    const BrainMap* map = group.front()->source.map.get();
    if (map == nullptr) {
      lines += lineOf(group.front()->title, cortexWords(group, vertex));
      continue;
    }
    lines += mapLine(group, vertex);
    const auto n = modeledVertex(map->vertices, vertex.side, vertex.vertex);
    if (n && regions.isEmpty()) {
      regions = html(regionsInWords(*map, *n));
    }
  }
  const QString side = vertex.side == Side::left ? QObject::tr("left") : QObject::tr("right");
  return QObject::tr("vertex %1, %2 hemisphere").arg(vertex.vertex).arg(side) +
         (regions.isEmpty() ? QString() : " – " + regions) + lines;
}

} // namespace

QString vertexText(const GridState& grid, const VertexOf& vertex) {
  return textOf(panesOf(grid), vertex);
}

QString pinnedText(const GridState& grid) {
  Panes pinned = panesOf(grid);
  std::erase_if(pinned, [](const Pane* pane) { return !pane->pinned; });
  QString text;
  for (const Panes& group : grouped(pinned, [](const Pane& pane) { return *pane.pinned; })) {
    text += (text.isEmpty() ? "" : "<br><br>") + textOf(group, *group.front()->pinned);
  }
  return text;
}

QString selectionText(const GridState& grid) {
  if (!grid.selection) {
    return {};
  }
  Panes mapped = panesOf(grid);
  std::erase_if(mapped, [](const Pane* pane) { return pane->source.map == nullptr; });
  QString text = html(grid.selection->name);
  for (const Panes& group : grouped(mapped, subjectOf)) {
    const MapSource& source = group.front()->source;
    text += "<br><b>" + html(group.front()->row) + "</b>: ";
    try {
      text += html(inWords(meansOf(source, *grid.selection)));
    } catch (const Error& error) {
      text += html(error.sentence());
    }
  }
  return text;
}

} // namespace cortograph
