#include "app/cli/picture_options.h"

#include "app/cli/options.h"
#include "app/cli/style_options.h"
#include "app/session/open_figure.h"
#include "app/session/presets.h"
#include "base/error.h"
#include "base/log.h"
#include "engine/engine.h"
#include "subject/find_cortex.h"
#include "viewer/figure/figure_format.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cortograph {

namespace {

constexpr double usualDotsPerInch = 300;

std::shared_ptr<const Probe> probeWith(const PictureOptions& options,
                                       const std::shared_ptr<const BrainMap>& map,
                                       const Console& console) {
  PredictJob job;
  job.map = map;
  job.images = findImages(options.image);
  job.compute = options.compute;
  if (job.images.size() != 1) {
    throw Error(ErrorKind::mismatch,
                "--image needs one image, but " + options.image + " holds " +
                    std::to_string(job.images.size()) + ".");
  }
  return std::make_shared<Probe>(
      Probe{.image = job.images.front().name,
            .response = loadEngine().predict(job, console.control()).values});
}

int addMapOf(const std::filesystem::path& file, const PictureOptions& options, Document& document) {
  MapRow row;
  row.map = std::make_shared<BrainMap>(readMap(file));
  row.title = row.map->title();
  row.file = std::filesystem::absolute(file);
  row.cortex = cortexFor(row.map->vertices, document.cortices);
  if (row.cortex == nullptr) {
    row.cortex =
        findCortex(row.map->vertices, {options.surfaces, textOf(row.map->attributes, "surfaces")});
    document.cortices.push_back(row.cortex);
  }
  return addMap(document, std::move(row));
}

/// Adds the data as rows, which are hidden when there are maps to show the data.
void addDataOf(const PictureOptions& options, Document& document) {
  for (const auto& data : readVertexDataFiles(options.data.files)) {
    CortexPointer cortex = cortexFor(*data, document.cortices);
    if (cortex == nullptr) {
      cortex = cortexOf(*data, options.surfaces);
      document.cortices.push_back(cortex);
    }
    const int id = addData(document, data, cortex);
    findRow(document, id)->shown = options.maps.empty();
  }
}

std::vector<std::string> usualColumns(const PictureOptions& options) {
  if (!options.maps.empty()) {
    return {"layer", "space", "scale", "r2"};
  }
  return {options.data.files.empty() ? "curvature" : "data"};
}

void requireShape(const Cortex& cortex, const ShapeMix& mix) {
  for (const Shape shape : {mix.from, mix.to}) {
    const std::vector<Shape> there = cortex.shapes();
    if (std::ranges::find(there, shape) == there.end()) {
      throw Error(ErrorKind::notFound,
                  "The surfaces of " + cortex.mesh.name + " have no shape \"" +
                      std::string(toString(shape)) +
                      "\" on both sides; choose another with --surface.");
    }
  }
}

/// Throws when a kind needs a map and none is given, or when there are no data of its name.
void requireSource(const std::string& typed, const Document& document) {
  const KindChoice choice = parseKind(typed);
  const bool haveMaps =
      std::ranges::any_of(document.rows, [](const MapRow& row) { return row.map != nullptr; });
  if (!haveMaps && !choice.kind->ofCortex) {
    throw Error(ErrorKind::unsupported,
                "The map kind " + typed +
                    " needs a map; give one with --maps, or show data or curvature.");
  }
  if (choice.data.empty()) {
    return;
  }
  DataSets sets;
  for (const MapRow& row : document.rows) {
    if (row.data != nullptr) {
      sets.push_back(row.data);
    }
  }
  (void)dataNamed(sets, choice.data);
}

/// Replaces the names of regions by those of all regions that they stand for: "V1" is V1v and V1d.
void chooseRegions(Document& document) {
  const std::vector<RegionChoice> there = regionsOf(document);
  RegionNames wanted;
  std::string names;
  for (const RegionChoice& region : there) {
    names += (names.empty() ? "" : ", ") + region.name;
  }
  for (const std::string& name : *document.style.outlines.regions) {
    const std::size_t before = wanted.size();
    for (const RegionChoice& region : there) {
      if (region.name == name || wholeRegion(region.name) == name) {
        wanted.push_back(region.name);
      }
    }
    if (wanted.size() == before) {
      throw Error(ErrorKind::notFound,
                  "The maps have no region \"" + name +
                      "\"; there are: " + (names.empty() ? "none" : names) + ".");
    }
  }
  document.style.outlines.regions = std::move(wanted);
}

/// Pins and selects vertices, as a click and a line around them do in the window.
void mark(const PictureOptions& options, Document& document) {
  const auto row = std::ranges::find_if(
      document.rows, [](const MapRow& candidate) { return candidate.map != nullptr; });
  if (row == document.rows.end()) {
    throw Error(ErrorKind::unsupported,
                "--pin and --select need the vertices of a map; give one with --maps.");
  }
  const bool region = options.select.find(':') == std::string::npos;
  if (!options.select.empty()) {
    document.selection =
        region ? selectRegion(*row->map, options.select) : parseVertices(*row->map, options.select);
  }
  if (!options.pin.empty()) {
    const VertexSelection pinned = parseVertices(*row->map, options.pin);
    const Side side = pinned.ofSide[0].empty() ? Side::right : Side::left;
    if (pinned.size() != 1) {
      throw Error(ErrorKind::format,
                  "--pin needs one vertex such as lh:12, not " + options.pin + ".");
    }
    const std::int32_t vertex = pinned.ofSide[static_cast<std::size_t>(side)].front();
    document.pins = {{.vertex = {.side = side, .vertex = vertex}, .pane = {}}};
  }
}

void choose(const PictureOptions& options, const Console& console, Document& document) {
  const std::vector<std::string> kinds =
      options.show.empty() ? usualColumns(options) : options.show;
  const auto lookOn = [&](const Cortex& cortex) {
    const ShapeMix shape = options.unfolding ? unfolded(cortex, *options.unfolding)
                                             : ShapeMix(shapeNamed(options.surface).value());
    requireShape(cortex, shape);
    return Look{.shape = shape, .kinds = kinds};
  };
  document.look = lookOn(*document.cortices.back());
  for (MapRow& row : document.rows) {
    row.look = lookOn(*row.cortex);
  }
  for (const std::string& typed : kinds) {
    requireSource(typed, document);
  }
  if (!options.against.empty()) {
    document.reference = addMapOf(options.against, options, document);
    findRow(document, *document.reference)->shown = false;
  }
  if (document.style.outlines.regions) {
    chooseRegions(document);
  }
  if (!options.pin.empty() || !options.select.empty()) {
    mark(options, document);
  }
  if (!options.preset.empty()) {
    presetNamed(options.preset).apply(document);
  }
  for (MapRow& row : document.rows) {
    const bool predicted = std::ranges::find(kinds, "prediction") != kinds.end();
    if (predicted && options.image.empty()) {
      throw Error(ErrorKind::unsupported, "A prediction needs an image; give one with --image.");
    }
    if (row.shown && row.map != nullptr && !options.image.empty()) {
      row.probe = probeWith(options, row.map, console);
    }
  }
}

/// Opens the content of a figure, and makes its predictions.
PictureToDraw pictureLike(const PictureOptions& options, const Console& console) {
  PictureToDraw picture;
  const OpenedFigure figure =
      openFigure(options.like, sessionIn(options.like), {}, console.control());
  for (const Error& difference : figure.differences) {
    logWarning(difference.sentence());
  }
  picture.cameras = figure.session.cameras;
  picture.session.apply({.name = "open figure"}, [&](Document& document) {
    restore(document, figure);
    if (document.probe) {
      PictureOptions again = options;
      again.image = document.probe->file.string();
      for (MapRow& row : document.rows) {
        row.probe = row.map == nullptr ? nullptr : probeWith(again, row.map, console);
      }
    }
    matchClusters(document);
  });
  return picture;
}

/// Adds the maps and data with their cortices, and the image.
void open(const PictureOptions& options, Document& document) {
  for (const std::filesystem::path& file : options.maps) {
    (void)addMapOf(file, options, document);
  }
  addDataOf(options, document);
  if (document.rows.empty()) {
    document.cortices.push_back(readCortex(options.surfaces));
  }
  if (!options.image.empty()) {
    document.probe = ProbeImage{.file = std::filesystem::absolute(options.image),
                                .name = options.image,
                                .picture = nullptr};
  }
}

} // namespace

PictureToDraw pictureOf(const PictureOptions& options, const Console& console) {
  if (!options.like.empty()) {
    return pictureLike(options, console);
  }
  PictureToDraw picture;
  picture.session.apply({.name = "style"},
                        [&](Document& document) { document.style = options.style; });
  picture.session.apply({.name = "open"}, [&](Document& document) { open(options, document); });
  picture.session.apply({.name = "show"}, [&](Document& document) {
    choose(options, console, document);
    matchClusters(document);
  });
  for (const std::string& view : options.views) {
    picture.cameras.push_back({.view = viewNamed(view).value(), .shared = {}, .own = {}});
  }
  return picture;
}

PictureSize sizeOf(const PictureOptions& options, const GridState& state) {
  constexpr double paneAspect = 0.6;
  constexpr double centimetersPerInch = 2.54;
  constexpr int paneWidth = 600;
  std::size_t columns = 1;
  for (const auto& row : state.rows) {
    columns = std::max(columns, row.size());
  }
  PictureSize size{.width = paneWidth * static_cast<int>(columns),
                   .height = 0,
                   .dotsPerInch = options.dotsPerInch > 0 ? options.dotsPerInch : usualDotsPerInch};
  const auto pixels = [&](double centimeters) {
    return static_cast<int>(std::lround(centimeters / centimetersPerInch * size.dotsPerInch));
  };
  double wide = 0;
  double high = 0;
  int used = 0;
  const char* text = options.size.c_str();
  const auto whole = static_cast<int>(options.size.size());
  if (std::sscanf(text, "%dx%d%n", &size.width, &size.height, &used) == 2 && used == whole) {
    // In pixels.
  } else if (std::sscanf(text, "%lfx%lfcm%n", &wide, &high, &used) == 2 && used == whole) {
    size.width = pixels(wide);
    size.height = pixels(high);
  } else if (std::sscanf(text, "%lfcm%n", &wide, &used) == 1 && used == whole) {
    size.width = pixels(wide);
    size.height = 0;
  } else if (whole != 0) {
    throw CLI::ValidationError(
        "--size needs pixels such as 2400x1200, a width such as 18cm, or both such as 18x9cm, not "
        "\"" +
        options.size + "\"");
  }
  if (size.height == 0) {
    size.height = static_cast<int>(
        std::lround(paneAspect * size.width * static_cast<double>(state.rows.size()) /
                    static_cast<double>(columns)));
  }
  return size;
}

namespace {

using Choices = std::vector<CLI::Option*>; ///< options that --like replaces

std::string problemOfKind(const std::string& typed) {
  try {
    (void)parseKind(typed);
    return {};
  } catch (const Error& error) {
    return error.sentence();
  }
}

Choices addContent(CLI::App& app, PictureOptions& options) {
  CLI::Option* show = app.add_option("--show", options.show, "Kinds to paint, one column each")
                          ->delimiter(',')
                          ->check(problemOfKind)
                          ->option_text("KIND,KIND:LAYER")
                          ->default_str("layer,space,scale,r2; for data without maps: data");
  CLI::Option* surface = app.add_option("--surface", options.surface, "Shape of the cortex")
                             ->check(CLI::IsMember(namesOf(allShapes)))
                             ->capture_default_str();
  std::vector<std::string> presetNames;
  for (const Preset& preset : presets()) {
    presetNames.emplace_back(preset.name);
  }
  return {
      show,
      surface,
      app.add_option("--maps", options.maps, "Maps, one row each")
          ->delimiter(',')
          ->option_text("A.h5,B.h5"),
      addDataFiles(app, options.data),
      app.add_option(
             "--unfold", options.unfolding, "Shape between 0 folded, 0.5 inflated and 1 flat")
          ->check(CLI::Range(0.0, 1.0))
          ->excludes(surface),
      app.add_option(
             "--layout", options.preset, "Layout as in a figure of the paper, on flat cortices")
          ->check(CLI::IsMember(presetNames))
          ->excludes(show),
      app.add_option("--against", options.against, "Reference map for differences")
          ->option_text("M.h5"),
      app.add_option("--views", options.views, "Directions to look from, one below the other")
          ->delimiter(',')
          ->check(CLI::IsMember(namesOf(allViews)))
          ->capture_default_str(),
      app.add_option(
             "--surfaces", options.surfaces, "Folder of cortical surfaces (default: the map's own)")
          ->option_text("DIR"),
      app.add_option(
          "--image", options.image, "Image to predict the response to, for --show prediction"),
  };
}

Choices addMarks(CLI::App& app, PictureOptions& options) {
  return {
      app.add_option("--pin", options.pin, "Vertex to mark in every pane")->option_text("lh:12"),
      app.add_option("--select", options.select, "Region or vertices to outline as a selection")
          ->option_text("V1v|lh:1,2;rh:3"),
  };
}

Choices addStyle(CLI::App& app, PictureOptions& options) {
  return addStyleOptions(app, options.style);
}

} // namespace

void addPictureOptions(CLI::App& app, PictureOptions& options) {
  CLI::Option* like = app.add_option("--like",
                                     options.like,
                                     "Figure of this program whose content and view to repeat")
                          ->option_text("F.png");
  for (const auto& add : {addContent, addMarks, addStyle}) {
    for (CLI::Option* choice : add(app, options)) {
      like->excludes(choice);
    }
  }
  app.add_option(
         "--size", options.size, "Size of one view: pixels, width in cm, or width x height in cm")
      ->option_text("2400x1200|18cm|18x9cm");
  app.add_option("--dpi", options.dotsPerInch, "Resolution in dots per inch (default 300)")
      ->check(CLI::Range(10.0, 2400.0));
  addComputeOptions(app, options.compute);
  app.final_callback([&options] {
    if (options.maps.empty() && options.data.files.empty() && options.surfaces.empty() &&
        options.like.empty()) {
      throw CLI::RequiredError("--maps, --data, --surfaces or --like");
    }
  });
}

} // namespace cortograph
