#include "app/session/document.h"

#include "analysis/compare.h"
#include "app/session/grid.h"
#include "base/error.h"
#include "base/plain_text.h"
#include "brain/cortex_source.h"
#include "kinds/titles.h"
#include "subject/find_cortex.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace cortograph {

namespace {

constexpr std::string_view predictionKind = "prediction";
constexpr std::string_view channelKind = "channel";

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
  const std::string own = shownText(row.title, longestTitle);
  std::string title = own;
  if (taken(title) && !row.file.empty()) {
    title = shownText(own + ", " + row.file.stem().string(), longestTitle);
  }
  for (int number = 2; taken(title); ++number) {
    title = own + ", " + std::to_string(number);
  }
  return title;
}

/// Returns the looks that a choice for `id` changes.
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

} // namespace

std::vector<RegionChoice> regionsOf(const Document& document) {
  const std::optional<RegionNames>& wanted = document.style.outlines.regions;
  std::vector<RegionChoice> regions;
  for (const MapRow& row : document.rows) {
    if (!isDrawnMap(row)) {
      continue;
    }
    for (const Region& region : row.map->regions) {
      if (std::ranges::find(regions, region.name, &RegionChoice::name) == regions.end()) {
        const bool outlined = wanted ? std::ranges::find(*wanted, region.name) != wanted->end()
                                     : isOutlinedByDefault(region);
        regions.push_back({.name = region.name, .group = region.group, .outlined = outlined});
      }
    }
  }
  std::vector<std::string> groups;
  for (const RegionChoice& region : regions) {
    if (std::ranges::find(groups, region.group) == groups.end()) {
      groups.push_back(region.group);
    }
  }
  std::ranges::stable_sort(regions, {}, [&groups](const RegionChoice& region) {
    return std::ranges::find(groups, region.group) - groups.begin();
  });
  return regions;
}

void outlineRegions(Document& document, const std::vector<std::string>& names, bool outlined) {
  RegionNames wanted;
  for (const RegionChoice& region : regionsOf(document)) {
    const bool named = std::ranges::find(names, region.name) != names.end();
    if (named ? outlined : region.outlined) {
      wanted.push_back(region.name);
    }
  }
  document.style.outlines.regions.reset();
  const bool isDefault =
      std::ranges::all_of(regionsOf(document), [&wanted](const RegionChoice& region) {
        return region.outlined == (std::ranges::find(wanted, region.name) != wanted.end());
      });
  if (!isDefault) {
    document.style.outlines.regions = std::move(wanted);
  }
}

void selectRegion(Document& document, const std::string& name) {
  const auto row = std::ranges::find_if(document.rows, [&](const MapRow& candidate) {
    return isDrawnMap(candidate) &&
           std::ranges::find(candidate.map->regions, name, &Region::name) !=
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
    const bool waits = !row.cortex && (row.map ? fits(*cortex, row.map->vertices)
                                               : row.data && cortexFor(*row.data, {cortex}));
    if (waits) {
      row.cortex = cortex;
    }
  }
  if (!cortex->folder.empty()) {
    hideBuiltIn(document);
  }
  document.cortices.push_back(std::move(cortex));
}

void replaceCortex(Document& document, const CortexPointer& part, const CortexPointer& whole) {
  std::ranges::replace(document.cortices, part, whole);
  for (MapRow& row : document.rows) {
    if (row.cortex == part) {
      row.cortex = whole;
    }
  }
}

int addMap(Document& document, MapRow row) {
  if (!row.builtIn && row.map && !isBuiltInMesh(row.map->vertices.mesh.name)) {
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
  row.id = row.id == 0 ? document.nextId : row.id;
  document.nextId = std::max(document.nextId, row.id + 1);
  row.title = uniqueTitle(document, row);
  row.look = document.look;
  document.rows.push_back(std::move(row));
  return document.rows.back().id;
}

int addData(Document& document, std::shared_ptr<const VertexData> data, CortexPointer cortex) {
  hideBuiltIn(document);
  const auto same = std::ranges::find_if(document.rows, [&data](const MapRow& open) {
    return open.data != nullptr && open.data->files == data->files;
  });
  if (same != document.rows.end()) {
    same->data = std::move(data);
    same->cortex = std::move(cortex);
    return same->id;
  }
  MapRow row;
  row.id = document.nextId++;
  row.title = data->name;
  row.title = uniqueTitle(document, row);
  row.data = std::move(data);
  row.cortex = std::move(cortex);
  row.look = document.look;
  document.rows.push_back(std::move(row));
  return document.rows.back().id;
}

CortexPointer cortexFor(const VertexData& data, const std::vector<CortexPointer>& cortices) {
  const auto newest =
      std::find_if(cortices.rbegin(), cortices.rend(), [&](const CortexPointer& open) {
        return !open->folder.empty() && fits(*open, data);
      });
  return newest == cortices.rend() ? nullptr : *newest;
}

void removeRow(Document& document, int id) {
  std::erase_if(document.rows, [id](const MapRow& row) { return row.id == id; });
}

void moveRow(Document& document, int id, std::size_t place) {
  const auto row = std::ranges::find(document.rows, id, &MapRow::id);
  if (row == document.rows.end()) {
    return;
  }
  MapRow moved = std::move(*row);
  document.rows.erase(row);
  const std::size_t at = std::min(place, document.rows.size());
  document.rows.insert(document.rows.begin() + static_cast<std::ptrdiff_t>(at), std::move(moved));
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
  const auto placeOf = [](const std::string& typed) {
    const std::string_view name = parseKind(typed).kind->name;
    return std::ranges::find(mapKindTable(), name, [](auto entry) { return entry().name; });
  };
  for (Look* look : looksOf(document, id)) {
    std::erase(look->kinds, kind);
    if (shown) { // in the table's order, not in the order of the clicks
      const auto next = std::ranges::find_if(
          look->kinds, [&](const std::string& other) { return placeOf(kind) < placeOf(other); });
      look->kinds.insert(next, kind);
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
    const bool wanted = isDrawnMap(row) && &row != reference && reference != nullptr &&
                        std::ranges::find(row.look.kinds, channelKind) != row.look.kinds.end();
    if (!wanted || row.clustersOf == reference->map) {
      continue;
    }
    row.clusters = nullptr;
    row.clustersOf = reference->map;
    try {
      row.clusters = std::make_shared<AlignedClusters>(alignClusters(*row.map, *reference->map));
    } catch (const Error&) { // on another mesh, or not clustered: the map keeps its own numbers
    }
  }
}

void setRange(Document& document, const std::string& kind, const RangeChoice& range) {
  requireRange(kind, range);
  if (range == RangeChoice{}) {
    document.style.ranges.erase(kind);
  } else {
    document.style.ranges[kind] = range;
  }
}

std::vector<std::string> rangedKinds(const Document& document) {
  std::vector<std::string> shown;
  for (const MapRow& row : document.rows) {
    if (isDrawn(row)) {
      for (const std::string& typed : columnsOf(row)) {
        shown.emplace_back(parseKind(typed).kind->name);
      }
    }
  }
  std::vector<std::string> kinds;
  for (const MapKindEntry entry : mapKindTable()) {
    if (hasRange(entry()) && std::ranges::find(shown, entry().name) != shown.end()) {
      kinds.emplace_back(entry().name);
    }
  }
  return kinds;
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
  return std::ranges::any_of(panesOf(grid), [](const Pane* pane) {
    return (pane->cortex && pane->cortex->simulated) ||
           (pane->source.map && pane->source.map->simulated());
  });
}

std::vector<int> unsavedRows(const Document& document) {
  std::vector<int> ids;
  for (const MapRow& row : document.rows) {
    if (row.state == RowState::unsaved) {
      ids.push_back(row.id);
    }
  }
  return ids;
}

} // namespace cortograph
