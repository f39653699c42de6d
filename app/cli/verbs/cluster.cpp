#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "engine/engine.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::filesystem::path map;
  std::filesystem::path out;
  ClusterJob job;
};

void run(Settings& settings, const Console& console) {
  const std::filesystem::path& out = settings.out.empty() ? settings.map : settings.out;
  const auto map = std::make_shared<BrainMap>(readMap(settings.map));
  settings.job.map = map;
  settings.job.command = console.command;
  const auto start = std::chrono::steady_clock::now();
  map->clusters = loadEngine().cluster(settings.job, console.control());
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  writeMap(out, *map);
  std::vector<std::int64_t> sizes(static_cast<std::size_t>(map->clusters.count));
  std::int64_t none = 0;
  for (const std::int32_t label : map->clusters.label) {
    ++(label < 0 ? none : sizes[static_cast<std::size_t>(label)]);
  }
  console.print({{"out", out.string()},
                 {"vertices", map->size()},
                 {"clusters", map->clusters.count},
                 {"sizes", sizes},
                 {"in_none", none},
                 {"seconds", seconds.count()}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("map", settings->map, "Map to cluster")->required()->option_text("M.h5");
  addClusterOptions(app, settings->job.settings);
  app.add_option("--out", settings->out, "Map to write (default: the same file)")
      ->option_text("M.h5");
  addThreadsOption(app, settings->job.compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& cluster() {
  static const Verb verb{.name = "cluster",
                         .summary = "clusters a map's vertices by the channels that they read out",
                         .declare = declare,
                         .writes = {"map"}};
  return verb;
}

} // namespace cortograph::verbs
