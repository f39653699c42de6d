#include "app/cli/describe.h"
#include "app/cli/verb.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

void run(const std::vector<std::string>& files, const Console& console) {
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  for (const std::string& file : files) {
    all[file] = describe(file);
  }
  console.print(files.size() == 1 ? all.front() : all);
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto files = std::make_shared<std::vector<std::string>>();
  app.add_option("file", *files, "Files, folders, demo or demo:NAME")
      ->required()
      ->option_text("FILE…");
  return [files, &console] { run(*files, console); };
}

} // namespace

const Verb& info() {
  static const Verb verb{"info", "says what a file is", declare};
  return verb;
}

} // namespace cortograph::verbs
