#include "app/cli/verb.h"
#include "engine/engine.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::filesystem::path map;
  std::filesystem::path out;
};

void run(const Settings& settings, const Console& console) {
  const BrainMap map = readMap(settings.map);
  loadEngine().exportStateDict(map, settings.out);
  console.print({{"out", settings.out.string()},
                 {"vertices", map.size()},
                 {"bytes", std::filesystem::file_size(settings.out)}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("map", settings->map, "Map of the encoder")->required()->option_text("M.h5");
  app.add_option("--out",
                 settings->out,
                 "File for the encoder's parameters, with the public implementation's names")
      ->required()
      ->option_text("F.safetensors");
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& exporting() {
  static const Verb verb{.name = "export",
                         .summary = "writes a map's encoder for other programs",
                         .declare = declare,
                         .writes = {"safetensors"}};
  return verb;
}

} // namespace cortograph::verbs
