#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "engine/engine.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  ImportJob job;
  std::string subject;
  std::filesystem::path surfaces;
};

void run(Settings& settings, const Console& console) {
  ImportJob& job = settings.job;
  job.subject = openSubject(settings.subject, settings.surfaces);
  job.command = console.command;
  const BrainMap map = loadEngine().importStateDict(job, console.control());
  console.print({{"out", job.out.string()},
                 {"vertices", map.size()},
                 {"layers", map.layers()},
                 {"bottleneck", map.readoutWeight.rowSize()},
                 {"network", map.title()}});
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  ImportJob& job = settings->job;
  app.add_option("--state-dict",
                 job.stateDict,
                 "State dict of an encoder of the public FactorTopy implementation")
      ->required()
      ->option_text("F.safetensors|.pth");
  app.add_option(
         "--subject", settings->subject, "Subject that it was trained on: a folder, or demo")
      ->required();
  app.add_option("--surfaces",
                 settings->surfaces,
                 "Folder of cortical surfaces (default: the subject's own)")
      ->option_text("DIR");
  app.add_option("--out", job.out, "Map file to write")->required()->option_text("M.h5");
  addNetworkOptions(app, job.network);
  app.get_option("--network")
      ->description(
          "Network that it was trained with; without it, the map can be painted but can't predict");
  addTokenOptions(app, job.tokens);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& importing() {
  static const Verb verb{.name = "import",
                         .summary = "makes a map of a FactorTopy state dict",
                         .declare = declare,
                         .writes = {"map"}};
  return verb;
}

} // namespace cortograph::verbs
