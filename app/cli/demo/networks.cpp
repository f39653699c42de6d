#include "app/cli/demo/networks.h"

#include "app/cli/options.h"
#include "demo/training/demo_training.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph {

namespace {

using Json = nlohmann::ordered_json;

void addCount(CLI::App& app, const char* name, int& value, const char* what) {
  app.add_option(name, value, what)->check(CLI::PositiveNumber)->option_text("N");
}

void train(DemoNetworkJob job, const Console& console) {
  job.command = console.command;
  const DemoNetworkReport report = demoTraining().trainNetwork(job, console.control());
  console.endProgress();
  console.print({{"out", job.out.string()},
                 {"network", report.network},
                 {"steps", report.steps},
                 {"seconds_per_step", report.secondsPerStep},
                 {"loss_first", report.firstLoss},
                 {"loss_last", report.lastLoss},
                 {"held_out_measure", report.measure},
                 {"held_out_value", report.heldOut},
                 {"bytes", std::filesystem::file_size(job.out)},
                 {"hash", report.hash}});
}

void probe(const ProbeJob& job, const Console& console) {
  const ProbeResult result = demoTraining().probe(job, console.control());
  console.endProgress();
  Json layers = Json::array();
  for (std::size_t i = 0; i < result.kinds.size(); ++i) {
    layers.push_back({{"layer", i},
                      {"kinds_average_precision", result.kinds[i]},
                      {"setting_accuracy", result.setting[i]},
                      {"colour_r2", result.color[i]},
                      {"contrast_r2", result.contrast[i]}});
  }
  console.print({{"network", result.network},
                 {"scenes", job.scenes},
                 {"test_scenes", job.testScenes},
                 {"kinds_by_chance", result.kindsByChance},
                 {"setting_by_chance", result.settingByChance},
                 {"layers", layers}});
}

} // namespace

std::function<void()> declareTrainNetwork(CLI::App& app, const Console& console) {
  auto job = std::make_shared<DemoNetworkJob>();
  auto* what = app.add_option_group("what", "What is trained");
  auto* objective = what->add_option("--objective",
                                     job->objective,
                                     "Objective of a new network, see cortograph demo objectives")
                        ->option_text("NAME");
  auto* from = what->add_option("--from", job->from, "Network whose weights are all fine-tuned")
                   ->option_text("W|demo:NAME");
  what->require_option(1);
  auto* on = app.add_option("--on", job->on, "Special scenes to fine-tune on, with --from")
                 ->check(CLI::IsMember({"textures", "aerial"}))
                 ->needs(from);
  from->needs(on);
  app.add_flag("--large", job->large, "10 blocks of 72 channels instead of 8 of 64")
      ->needs(objective);
  addCount(app, "--steps", job->steps, "Training steps (default: the objective's own)");
  addCount(app, "--batch", job->batch, "Scenes per step (default: the objective's own)");
  addCount(app, "--scenes", job->scenes, "Scenes to train on (default: the objective's own)");
  addCount(app,
           "--held-out",
           job->heldOutScenes,
           "Held-out scenes to measure on (default 2000; with --from 600)");
  app.add_option("--lr", job->learningRate, "Learning rate (default: the objective's own)")
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", job->seed, "Random seed of weights, order and scenes")
      ->capture_default_str();
  app.add_option("--out", job->out, "File to write")->required()->option_text("F.safetensors");
  addThreadsOption(app, job->compute);
  return [job, &console] { train(*job, console); };
}

std::function<void()> declareObjectives(CLI::App& /*app*/, const Console& console) {
  return [&console] {
    Json rows = Json::object();
    for (const auto& [name, description] : demoTraining().objectives()) {
      rows[name] = description;
    }
    console.print(rows);
  };
}

std::function<void()> declareProbe(CLI::App& app, const Console& console) {
  auto job = std::make_shared<ProbeJob>();
  addNetworkOptions(app, job->network);
  app.get_option("--network")->required();
  addCount(app, "--scenes", job->scenes, "Scenes to fit on (default 2000)");
  addCount(app, "--test-scenes", job->testScenes, "Scenes to measure on (default 1000)");
  app.add_option("--seed", job->seed, "Random seed of the scenes")->capture_default_str();
  addThreadsOption(app, job->compute);
  return [job, &console] { probe(*job, console); };
}

} // namespace cortograph
