#include "app/cli/describe.h"
#include "app/cli/options.h"
#include "app/cli/verb.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::vector<std::string> files;
  NetworkSource network; ///< what a weights file can't tell
};

void run(const Settings& settings, const Console& console) {
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  for (const std::string& file : settings.files) {
    all[file] = describe(file, settings.network);
  }
  console.print(settings.files.size() == 1 ? all.front() : all);
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("file", settings->files, "Files, folders, demo or demo:NAME")
      ->required()
      ->option_text("FILE…");
  addNetworkSettings(app, settings->network);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& info() {
  static const Verb verb{"info", "says what a file is", declare};
  return verb;
}

} // namespace cortograph::verbs
