#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "engine/engine.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <map>
#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  TrainJob job;
  std::string subject;
  std::filesystem::path surfaces;
  std::vector<std::string> regions;
};

/// Means over the vertices that have a score, and by region.
nlohmann::ordered_json scores(const BrainMap& map) {
  const auto mean = [&map](const std::vector<std::uint8_t>* member) -> nlohmann::ordered_json {
    double sum = 0;
    int count = 0;
    for (std::size_t n = 0; n < map.r2.size(); ++n) {
      if ((member == nullptr || (*member)[n] != 0) && !std::isnan(map.r2[n])) {
        sum += map.r2[n];
        ++count;
      }
    }
    return count == 0 ? nlohmann::ordered_json() : nlohmann::ordered_json(sum / count);
  };
  nlohmann::ordered_json out{{"r2_mean", mean(nullptr)}};
  for (const Region& region : map.regions) {
    out["r2_by_region"][region.name] = mean(&region.member);
  }
  return out;
}

void run(Settings& settings, const Console& console) {
  TrainJob& job = settings.job;
  if (job.network.spec.empty() == job.tokens.empty()) {
    throw Error(ErrorKind::mismatch,
                "Give either --network or --tokens, so that there is one source of tokens.");
  }
  job.subject = openSubject(settings.subject, settings.surfaces);
  if (!settings.regions.empty()) {
    job.subject = restrictTo(job.subject, settings.regions);
  }
  job.command = console.command;
  const auto start = std::chrono::steady_clock::now();
  const BrainMap map = loadEngine().train(job, console.control(), {});
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  nlohmann::ordered_json result{{"out", job.out.string()},
                                {"vertices", map.size()},
                                {"layers", map.layers()},
                                {"train_images", map.trainImages.size()},
                                {"validation_images", map.validationImages.size()},
                                {"seconds", seconds.count()}};
  result.update(scores(map));
  console.print(result);
}

void addTrainOptions(CLI::App& app, TrainSettings& train) {
  app.add_option("--steps", train.steps, "Training steps")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--batch", train.batch, "Images a step")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--lr", train.learningRate, "Learning rate")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--bottleneck", train.bottleneck, "Channels after alignment")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--seed", train.seed, "Of split, start and order")->capture_default_str();
  app.add_option("--reg", train.regularisation, "Weight of the selectors' regulariser")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--reg-steps", train.regularisationSteps, "Steps over which it falls to 0")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--selectors",
                 train.selectors,
                 "Functions of the vertex coordinate, or free for each vertex")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Selectors>{
          {"coordinate", Selectors::coordinate}, {"free", Selectors::free}}))
      ->option_text("coordinate|free");
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  TrainJob& job = settings->job;
  app.add_option("--subject", settings->subject, "Subject folder, or demo")->required();
  app.add_option("--surfaces",
                 settings->surfaces,
                 "Folder of cortical surfaces (default: the subject's own)")
      ->option_text("DIR");
  app.add_option("--vertices", settings->regions, "Only these regions")
      ->option_text("ROI…")
      ->delimiter(',');
  addNetworkOptions(app, job.network);
  app.add_option("--tokens", job.tokens, "Tokens file of the training images instead of --network")
      ->option_text("F.h5");
  app.add_option("--out", job.out, "Map file to write")->required()->option_text("M.h5");
  addTokenOptions(app, job.tokenSettings);
  addTrainOptions(app, job.settings);
  addComputeOptions(app, job.compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& train() {
  static const Verb verb{"train", "trains an encoder on a subject and writes its map", declare};
  return verb;
}

} // namespace cortograph::verbs
