#include "app/session/open_figure.h"

#include "base/hash.h"
#include "map/shipped_maps.h"
#include "subject/find_cortex.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> placesOf(const fs::path& file, const fs::path& figure) {
  std::vector<fs::path> places{file, figure.parent_path() / file.filename()};
  try {
    for (const ShippedMap& map : shippedMaps()) {
      if (map.file.filename() == file.filename()) {
        places.push_back(map.file);
      }
    }
  } catch (const Error&) { // not installed: one place less
  }
  return places;
}

/// Returns the path of the recorded file; else that of the first file of its name, and then adds a
/// difference.
fs::path locate(const fs::path& file, OpenedFigure& figure) {
  const auto recorded = figure.session.hashes.find(file);
  std::optional<fs::path> namesake;
  for (const fs::path& place : placesOf(file, figure.file)) {
    if (!fs::is_regular_file(place)) {
      continue;
    }
    if (recorded == figure.session.hashes.end() || contentHash(place) == recorded->second) {
      return place;
    }
    namesake = namesake.value_or(place);
  }
  if (!namesake) {
    throw Error(ErrorKind::notFound,
                "There is no file " + file.string() + ", from which " + figure.file.string() +
                    " was made, and none of its name beside the figure. Put it there and open the "
                    "figure again.");
  }
  figure.differences.emplace_back(ErrorKind::mismatch,
                                  namesake->string() + " has changed since " +
                                      figure.file.string() +
                                      " was made from it; the picture may differ.");
  return *namesake;
}

void openData(MapRow& row, const std::vector<CortexPointer>& known, OpenedFigure& figure) {
  std::vector<fs::path> files;
  for (const fs::path& file : row.data->files) {
    if (!file.empty()) {
      files.push_back(locate(file, figure));
    }
  }
  row.data = readVertexDataFiles(files).front();
  row.cortex = cortexFor(*row.data, known);
  const fs::path& surfaces = figure.session.surfacesOf[row.id];
  if (row.cortex == nullptr) {
    row.cortex = surfaces.empty() ? cortexBeside(*row.data) : readCortex(surfaces);
  }
  if (row.cortex == nullptr) {
    throw Error(ErrorKind::notFound,
                "No surfaces of the data " + row.data->name + " are open; open their folder.");
  }
}

void openRow(MapRow& row, const std::vector<CortexPointer>& known, OpenedFigure& figure) {
  if (row.data != nullptr) {
    openData(row, known, figure);
    return;
  }
  if (row.file.empty()) {
    throw Error(ErrorKind::notFound,
                "The map \"" + row.title + "\" had not been saved when " + figure.file.string() +
                    " was made from it.");
  }
  row.file = locate(row.file, figure);
  row.map = std::make_shared<const BrainMap>(readMap(row.file));
  row.cortex = cortexFor(row.map->vertices, known);
  if (row.cortex == nullptr) {
    row.cortex =
        findCortex(row.map->vertices,
                   {figure.session.surfacesOf[row.id], textOf(row.map->attributes, "surfaces")});
  }
}

} // namespace

OpenedFigure openFigure(const fs::path& file,
                        const std::string& view,
                        const std::vector<CortexPointer>& known,
                        const Control& control) {
  if (view.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " is not a figure of this program, or another program saved it and "
                                "removed its metadata; choose the file that Cortograph wrote.");
  }
  OpenedFigure figure{.file = file, .session = parseSavedView(view), .differences = {}};
  std::vector<CortexPointer> cortices = known;
  std::vector<MapRow>& rows = figure.session.document.rows;
  std::erase_if(rows, [&](MapRow& row) {
    control.cancel.throwIfCanceled();
    try {
      openRow(row, cortices, figure);
      cortices.push_back(row.cortex);
      return false;
    } catch (const Error& error) {
      figure.differences.push_back(error);
      return true;
    }
  });
  if (rows.empty()) {
    throw figure.differences.empty() ? Error(ErrorKind::notFound, file.string() + " shows no map.")
                                     : figure.differences.front();
  }
  if (std::optional<ProbeImage>& probe = figure.session.document.probe) {
    try {
      probe->file = locate(probe->file, figure);
      probe->picture = std::make_shared<const Picture>(readPicture(probe->file));
    } catch (const Error& error) {
      figure.differences.push_back(error);
      probe.reset();
    }
  }
  return figure;
}

void restore(Document& document, const OpenedFigure& figure) {
  for (MapRow& row : document.rows) {
    row.shown = false;
  }
  const Document& saved = figure.session.document;
  document.reference.reset();
  std::map<int, int> newIds;
  for (const MapRow& row : saved.rows) {
    if (std::ranges::find(document.cortices, row.cortex) == document.cortices.end()) {
      document.cortices.push_back(row.cortex);
    }
    MapRow opened = row;
    opened.id = 0; // gets a new one
    const int id =
        row.data ? addData(document, row.data, row.cortex) : addMap(document, std::move(opened));
    newIds[row.id] = id;
    MapRow& added = *findRow(document, id);
    added.shown = row.shown;
    added.look = row.look;
    if (row.shown) {
      document.look = row.look;
    }
    if (saved.reference == row.id) {
      document.reference = id;
    }
  }
  const auto here = [&newIds](std::optional<PaneName> pane) {
    if (pane) {
      pane->row = newIds[pane->row];
    }
    return pane;
  };
  document.enlarged = here(saved.enlarged);
  document.selection = saved.selection;
  document.pins.clear();
  for (const Pin& pin : saved.pins) {
    document.pins.push_back({.vertex = pin.vertex, .pane = here(pin.pane)});
  }
  document.probe = saved.probe;
  document.style = saved.style;
  document.pinsLinked = saved.pinsLinked;
  if (!figure.session.cameras.empty()) {
    document.camera = figure.session.cameras.front();
  }
}

} // namespace cortograph
