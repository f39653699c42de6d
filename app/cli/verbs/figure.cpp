#include "app/cli/data_options.h"
#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "base/picture.h"
#include "engine/engine.h"
#include "map/cluster_match.h"
#include "map/compare.h"
#include "map/titles.h"
#include "subject/find_cortex.h"
#include "viewer/scene/scene.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::vector<std::filesystem::path> maps;
  std::vector<std::string> show;
  std::vector<std::string> views{
      "posterior"}; ///< where the visual cortex is seen, as in the window
  std::string surface = "inflated";
  std::optional<double> unfolding;
  std::filesystem::path against;
  DataOptions data;
  bool safeColors = false;
  Vision vision = Vision::full;
  Outlines outlines;
  std::string threshold;
  double dim = 0;
  bool transparent = false;
  std::string background;
  std::filesystem::path surfaces;
  std::string image;
  ComputeSettings compute;
  std::string size;
  double dotsPerInch = 0;
  std::filesystem::path out;
};

std::vector<std::string> usualColumns(const Settings& settings) {
  if (!settings.maps.empty()) {
    return {"layer", "space", "scale", "r2"};
  }
  return {settings.data.files.empty() ? "curvature" : "data"};
}

struct Size {
  int width = 0;
  int height = 0;
};

constexpr int mostPixels = 16'384;

/// "2400x1200" pixels, or "18cm" wide at the resolution with a height that suits the grid.
Size sizeInPixels(const Settings& settings, std::size_t rows, std::size_t columns) {
  constexpr double paneAspect = 0.6;
  constexpr double centimetresPerInch = 2.54;
  constexpr int defaultPaneWidth = 600;
  Size size{defaultPaneWidth * static_cast<int>(columns), 0};
  double centimetres = 0;
  int used = 0;
  const char* text = settings.size.c_str();
  const auto whole = static_cast<int>(settings.size.size());
  if (std::sscanf(text, "%dx%d%n", &size.width, &size.height, &used) == 2 && used == whole) {
    // In pixels.
  } else if (std::sscanf(text, "%lfcm%n", &centimetres, &used) == 1 && used == whole) {
    const double resolution = settings.dotsPerInch > 0 ? settings.dotsPerInch : 300;
    size = {static_cast<int>(std::lround(centimetres / centimetresPerInch * resolution)), 0};
  } else if (whole != 0) {
    throw CLI::ValidationError(
        "--size wants pixels such as 2400x1200 or a width such as 18cm, not \"" + settings.size +
        "\"");
  }
  if (size.height == 0) {
    size.height = static_cast<int>(std::lround(paneAspect * size.width * static_cast<double>(rows) /
                                               static_cast<double>(columns)));
  }
  if (size.width < 16 || size.height < 16 || size.width > mostPixels || size.height > mostPixels) {
    throw Error(ErrorKind::unsupported,
                "A picture of " + std::to_string(size.width) + "x" + std::to_string(size.height) +
                    " pixels can't be drawn; choose 16 to " + std::to_string(mostPixels) +
                    " a side.");
  }
  return size;
}

std::shared_ptr<const Probe> probeWith(const std::string& image,
                                       const std::shared_ptr<const BrainMap>& map,
                                       const Settings& settings,
                                       const Console& console) {
  if (image.empty()) {
    return nullptr;
  }
  PredictJob job;
  job.map = map;
  job.images = findImages(image);
  job.compute = settings.compute;
  if (job.images.size() != 1) {
    throw Error(ErrorKind::mismatch,
                "--image wants one image, " + image + " holds " +
                    std::to_string(job.images.size()) + ".");
  }
  return std::make_shared<Probe>(
      Probe{job.images.front().name, loadEngine().predict(job, console.control()).values});
}

/// One column a kind, as it was typed.
std::vector<Pane> rowOf(const std::string& title,
                        const MapSource& source,
                        const std::shared_ptr<const Cortex>& cortex,
                        const DataSets& data,
                        const Settings& settings) {
  const ShapeMix shape = settings.unfolding ? unfolded(*cortex, *settings.unfolding)
                                            : ShapeMix(shapeNamed(settings.surface).value());
  std::vector<Pane> row;
  for (const std::string& typed : settings.show) {
    const KindChoice choice = parseKind(typed);
    if (source.map == nullptr && !choice.kind->ofCortex) {
      throw Error(ErrorKind::unsupported,
                  "The map kind " + typed +
                      " needs a map; give one by --maps, or show data or curvature.");
    }
    Pane pane{"", cortex, source, std::string(choice.kind->name), shape};
    pane.source.layer = choice.layer;
    if (choice.kind->ofData && (source.data == nullptr || !choice.data.empty())) {
      pane.source.data = dataNamed(data, choice.data);
    }
    pane.title = paneTitle(title, *choice.kind, pane.source);
    row.push_back(std::move(pane));
  }
  return row;
}

/// The map's channel clusters under the labels of the first; null where they can't be matched.
std::shared_ptr<const ChannelClusters> clustersLike(const BrainMap& first, const BrainMap& map) {
  try {
    return &first == &map ? nullptr
                          : std::make_shared<ChannelClusters>(alignClusters(map, first).clusters);
  } catch (const Error&) {
    return nullptr;
  }
}

/// "#rrggbb"
Rgb colorNamed(const std::string& text) {
  unsigned int rgb = 0;
  int used = 0;
  if (text.size() != 7 || std::sscanf(text.c_str(), "#%6x%n", &rgb, &used) != 1 || used != 7) {
    throw CLI::ValidationError("--background wants a colour such as #ffffff, not \"" + text + "\"");
  }
  return {static_cast<float>(rgb >> 16U & 255U) / 255.0F,
          static_cast<float>(rgb >> 8U & 255U) / 255.0F,
          static_cast<float>(rgb & 255U) / 255.0F};
}

/// Rows without a map: one a set of data, or the bare cortex alone.
std::vector<std::vector<Pane>> rowsOfData(const DataSets& data, const Settings& settings) {
  std::vector<std::vector<Pane>> rows;
  for (const auto& set : data) {
    MapSource source;
    source.data = set;
    rows.push_back(rowOf(set->name, source, cortexOf(*set, settings.surfaces), data, settings));
  }
  if (rows.empty()) {
    const auto cortex = readCortex(settings.surfaces);
    rows.push_back(rowOf(cortex->name, {}, cortex, data, settings));
  }
  return rows;
}

/// One row a map. Maps of the same network on the same vertices are runs of one another.
GridState gridOf(const Settings& settings, const Console& console) {
  std::vector<std::shared_ptr<const BrainMap>> maps;
  for (const std::filesystem::path& file : settings.maps) {
    maps.push_back(std::make_shared<BrainMap>(readMap(file)));
  }
  const auto other = settings.against.empty()
                         ? nullptr
                         : std::make_shared<const BrainMap>(readMap(settings.against));
  GridState state;
  state.colors = {settings.safeColors, settings.vision};
  state.outlines = settings.outlines;
  state.transparent = settings.transparent;
  state.ranges = settings.data.ranges;
  const DataSets data = readCortexData(settings.data.files);
  if (maps.empty()) {
    state.rows = rowsOfData(data, settings);
  }
  if (!settings.threshold.empty()) {
    state.threshold = parseThreshold(settings.threshold);
    state.threshold->strength = settings.dim;
  }
  if (!settings.background.empty()) {
    state.background = colorNamed(settings.background);
  }
  for (const auto& map : maps) {
    MapSource source{map, probeWith(settings.image, map, settings, console)};
    source.other = other;
    source.runs = furtherRuns(*map, maps);
    source.clusters = clustersLike(*maps.front(), *map);
    const auto cortex =
        findCortex(map->vertices, {settings.surfaces, textOf(map->attributes, "surfaces")});
    state.rows.push_back(rowOf(map->title(), source, cortex, data, settings));
  }
  return state;
}

/// The views below one another.
Picture stack(const std::vector<Picture>& pictures) {
  Picture whole;
  whole.width = pictures.front().width;
  for (const Picture& picture : pictures) {
    whole.height += picture.height;
    whole.rgba.insert(whole.rgba.end(), picture.rgba.begin(), picture.rgba.end());
  }
  return whole;
}

void run(const Settings& settings, const Console& console) {
  if (settings.out.extension() != ".png") {
    throw Error(ErrorKind::unsupported,
                "Figures are written as PNG; " + settings.out.string() + " does not end in .png.");
  }
  const GridState state = gridOf(settings, console);
  const Size size = sizeInPixels(settings, state.rows.size(), state.rows.front().size());
  std::vector<Picture> pictures;
  for (const std::string& view : settings.views) {
    console.control().cancel.throwIfCancelled();
    pictures.push_back(drawFigure(state, viewNamed(view).value(), size.width, size.height));
  }
  const Picture picture = stack(pictures);
  writePng(settings.out,
           picture,
           {{"Software", "Cortograph"}, {"Comment", console.command}},
           settings.dotsPerInch);
  console.print(
      {{"out", settings.out.string()}, {"width", picture.width}, {"height", picture.height}});
}

template <class Values> std::vector<std::string> namesOf(const Values& values) {
  std::vector<std::string> names;
  names.reserve(values.size());
  for (const auto value : values) {
    names.emplace_back(toString(value));
  }
  return names;
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("--maps", settings->maps, "Maps, one row each")
      ->delimiter(',')
      ->option_text("A.h5,B.h5");
  addDataOptions(app, settings->data);
  app.add_option("--show", settings->show, "What to paint, one column each")
      ->delimiter(',')
      ->check([](const std::string& typed) {
        try {
          (void)parseKind(typed);
          return std::string();
        } catch (const Error& error) {
          return error.sentence();
        }
      })
      ->option_text("KIND,KIND:LAYER")
      ->default_str("layer,space,scale,r2; of data alone: data");
  auto* surface = app.add_option("--surface", settings->surface, "Shape of the cortex")
                      ->check(CLI::IsMember(namesOf(allShapes)))
                      ->capture_default_str();
  app.add_option("--unfold", settings->unfolding, "Instead: 0 folded, 0.5 inflated, 1 flat")
      ->check(CLI::Range(0.0, 1.0))
      ->excludes(surface);
  app.add_option("--against", settings->against, "Map that differences are taken from")
      ->option_text("M.h5");
  app.add_flag("--safe-colors", settings->safeColors, "Colours that the colour-blind tell apart");
  app.add_option_function<std::string>(
         "--vision",
         [settings](const std::string& name) { settings->vision = visionNamed(name).value(); },
         "Colours as they are seen without one kind of cones")
      ->check(CLI::IsMember(namesOf(everyVision)));
  app.add_option("--views", settings->views, "Directions to look from, below one another")
      ->delimiter(',')
      ->check(CLI::IsMember(namesOf(allViews)))
      ->capture_default_str();
  app.add_option("--threshold",
                 settings->threshold,
                 "Paint only vertices of at least this value, or above this percentile")
      ->option_text("r2:0.1|r2:20%");
  app.add_option("--dim", settings->dim, "Paint the others faintly: 0 not at all .. 1 fully")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.add_option("--background", settings->background, "Colour behind the brains (default #808080)")
      ->option_text("#rrggbb");
  app.add_flag("--transparent", settings->transparent, "Nothing behind the brains");
  app.add_option("--regions",
                 settings->outlines.regions,
                 "Regions to outline (default: all but those of the group streams)")
      ->delimiter(',')
      ->option_text("V1v,FFA-1");
  app.add_flag("!--no-outlines", settings->outlines.shown, "No outlines of regions");
  app.add_flag("!--no-labels", settings->outlines.labels, "No names of regions");
  app.add_option("--outline-width", settings->outlines.width, "In heights of the text")
      ->check(CLI::Range(0.01, 2.0))
      ->capture_default_str();
  app.add_option(
         "--surfaces", settings->surfaces, "Folder of cortical surfaces (default: the map's own)")
      ->option_text("DIR");
  app.add_option(
      "--image", settings->image, "Image to predict the response to, for --show prediction");
  app.add_option("--size", settings->size, "Of one view: pixels, or width in cm")
      ->option_text("2400x1200|18cm");
  app.add_option("--dpi", settings->dotsPerInch, "Resolution")->check(CLI::Range(10.0, 2400.0));
  app.add_option("--out", settings->out, "PNG to write")->required()->option_text("F.png");
  addComputeOptions(app, settings->compute);
  app.final_callback([settings] {
    if (settings->maps.empty() && settings->data.files.empty() && settings->surfaces.empty()) {
      throw CLI::RequiredError("--maps, --data or --surfaces");
    }
    if (settings->show.empty()) {
      settings->show = usualColumns(*settings);
    }
  });
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& figure() {
  static const Verb verb{"figure", "draws maps side by side into a PNG", declare};
  return verb;
}

} // namespace cortograph::verbs
