#include "app/cli/demo/maps.h"

#include "base/error.h"
#include "demo/maps/demo_maps.h"
#include "demo/networks/demo_networks.h"
#include "demo/subject/demo_subject.h"
#include "engine/engine.h"
#include "map/compact.h"
#include "map/scores.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph {

namespace {

struct Settings {
  std::filesystem::path out;
  std::vector<std::string> subjects{"demo", "demo:2"};
  std::vector<std::string> networks;
};

/// Returns the command that makes only this map.
std::string commandOf(const std::string& subject, const std::string& network) {
  return "cortograph demo train-maps --subjects " + subject + " --networks " + network +
         " --out resources/demo/maps";
}

BrainMap trained(const Subject& subject,
                 const std::string& subjectName,
                 const std::string& network,
                 const Console& console) {
  TrainJob job;
  job.subject = subject;
  job.network.spec = network;
  job.settings = settingsFor(subject.training.images.size());
  job.settings.bottleneck = 32; // readouts are most of a map's bytes
  job.command = commandOf(subjectName, network);
  const auto map =
      std::make_shared<BrainMap>(loadEngine().train(job, console.control(), TrainObserver{}));
  ClusterJob clusters;
  clusters.map = map;
  clusters.command = job.command;
  map->clusters = loadEngine().cluster(clusters, console.control());
  return opensFirst(subjectName, network) ? rounded(*map) : pictureOf(*map);
}

void run(const Settings& settings, const Console& console) {
  std::vector<std::string> networks = settings.networks;
  if (networks.empty()) {
    for (const auto& [spec, description] : demoNetworkList()) {
      networks.push_back(spec);
    }
  }
  nlohmann::ordered_json made = nlohmann::ordered_json::array();
  for (const std::string& name : settings.subjects) {
    const Subject subject = openSubject(name);
    for (const std::string& network : networks) {
      const std::filesystem::path file = settings.out / demoMapPath(name, network);
      std::filesystem::create_directories(file.parent_path());
      const BrainMap map = trained(subject, name, network, console);
      writeMap(file, map);
      made.push_back({{"out", file.string()},
                      {"r2_mean", summarize(map.r2).mean},
                      {"bytes", std::filesystem::file_size(file)}});
    }
  }
  console.print({{"maps", made}});
}

} // namespace

std::function<void()> declareTrainMaps(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("--out", settings->out, "Folder to write, with a subfolder per subject")
      ->required()
      ->option_text("DIR");
  app.add_option("--subjects", settings->subjects, "Simulated subjects")
      ->delimiter(',')
      ->check(CLI::IsMember(demoPersonNames()))
      ->capture_default_str();
  app.add_option("--networks", settings->networks, "Demo networks (default: all)")->delimiter(',');
  return [settings, &console] { run(*settings, console); };
}

} // namespace cortograph
