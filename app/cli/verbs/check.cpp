#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "engine/engine.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  std::string fixture;
  ComputeSettings compute;
  double tolerance = 1e-4;
};

void run(const Settings& settings, const Console& console) {
  const nlohmann::ordered_json report = loadEngine().check(settings.fixture, settings.compute);
  console.print(report);
  if (const double error = report.at("max_relative_error"); !(error <= settings.tolerance)) {
    throw Error(ErrorKind::mismatch,
                "The largest relative error is " + nlohmann::json(error).dump() + ", but " +
                    nlohmann::json(settings.tolerance).dump() +
                    " is allowed; see the stages above.");
  }
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("--fixture", settings->fixture, "Folder of golden numbers")
      ->required()
      ->option_text("DIR");
  app.add_option("--tolerance", settings->tolerance, "Largest relative error that is allowed")
      ->capture_default_str();
  addComputeOptions(app, settings->compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& check() {
  static const Verb verb{.name = "check",
                         .summary = "compares every stage of the encoder with golden numbers",
                         .declare = declare};
  return verb;
}

} // namespace cortograph::verbs
