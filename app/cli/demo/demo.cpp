#include "app/cli/demo/cortex.h"
#include "app/cli/demo/maps.h"
#include "app/cli/demo/networks.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "demo/networks/demo_networks.h"
#include "demo/subject/write.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

void write(const std::filesystem::path& folder,
           const std::string& subject,
           const Console& console) {
  writeDemo(folder, demoPersonNamed(subject).value(), console.control());
  const std::filesystem::path networks = folder / "networks";
  std::filesystem::create_directories(networks);
  nlohmann::ordered_json written = nlohmann::ordered_json::array();
  for (const auto& [spec, title] : demoNetworkList()) {
    const std::filesystem::path file =
        networks / (spec.substr(spec.find(':') + 1) + ".safetensors");
    writeDemoNetwork(spec, file);
    written.push_back(file.string());
  }
  console.print({{"out", folder.string()}, {"networks", written}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto folder = std::make_shared<std::filesystem::path>();
  auto subject = std::make_shared<std::string>("demo");
  app.add_option("--write", *folder, "Folder for surfaces, images, responses, truth and networks")
      ->option_text("DIR");
  app.add_option("--subject", *subject, "Simulated subject to write")
      ->check(CLI::IsMember(demoPersonNames()))
      ->capture_default_str();
  app.require_subcommand(0, 1);
  app.fallthrough();
  const std::vector<std::pair<CLI::App*, std::function<void()>>> others = [&] {
    std::vector<std::pair<CLI::App*, std::function<void()>>> declared;
    const auto add = [&](const char* name, const char* description, auto declareIt) {
      CLI::App* sub = app.add_subcommand(name, description);
      declared.emplace_back(sub, declareIt(*sub, console));
    };
    add("grow-cortex", "Grows the cortex that comes with the program", declareGrowCortex);
    add("train-network", "Trains a demo network on simulated scenes", declareTrainNetwork);
    add("objectives", "Lists the objectives of demo networks", declareObjectives);
    add("probe", "Decodes labels from each layer of a network", declareProbe);
    add("train-maps", "Trains the maps that come with the program", declareTrainMaps);
    return declared;
  }();
  app.final_callback([&app] {
    const bool writes = app.count("--write") > 0;
    if (writes != app.get_subcommands().empty()) {
      throw CLI::ValidationError(
          "demo", "give --write DIR, grow-cortex, train-network, objectives, probe or train-maps");
    }
  });
  return [=, &console] {
    for (const auto& [sub, does] : others) {
      if (sub->parsed()) {
        return does();
      }
    }
    write(*folder, *subject, console);
  };
}

} // namespace

const Verb& demo() {
  static const Verb verb{
      .name = "demo",
      .summary = "writes the built-in simulated subjects as files; grows the cortex, trains and "
                 "probes the networks, and trains the maps that come with the program",
      .declare = declare};
  return verb;
}

} // namespace cortograph::verbs
