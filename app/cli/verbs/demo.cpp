#include "app/cli/demo_networks.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "engine/engine.h"
#include "subject/demo/write.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

void write(const std::filesystem::path& folder, const Console& console) {
  writeDemo(folder, console.control());
  const std::filesystem::path networks = folder / "networks";
  std::filesystem::create_directories(networks);
  nlohmann::ordered_json written = nlohmann::ordered_json::array();
  for (const auto& [spec, title] : loadEngine().demoNetworks()) {
    const std::filesystem::path file =
        networks / (spec.substr(spec.find(':') + 1) + ".safetensors");
    loadEngine().writeDemoNetwork(spec, file);
    written.push_back(file.string());
  }
  console.print({{"out", folder.string()}, {"networks", written}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto folder = std::make_shared<std::filesystem::path>();
  app.add_option(
         "--write", *folder, "Folder to write: surfaces, images, responses, truth, networks")
      ->option_text("DIR");
  app.require_subcommand(0, 1);
  app.fallthrough();
  CLI::App* training =
      app.add_subcommand("train-network", "Trains a demo network on simulated scenes");
  CLI::App* probing = app.add_subcommand("probe", "Reads labels off each layer of a network");
  const std::function<void()> train = declareTrainNetwork(*training, console);
  const std::function<void()> probe = declareProbe(*probing, console);
  app.final_callback([&app] {
    const bool writes = app.count("--write") > 0;
    if (writes != app.get_subcommands().empty()) {
      throw CLI::ValidationError("demo", "give --write DIR, train-network or probe");
    }
  });
  return [=, &console] {
    if (training->parsed()) {
      train();
    } else if (probing->parsed()) {
      probe();
    } else {
      write(*folder, console);
    }
  };
}

} // namespace

const Verb& demo() {
  static const Verb verb{
      "demo",
      "writes the built-in simulated subject as files; trains and probes its networks",
      declare};
  return verb;
}

} // namespace cortograph::verbs
