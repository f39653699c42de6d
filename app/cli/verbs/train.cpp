#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "brain/region_file.h"
#include "engine/engine.h"
#include "map/scores.h"
#include "subject/standardize.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>

namespace cortograph::verbs {

namespace {

/// The settings that depend on the subject unless they are given.
struct Given {
  std::optional<int> steps;
  std::optional<double> learningRate;
  std::optional<int> bottleneck;
  std::optional<int> regularizationSteps;
  std::optional<Readout> readout;

  /// Returns `settings` with these settings where they are given, else with those of `suited`.
  [[nodiscard]] TrainSettings over(TrainSettings settings, const TrainSettings& suited) const {
    settings.steps = steps.value_or(suited.steps);
    settings.learningRate = learningRate.value_or(suited.learningRate);
    settings.bottleneck = bottleneck.value_or(suited.bottleneck);
    settings.regularizationSteps = regularizationSteps.value_or(suited.regularizationSteps);
    settings.readout = readout.value_or(suited.readout);
    return settings;
  }
};

struct Settings {
  TrainJob job;
  Given given;
  std::string subject;
  std::filesystem::path surfaces;
  std::vector<std::string> regions; ///< to train on
  std::vector<std::filesystem::path> regionFiles;
  std::optional<Standardization> standardization;
  std::filesystem::path snapshots; ///< folder; empty: none
  int snapshotEvery = 20;          ///< steps
};

/// Writes the current map, which can be painted but can't predict, to DIR/step-00020.h5.
void writeSnapshot(const std::filesystem::path& folder, const TrainSnapshot& snapshot) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "step-%05d.h5", snapshot.step);
  writeMap(folder / name.data(), *snapshot.map);
}

/// Returns the means over the vertices that have a score, in total and by region.
nlohmann::ordered_json scores(const BrainMap& map) {
  nlohmann::ordered_json out{{"r2_mean", summarize(map.r2).mean}};
  for (const Region& region : map.regions) {
    out["r2_by_region"][region.name] = summarize(map.r2, region.member).mean;
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
  addRegions(job.subject.regions, readRegions(settings.regionFiles, job.subject.vertices));
  if (!settings.regions.empty()) {
    job.subject = restrictTo(job.subject, settings.regions);
  }
  job.subject = standardized(std::move(job.subject),
                             settings.standardization.value_or(Standardization::none),
                             console.control().cancel);
  job.settings = settings.given.over(job.settings, settingsFor(job.subject.training.images.size()));
  job.command = console.command;
  const auto start = std::chrono::steady_clock::now();
  std::shared_ptr<const TrainSnapshot> latest;
  TrainObserver observer;
  const bool keep = !settings.snapshots.empty();
  observer.onSnapshot = [&](const std::shared_ptr<const TrainSnapshot>& snapshot) {
    latest = snapshot;
    if (keep && snapshot->step % settings.snapshotEvery == 0) {
      writeSnapshot(settings.snapshots, *snapshot);
    }
  };
  observer.snapshotsPerSecond = keep ? 0 : 1;
  if (keep) {
    std::filesystem::create_directories(settings.snapshots);
  }
  const BrainMap map = loadEngine().train(job, console.control(), observer);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  nlohmann::ordered_json result{{"out", job.out.string()},
                                {"vertices", map.size()},
                                {"layers", map.layers()},
                                {"train_images", map.trainImages.size()},
                                {"validation_images", map.validationImages.size()},
                                {"seconds", seconds.count()},
                                {"seconds_per_step", latest->secondsPerStep},
                                {"seconds_waiting_per_step", latest->secondsWaitingPerStep}};
  result.update(scores(map));
  console.print(result);
}

void addTrainOptions(CLI::App& app, TrainSettings& train, Given& given) {
  app.add_option("--steps", given.steps, "Training steps (default: 2000, below 3,000 images 600)")
      ->check(CLI::PositiveNumber);
  app.add_option("--batch", train.batch, "Images per step")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option(
         "--lr", given.learningRate, "Learning rate (default: 0.001, below 3,000 images 0.002)")
      ->check(CLI::PositiveNumber);
  app.add_option("--bottleneck",
                 given.bottleneck,
                 "Channels after alignment (default: 128, below 3,000 images 64)")
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", train.seed, "Random seed of split, first weights and order")
      ->capture_default_str();
  app.add_option("--reg", train.regularization, "Weight of the selectors' regulariser")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--reg-steps",
                 given.regularizationSteps,
                 "Steps over which that weight falls to 0 (default: 2000, below 3,000 images 300)")
      ->check(CLI::PositiveNumber);
  app.add_option("--selectors",
                 train.selectors,
                 "Selectors that are functions of the vertex coordinate, or free for each vertex")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Selectors>{
          {"coordinate", Selectors::coordinate}, {"free", Selectors::free}}))
      ->option_text("coordinate|free");
  app.add_option("--warmup", train.warmupSteps, "Steps over which the learning rate rises from 0")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option(
         "--decay", train.decay, "Curve by which the learning rate falls to 0 at the last step")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Decay>{
          {"none", Decay::none}, {"linear", Decay::linear}, {"cosine", Decay::cosine}}))
      ->option_text("none|linear|cosine");
  app.add_option("--validate-every",
                 train.validateEvery,
                 "Steps between validations and checkpoints (default: an eighth of all, 100..500)")
      ->check(CLI::PositiveNumber);
  app.add_option("--patience",
                 train.patience,
                 "Stop after N validations without a better mean R2, and keep the best map")
      ->option_text("N")
      ->check(CLI::PositiveNumber);
  app.add_flag(
      "--keep-best", train.keepBest, "Keep the map of the best validation instead of the last one");
  app.add_option("--readout",
                 given.readout,
                 "Final readout: as trained, or refitted by ridge regression on the selected "
                 "channels (default: trained, below 3,000 images ridge)")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, Readout>{{"trained", Readout::trained}, {"ridge", Readout::ridge}}))
      ->option_text("trained|ridge");
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  TrainJob& job = settings->job;
  app.add_option("--subject", settings->subject, "Subject folder, or demo")->required();
  app.add_option("--surfaces",
                 settings->surfaces,
                 "Folder of cortical surfaces (default: the subject's own)")
      ->option_text("DIR");
  app.add_option("--vertices", settings->regions, "Regions to train on (default: all vertices)")
      ->option_text("ROI…")
      ->delimiter(',');
  addRegionOption(app, settings->regionFiles);
  addStandardizeOption(app, settings->standardization);
  addNetworkOptions(app, job.network);
  app.add_option(
         "--tokens", job.tokens, "File with the training images' tokens, instead of --network")
      ->option_text("F.h5");
  app.add_option("--out", job.out, "Map file to write")->required()->option_text("M.h5");
  app.add_option("--snapshots",
                 settings->snapshots,
                 "Folder for maps during the training, for cortograph movie")
      ->option_text("DIR");
  app.add_option("--snapshot-every", settings->snapshotEvery, "Steps between snapshots")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_flag("--resume", job.resume, "Continue from M.checkpoint.h5 if it exists");
  app.add_flag("--stream",
               job.streamTokens,
               "Read or compute tokens when they are needed, instead of holding all in memory");
  addTokenOptions(app, job.tokenSettings);
  addTrainOptions(app, job.settings, settings->given);
  addComputeOptions(app, job.compute);
  return [settings, &console] { run(*settings, console); };
}

} // namespace

const Verb& train() {
  static const Verb verb{.name = "train",
                         .summary = "trains an encoder on a subject and writes its map",
                         .declare = declare,
                         .writes = {"map"}};
  return verb;
}

} // namespace cortograph::verbs
