#include "app/cli/describe.h"
#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "kinds/selection_means.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::vector<std::string> files;
  NetworkSource network; ///< what a weights file can't tell
  std::string region;    ///< of maps: what they say of these vertices instead
  std::string vertices;
};

/// Null where no vertex has a number; how many have it, where that is not all.
void add(nlohmann::ordered_json& said, const std::string& name, const Mean& mean, std::size_t all) {
  said[name] = mean.count == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(mean.value);
  if (mean.count != 0 && mean.count != all) {
    said[name + "_vertices"] = mean.count;
  }
}

/// The same means as the window's of a selection.
nlohmann::ordered_json describeSelection(const std::string& file, const Settings& settings) {
  const auto map = std::make_shared<const BrainMap>(readMap(file));
  const VertexSelection selection = settings.region.empty() ? parseVertices(*map, settings.vertices)
                                                            : selectRegion(*map, settings.region);
  const SelectionMeans means = meansOf({map, nullptr}, selection);
  nlohmann::ordered_json said{{"map", map->title()},
                              {"selection", selection.name},
                              {"selected", selection.size()},
                              {"vertices", means.vertices}};
  add(said, "r2", means.r2, means.vertices);
  add(said, "normalised_r2", means.normalizedR2, means.vertices);
  for (const Side side : bothSides) {
    const MeanPlace& place = means.place[static_cast<std::size_t>(side)];
    const std::string hemisphere(toString(side));
    add(said, hemisphere + "_place_right", place.right, place.right.count);
    add(said, hemisphere + "_place_up", place.up, place.up.count);
  }
  add(said, "expected_layer", means.expectedLayer, means.vertices);
  add(said, "local", means.local, means.vertices);
  said["cluster"] =
      means.cluster ? nlohmann::ordered_json(*means.cluster) : nlohmann::ordered_json();
  said["cluster_vertices"] = means.clusterVertices;
  return said;
}

void run(const Settings& settings, const Console& console) {
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  for (const std::string& file : settings.files) {
    const bool whole = settings.region.empty() && settings.vertices.empty();
    all[file] = whole ? describe(file, settings.network) : describeSelection(file, settings);
  }
  console.print(settings.files.size() == 1 ? all.front() : all);
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("file", settings->files, "Files, folders, demo or demo:NAME")
      ->required()
      ->option_text("FILE…");
  auto* region =
      app.add_option("--region", settings->region, "Of maps: means over this region's vertices")
          ->option_text("V1v");
  app.add_option("--vertices", settings->vertices, "Instead: over these, numbered from 0")
      ->option_text("lh:1,2,3;rh:4")
      ->excludes(region);
  addNetworkSettings(app, settings->network);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& info() {
  static const Verb verb{"info", "says what a file is", declare};
  return verb;
}

} // namespace cortograph::verbs
