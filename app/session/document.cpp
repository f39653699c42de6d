#include "app/session/document.h"

#include "base/error.h"
#include "map/compare.h"
#include "subject/demo/cortex/cortex.h"
#include "subject/find_cortex.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <set>
#include <string_view>
#include <utility>

namespace cortograph {

namespace {

constexpr std::string_view predictionKind = "prediction";
constexpr std::string_view channelKind = "channel";

bool canShow(const MapKind& kind, const MapSource& source) {
  try {
    return !kind.values(source).first.empty();
  } catch (const Error&) {
    return false;
  }
}

/// The mix, or another shape where the cortex lacks one of its own.
ShapeMix shapeFor(const Cortex& cortex, const ShapeMix& wanted) {
  const std::vector<Shape> there = cortex.shapes();
  const auto has = [&there](Shape shape) { return std::ranges::find(there, shape) != there.end(); };
  return there.empty() || (has(wanted.from) && has(wanted.to)) ? wanted : ShapeMix(there.front());
}

bool isDrawn(const MapRow& row) {
  return row.shown && row.cortex != nullptr && row.map != nullptr;
}

/// The row that the others are compared with.
const MapRow* referenceOf(const Document& document) {
  if (document.reference) {
    return findRow(document, *document.reference);
  }
  const auto first = std::ranges::find_if(document.rows, isDrawn);
  return first == document.rows.end() ? nullptr : &*first;
}

MapSource sourceOf(const Document& document, const MapRow& row) {
  MapSource source{row.map, row.probe};
  source.layer = document.layer;
  const MapRow* reference = referenceOf(document);
  if (reference != nullptr && reference != &row) {
    source.other = reference->map;
  }
  std::vector<std::shared_ptr<const BrainMap>> maps;
  for (const MapRow& open : document.rows) {
    if (isDrawn(open)) {
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
  return training && !canShow(kind, source) ? "not measured yet" : "";
}

Pane paneOf(const Document& document, const MapRow& row, const std::string& kindName) {
  const MapKind& kind = mapKindNamed(kindName);
  const MapSource source = sourceOf(document, row);
  Pane pane;
  pane.cortex = row.cortex;
  pane.kind = kindName;
  pane.shape = shapeFor(*row.cortex, row.look.shape);
  pane.title = row.title + " – " +
               (kind.ofLayer ? "layer " + std::to_string(source.layer) : std::string(kind.title));
  if (kind.name == channelKind && source.clusters != nullptr) {
    std::array<char, 64> agreement{};
    std::snprintf(agreement.data(), agreement.size(), " (agreement %.2f)", row.clusters->agreement);
    pane.title += agreement.data();
  }
  const std::string reason = whyNotYet(row, kind, source);
  if (reason.empty()) {
    pane.source = source;
  } else {
    pane.title += " (" + reason + ")";
  }
  return pane;
}

/// Columns are in the order of the table, however they were switched on.
std::vector<std::string> inTableOrder(const std::vector<std::string>& kinds) {
  std::vector<std::string> ordered;
  for (const MapKindEntry entry : mapKindTable()) {
    if (std::ranges::find(kinds, entry().name) != kinds.end()) {
      ordered.emplace_back(entry().name);
    }
  }
  return ordered;
}

void hideBuiltIn(Document& document) {
  for (MapRow& row : document.rows) {
    if (row.builtIn) {
      row.shown = false;
    }
  }
}

std::string uniqueTitle(const Document& document, const MapRow& row) {
  const auto taken = [&](const std::string& title) {
    return std::ranges::find(document.rows, title, &MapRow::title) != document.rows.end();
  };
  std::string title = row.title;
  if (taken(title) && !row.file.empty()) {
    title = row.title + ", " + row.file.stem().string();
  }
  for (int number = 2; taken(title); ++number) {
    title = row.title + ", " + std::to_string(number);
  }
  return title;
}

/// The looks that a choice for `id` changes.
std::vector<Look*> looksOf(Document& document, std::optional<int> id) {
  std::vector<Look*> looks;
  if (!id) {
    looks.push_back(&document.look);
  }
  for (MapRow& row : document.rows) {
    if (!id || row.id == *id) {
      looks.push_back(&row.look);
    }
  }
  return looks;
}

/// The grid's panes, or the one that is shown alone.
std::vector<std::vector<PaneName>> namesOf(const Document& document) {
  std::vector<std::vector<PaneName>> names;
  for (const MapRow& row : document.rows) {
    std::vector<PaneName> columns;
    for (const std::string& kind : inTableOrder(row.look.kinds)) {
      columns.push_back({row.id, kind});
    }
    if (isDrawn(row) && std::ranges::find(columns, document.enlarged) != columns.end()) {
      return {{*document.enlarged}};
    }
    if (isDrawn(row) && !columns.empty()) {
      names.push_back(std::move(columns));
    }
  }
  return names;
}

} // namespace

GridState gridOf(const Document& document) {
  GridState grid;
  grid.colors = document.colors;
  grid.outlines = document.outlines;
  grid.pinned = document.pinned;
  grid.selection = document.selection;
  grid.threshold = document.threshold;
  for (const std::vector<PaneName>& row : namesOf(document)) {
    std::vector<Pane>& panes = grid.rows.emplace_back();
    for (const PaneName& name : row) {
      panes.push_back(paneOf(document, *findRow(document, name.row), name.kind));
    }
  }
  if (grid.rows.empty() && !document.cortices.empty()) {
    const CortexPointer& cortex = document.cortices.back();
    Pane pane;
    pane.cortex = cortex;
    pane.title = cortex->name;
    pane.shape = shapeFor(*cortex, document.look.shape);
    grid.rows.push_back({std::move(pane)});
  }
  return grid;
}

std::vector<std::string> regionNames(const Document& document) {
  std::set<std::string> names;
  for (const MapRow& row : document.rows) {
    if (isDrawn(row)) {
      for (const Region& region : row.map->regions) {
        names.insert(region.name);
      }
    }
  }
  return {names.begin(), names.end()};
}

void selectRegion(Document& document, const std::string& name) {
  const auto row = std::ranges::find_if(document.rows, [&](const MapRow& candidate) {
    return isDrawn(candidate) && std::ranges::find(candidate.map->regions, name, &Region::name) !=
                                     candidate.map->regions.end();
  });
  if (row != document.rows.end()) {
    document.selection = selectRegion(*row->map, name);
  }
}

CortexPointer cortexFor(const VertexSet& vertices, const std::vector<CortexPointer>& cortices) {
  const auto newest =
      std::find_if(cortices.rbegin(), cortices.rend(), [&](const CortexPointer& open) {
        return fits(*open, vertices);
      });
  return newest == cortices.rend() ? nullptr : *newest;
}

void addCortex(Document& document, CortexPointer cortex) {
  std::erase_if(document.cortices,
                [&](const CortexPointer& open) { return open->folder == cortex->folder; });
  for (MapRow& row : document.rows) {
    if (!row.cortex && row.map && fits(*cortex, row.map->vertices)) {
      row.cortex = cortex;
    }
  }
  if (!cortex->folder.empty()) {
    hideBuiltIn(document);
  }
  document.cortices.push_back(std::move(cortex));
}

int addMap(Document& document, MapRow row) {
  if (!row.builtIn && row.map && row.map->vertices.mesh != demoMesh) {
    hideBuiltIn(document);
  }
  const auto same = std::ranges::find_if(document.rows, [&](const MapRow& open) {
    return !row.file.empty() && open.file == row.file;
  });
  if (same != document.rows.end()) {
    row.id = same->id;
    row.title = same->title;
    row.look = same->look;
    *same = std::move(row);
    return same->id;
  }
  row.id = document.nextId++;
  row.title = uniqueTitle(document, row);
  row.look = document.look;
  document.rows.push_back(std::move(row));
  return document.rows.back().id;
}

void removeRow(Document& document, int id) {
  std::erase_if(document.rows, [id](const MapRow& row) { return row.id == id; });
}

MapRow* findRow(Document& document, int id) {
  const auto found = std::ranges::find(document.rows, id, &MapRow::id);
  return found == document.rows.end() ? nullptr : &*found;
}

const MapRow* findRow(const Document& document, int id) {
  const auto found = std::ranges::find(document.rows, id, &MapRow::id);
  return found == document.rows.end() ? nullptr : &*found;
}

void setShape(Document& document, std::optional<int> id, const ShapeMix& shape) {
  for (Look* look : looksOf(document, id)) {
    look->shape = shape;
  }
}

void setUnfolding(Document& document, std::optional<int> id, double place) {
  if (!id && !document.cortices.empty()) {
    document.look.shape = unfolded(*document.cortices.back(), place);
  }
  for (MapRow& row : document.rows) {
    if (row.cortex != nullptr && (!id || row.id == *id)) {
      row.look.shape = unfolded(*row.cortex, place);
    }
  }
}

double unfoldingOf(const Document& document, std::optional<int> id) {
  const auto row = std::ranges::find_if(document.rows, [id](const MapRow& candidate) {
    return candidate.cortex != nullptr && (id ? candidate.id == *id : candidate.shown);
  });
  if (row != document.rows.end()) {
    return unfoldingOf(*row->cortex, row->look.shape);
  }
  return document.cortices.empty() ? 0
                                   : unfoldingOf(*document.cortices.back(), document.look.shape);
}

void setKindShown(Document& document, std::optional<int> id, const std::string& kind, bool shown) {
  for (Look* look : looksOf(document, id)) {
    std::erase(look->kinds, kind);
    if (shown) {
      look->kinds.push_back(kind);
    }
  }
}

const Look& lookOf(const Document& document, std::optional<int> id) {
  const MapRow* row = id ? findRow(document, *id) : nullptr;
  return row == nullptr ? document.look : row->look;
}

std::vector<Shape> shapesOf(const Document& document, std::optional<int> id) {
  std::vector<const Cortex*> cortices;
  for (const MapRow& row : document.rows) {
    if (row.cortex && (id ? row.id == *id : row.shown)) {
      cortices.push_back(row.cortex.get());
    }
  }
  if (cortices.empty() && !document.cortices.empty()) {
    cortices.push_back(document.cortices.back().get());
  }
  std::vector<Shape> shapes;
  for (const Shape shape : allShapes) {
    const bool everywhere = std::ranges::all_of(cortices, [shape](const Cortex* cortex) {
      const std::vector<Shape> there = cortex->shapes();
      return std::ranges::find(there, shape) != there.end();
    });
    if (everywhere && !cortices.empty()) {
      shapes.push_back(shape);
    }
  }
  return shapes;
}

void matchClusters(Document& document) {
  const MapRow* reference = referenceOf(document);
  for (MapRow& row : document.rows) {
    const bool wanted = isDrawn(row) && &row != reference && reference != nullptr &&
                        std::ranges::find(row.look.kinds, channelKind) != row.look.kinds.end();
    if (!wanted || row.clustersOf == reference->map) {
      continue;
    }
    row.clusters = nullptr;
    row.clustersOf = reference->map;
    try {
      row.clusters = std::make_shared<AlignedClusters>(alignClusters(*row.map, *reference->map));
    } catch (const Error&) { // of another mesh, or not clustered: they keep their own numbers
    }
  }
}

void toggleEnlarged(Document& document, int row, int column) {
  if (document.enlarged) {
    document.enlarged.reset();
    return;
  }
  const std::vector<std::vector<PaneName>> names = namesOf(document);
  const auto r = static_cast<std::size_t>(row);
  const auto c = static_cast<std::size_t>(column);
  if (r < names.size() && c < names[r].size()) {
    document.enlarged = names[r][c];
  }
}

void setProbe(Document& document, ProbeImage image) {
  for (MapRow& row : document.rows) {
    row.probe.reset();
  }
  document.probe = std::move(image);
  setKindShown(document, {}, std::string(predictionKind), true);
}

void clearProbe(Document& document) {
  for (MapRow& row : document.rows) {
    row.probe.reset();
  }
  document.probe.reset();
  setKindShown(document, {}, std::string(predictionKind), false);
}

bool showsSimulated(const Document& document) {
  const GridState grid = gridOf(document);
  return std::ranges::any_of(grid.rows, [](const std::vector<Pane>& row) {
    return std::ranges::any_of(row, [](const Pane& pane) {
      return (pane.cortex && pane.cortex->simulated) ||
             (pane.source.map && pane.source.map->simulated());
    });
  });
}

bool hasUnsaved(const Document& document) {
  return std::ranges::any_of(document.rows,
                             [](const MapRow& row) { return row.state == RowState::unsaved; });
}

} // namespace cortograph
