#include "app/cli/verb.h"
#include "base/error.h"
#include "engine/engine.h"
#include "subject/demo/write.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

void run(const std::filesystem::path& folder, const std::string& subject, const Console& console) {
  const DemoPerson person = demoPersonNamed(subject).value();
  writeDemo(folder, person, console.control());
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
  auto subject = std::make_shared<std::string>("demo");
  app.add_option(
         "--write", *folder, "Folder to write: surfaces, images, responses, truth, networks")
      ->required()
      ->option_text("DIR");
  app.add_option("--subject", *subject, "Which of the simulated subjects")
      ->check(CLI::IsMember(demoPersonNames()))
      ->capture_default_str();
  return [folder, subject, &console] { run(*folder, *subject, console); };
}

} // namespace

const Verb& demo() {
  static const Verb verb{"demo", "writes the built-in simulated subject as files", declare};
  return verb;
}

} // namespace cortograph::verbs
