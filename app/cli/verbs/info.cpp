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
  std::vector<std::filesystem::path> regions; ///< files
  NetworkSource network;                      ///< properties that a file of weights lacks
  std::string region;                         ///< describe only this region of maps
  std::string vertices;                       ///< describe only these vertices of maps
};

/// Adds a mean, null when no vertex has a number, and the count of vertices when not all have one.
void add(nlohmann::ordered_json& out, const std::string& name, const Mean& mean, std::size_t all) {
  out[name] = mean.count == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(mean.value);
  if (mean.count != 0 && mean.count != all) {
    out[name + "_vertices"] = mean.count;
  }
}

/// Returns the means that the window shows for a selection.
nlohmann::ordered_json describeSelection(const std::string& file, const Settings& settings) {
  const auto map = std::make_shared<const BrainMap>(readMap(file));
  const VertexSelection selection = settings.region.empty() ? parseVertices(*map, settings.vertices)
                                                            : selectRegion(*map, settings.region);
  const SelectionMeans means = meansOf({.map = map, .probe = nullptr}, selection);
  nlohmann::ordered_json out{{"map", map->title()},
                             {"selection", selection.name},
                             {"selected", selection.size()},
                             {"vertices", means.vertices}};
  add(out, "r2", means.r2, means.vertices);
  add(out, "normalised_r2", means.normalizedR2, means.vertices);
  for (const Side side : bothSides) {
    const MeanPlace& place = means.place[static_cast<std::size_t>(side)];
    const std::string hemisphere(toString(side));
    add(out, hemisphere + "_place_right", place.right, place.right.count);
    add(out, hemisphere + "_place_up", place.up, place.up.count);
  }
  add(out, "expected_layer", means.expectedLayer, means.vertices);
  add(out, "local", means.local, means.vertices);
  out["cluster"] =
      means.cluster ? nlohmann::ordered_json(*means.cluster) : nlohmann::ordered_json();
  out["cluster_vertices"] = means.clusterVertices;
  return out;
}

void run(const Settings& settings, const Console& console) {
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  for (const std::string& file : settings.files) {
    const bool whole = settings.region.empty() && settings.vertices.empty();
    all[file] = whole ? describe(file, settings.network, settings.regions, console.control())
                      : describeSelection(file, settings);
  }
  console.print(settings.files.size() == 1 ? all.front() : all);
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("file", settings->files, "Files, folders, demo or demo:NAME")
      ->required()
      ->option_text("FILE…");
  auto* region =
      app.add_option("--region", settings->region, "Print the means of maps over this region")
          ->option_text("V1v");
  app.add_option("--vertices",
                 settings->vertices,
                 "Print the means of maps over these vertices, numbered from 0")
      ->option_text("lh:1,2,3;rh:4")
      ->excludes(region);
  addRegionOption(app, settings->regions);
  addNetworkSettings(app, settings->network);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& info() {
  static const Verb verb{
      .name = "info", .summary = "describes files and folders", .declare = declare};
  return verb;
}

} // namespace cortograph::verbs
