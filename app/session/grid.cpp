// The picture of a document.
#include "app/session/grid.h"

#include "analysis/compare.h"
#include "base/error.h"
#include "base/number_words.h"
#include "kinds/titles.h"

#include <algorithm>

namespace cortograph {

bool isDrawn(const MapRow& row) {
  return row.shown && row.cortex != nullptr && (row.map != nullptr || row.data != nullptr);
}

bool isDrawnMap(const MapRow& row) {
  return isDrawn(row) && row.map != nullptr;
}

std::vector<std::string> columnsOf(const MapRow& row) {
  std::vector<std::string> kinds = row.look.kinds;
  if (row.map == nullptr) {
    std::erase_if(kinds, [](const std::string& typed) { return !parseKind(typed).kind->ofCortex; });
    if (kinds.empty()) {
      kinds.emplace_back("data");
    }
  }
  return kinds;
}

/// The row that the others are compared with.
const MapRow* referenceOf(const Document& document) {
  if (document.reference) {
    return findRow(document, *document.reference);
  }
  const auto first = std::ranges::find_if(document.rows, isDrawnMap);
  return first == document.rows.end() ? nullptr : &*first;
}

ShapeMix shapeFor(const Cortex& cortex, const ShapeMix& wanted) {
  const std::vector<Shape> there = cortex.shapes();
  const auto has = [&there](Shape shape) { return std::ranges::find(there, shape) != there.end(); };
  return there.empty() || (has(wanted.from) && has(wanted.to)) ? wanted : ShapeMix(there.front());
}

namespace {

using PaneNames = std::vector<std::vector<PaneName>>; ///< in rows

constexpr std::string_view predictionKind = "prediction";
constexpr std::string_view channelKind = "channel";

bool canShow(const MapKind& kind, const MapSource& source) {
  try {
    return !kind.values(source).first.empty();
  } catch (const Error&) {
    return false;
  }
}

/// The named one; else the row's own, or the newest of its cortex.
std::shared_ptr<const VertexData>
dataFor(const Document& document, const MapRow& row, const std::string& name) {
  if (row.data != nullptr && name.empty()) {
    return row.data;
  }
  const auto newest =
      std::find_if(document.rows.rbegin(), document.rows.rend(), [&](const MapRow& open) {
        return open.data != nullptr && open.cortex == row.cortex &&
               (name.empty() || open.data->name == name);
      });
  return newest == document.rows.rend() ? nullptr : newest->data;
}

MapSource sourceOf(const Document& document, const MapRow& row, const KindChoice& choice) {
  MapSource source{row.map, row.probe};
  source.data = dataFor(document, row, choice.data);
  source.layer = choice.layer;
  if (row.map == nullptr) {
    return source;
  }
  const MapRow* reference = referenceOf(document);
  if (reference != nullptr && reference != &row) {
    source.other = reference->map;
  }
  std::vector<std::shared_ptr<const BrainMap>> maps;
  for (const MapRow& open : document.rows) {
    if (isDrawnMap(open)) {
      maps.push_back(open.map);
    }
  }
  source.runs = furtherRuns(*row.map, maps);
  if (row.clusters != nullptr && reference != nullptr && row.clustersOf == reference->map) {
    source.clusters = {row.clusters, &row.clusters->clusters};
  }
  return source;
}

/// Why a column must stay bare for now, in a word or two; else the pane itself says what is
/// missing.
std::string whyNotYet(const MapRow& row, const MapKind& kind, const MapSource& source) {
  const bool training = row.state == RowState::training;
  if (kind.name == predictionKind && row.probe == nullptr) {
    return training ? "after training" : "no prediction";
  }
  return training && !kind.ofCortex && !canShow(kind, source) ? "not measured yet" : "";
}

Pane paneOf(const Document& document, const MapRow& row, const std::string& typed) {
  KindChoice choice = parseKind(typed);
  const MapKind& kind = *choice.kind;
  if (typed.find(':') == std::string::npos) {
    choice.layer = document.style.layer;
  }
  const MapSource source = sourceOf(document, row, choice);
  Pane pane;
  pane.cortex = row.cortex;
  pane.kind = kind.name;
  pane.shape = shapeFor(*row.cortex, row.look.shape);
  pane.row = row.title;
  pane.title = paneTitle(row.title, kind, source);
  if (kind.name == channelKind && source.clusters != nullptr) {
    pane.title += " (agreement " + inDecimals(row.clusters->agreement, 2) + ")";
  }
  const std::string reason = whyNotYet(row, kind, source);
  if (reason.empty()) {
    pane.source = source;
  } else {
    pane.title += " (" + reason + ")";
  }
  return pane;
}

/// A cortex alone: bare, or its own kinds where they are asked for.
std::vector<Pane> panesOfCortex(const CortexPointer& cortex, const Document& document) {
  Pane bare;
  bare.cortex = cortex;
  bare.title = cortex->mesh.name;
  bare.shape = shapeFor(*cortex, document.look.shape);
  std::vector<Pane> panes;
  for (const std::string& typed : document.look.kinds) {
    const MapKind& kind = *parseKind(typed).kind;
    if (kind.ofCortex && !kind.ofData) {
      panes.push_back(bare);
      panes.back().kind = kind.name;
      panes.back().title = paneTitle(cortex->mesh.name, kind, {});
    }
  }
  return panes.empty() ? std::vector{bare} : panes;
}

/// The panes of each shown map.
PaneNames panesByMap(const Document& document) {
  PaneNames names;
  for (const MapRow& row : document.rows) {
    if (isDrawn(row) && !columnsOf(row).empty()) {
      std::vector<PaneName>& panes = names.emplace_back();
      for (const std::string& kind : columnsOf(row)) {
        panes.push_back({row.id, kind});
      }
    }
  }
  return names;
}

/// In rows of one `key` each, both in the order in which they come first.
template <class Key> PaneNames grouped(const PaneNames& names, const Key& key) {
  std::vector<std::string> keys;
  PaneNames groups;
  for (const std::vector<PaneName>& row : names) {
    for (const PaneName& name : row) {
      const std::string wanted = key(name);
      const auto found = std::ranges::find(keys, wanted);
      const auto at = static_cast<std::size_t>(found - keys.begin());
      if (found == keys.end()) {
        keys.push_back(wanted);
        groups.emplace_back();
      }
      groups[at].push_back(name);
    }
  }
  return groups;
}

PaneNames wrapped(const PaneNames& names, std::size_t columns) {
  PaneNames rows;
  for (const std::vector<PaneName>& row : names) {
    for (const PaneName& name : row) {
      if (rows.empty() || rows.back().size() >= columns) {
        rows.emplace_back();
      }
      rows.back().push_back(name);
    }
  }
  return rows;
}

PaneNames arranged(const Document& document) {
  PaneNames names = panesByMap(document);
  switch (document.style.arrangement) {
  case Arrangement::kinds:
    return grouped(names, [](const PaneName& name) { return name.kind; });
  case Arrangement::subjects:
    return grouped(names, [&document](const PaneName& name) {
      const MapRow& row = *findRow(document, name.row);
      return name.kind + '\n' + (row.map ? textOf(row.map->attributes, "subject") : row.title);
    });
  case Arrangement::wrapped:
    return wrapped(names, static_cast<std::size_t>(std::max(1, document.style.columns)));
  case Arrangement::maps:
    break;
  }
  return names;
}

/// The grid's panes, or the one that is shown alone.
PaneNames namesOf(const Document& document) {
  PaneNames names = arranged(document);
  for (const std::vector<PaneName>& row : names) {
    if (std::ranges::find(row, document.enlarged) != row.end()) {
      return {{*document.enlarged}};
    }
  }
  return names;
}

/// Nothing beside the grid, and of a cortex alone.
std::optional<PaneName> paneAt(const Document& document, int row, int column) {
  const PaneNames names = namesOf(document);
  const auto r = static_cast<std::size_t>(row);
  const auto c = static_cast<std::size_t>(column);
  return r < names.size() && c < names[r].size() ? std::optional(names[r][c]) : std::nullopt;
}

/// A pane's own pin before that of all.
std::optional<VertexOf> pinnedIn(const Document& document, const std::optional<PaneName>& pane) {
  std::optional<VertexOf> shared;
  for (const Pin& pin : document.pins) {
    if (pane && pin.pane == pane) {
      return pin.vertex;
    }
    shared = pin.pane ? shared : std::optional(pin.vertex);
  }
  return shared;
}

} // namespace

GridState gridOf(const Document& document) {
  GridState grid;
  grid.style = document.style;
  grid.selection = document.selection;
  for (const std::vector<PaneName>& row : namesOf(document)) {
    std::vector<Pane>& panes = grid.rows.emplace_back();
    for (const PaneName& name : row) {
      panes.push_back(paneOf(document, *findRow(document, name.row), name.kind));
      panes.back().pinned = pinnedIn(document, name);
    }
  }
  if (grid.rows.empty() && !document.cortices.empty()) {
    grid.rows.push_back(panesOfCortex(document.cortices.back(), document));
    for (Pane& pane : grid.rows.back()) {
      pane.pinned = pinnedIn(document, std::nullopt);
    }
  }
  return grid;
}

void toggleEnlarged(Document& document, int row, int column) {
  document.enlarged = document.enlarged ? std::nullopt : paneAt(document, row, column);
}

void pinVertex(Document& document, const Picked& picked) {
  if (document.pinsLinked) {
    document.pins = {{picked.vertex, std::nullopt}};
    return;
  }
  const std::optional<PaneName> pane = paneAt(document, picked.row, picked.column);
  std::erase_if(document.pins, [&pane](const Pin& pin) { return pin.pane == pane; });
  document.pins.push_back({picked.vertex, pane});
}

void linkPins(Document& document, bool linked) {
  document.pinsLinked = linked;
  if (linked && !document.pins.empty()) {
    document.pins = {{document.pins.back().vertex, std::nullopt}};
  }
}

} // namespace cortograph
