#include "app/cli/verb.h"
#include "brain/region_file.h"
#include "map/brain_map.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::filesystem::path map;
  std::vector<std::filesystem::path> files;
  bool replace = false;
  std::filesystem::path out;
};

void run(const Settings& settings, const Console& console) {
  const std::filesystem::path& out = settings.out.empty() ? settings.map : settings.out;
  BrainMap map = readMap(settings.map);
  Parcellation found = readRegions(settings.files, map.vertices);
  nlohmann::ordered_json added = nlohmann::ordered_json::object();
  for (const Region& region : found) {
    added[region.name] = std::ranges::count(region.member, 1);
  }
  if (settings.replace) {
    map.regions.clear();
  }
  addRegions(map.regions, std::move(found));
  writeMap(out, map);
  console.print({{"out", out.string()}, {"regions", map.regions.size()}, {"added", added}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("map", settings->map, "Map to add regions to")->required()->option_text("M.h5");
  app.add_option("files",
                 settings->files,
                 "Labels (annot, label, GIFTI, CIFTI), masks and published atlases, left and right")
      ->required()
      ->option_text("FILE…");
  app.add_flag("--replace", settings->replace, "Remove the map's own regions");
  app.add_option("--out", settings->out, "Map to write (default: the same file)")
      ->option_text("M.h5");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& regions() {
  static const Verb verb{.name = "regions",
                         .summary = "adds regions of files to a map, which pictures then outline",
                         .declare = declare,
                         .writes = {"map"}};
  return verb;
}

} // namespace cortograph::verbs
