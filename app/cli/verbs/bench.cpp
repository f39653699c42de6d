#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "engine/engine.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace cortograph::verbs {

namespace {

struct Settings {
  StepBench step;
  TokenBench tokens;
  int clusterVertices = 37984;
  int clusterChannels = 128;
  ClusterSettings clusters;
  ComputeSettings compute;
};

void addSize(CLI::App& app, const char* name, int& value, const char* what) {
  app.add_option(name, value, what)->check(CLI::PositiveNumber)->capture_default_str();
}

void declareStep(CLI::App& app, Settings& settings) {
  addSize(app, "--vertices", settings.step.vertices, "Vertices of both hemispheres");
  addSize(app, "--layers", settings.step.layers, "Blocks of the network");
  addSize(app, "--channels", settings.step.channels, "Width of a block");
  addSize(app, "--bottleneck", settings.step.bottleneck, "Channels after alignment");
  addSize(app, "--batch", settings.step.batch, "Images a step");
  addSize(app, "--steps", settings.step.steps, "Steps that are timed");
  app.add_flag("--baseline",
               settings.step.baseline,
               "Also time the step spelled out with stock operations, and compare its numbers");
  addComputeOptions(app, settings.compute);
}

void declareCluster(CLI::App& app, Settings& settings) {
  addSize(app, "--vertices", settings.clusterVertices, "Vertices of both hemispheres");
  addSize(app, "--bottleneck", settings.clusterChannels, "Channels after alignment");
  addClusterOptions(app, settings.clusters);
  addComputeOptions(app, settings.compute);
}

void declareTokens(CLI::App& app, Settings& settings) {
  addNetworkOptions(app, settings.tokens.network);
  app.get_option("--network")
      ->description("Weights file or demo:NAME (default: a ViT-B/16 of random weights)");
  addSize(app, "--images", settings.tokens.images, "Random images that are timed");
  addSize(app, "--batch", settings.tokens.tokens.batch, "Images at a time");
  addTokenOptions(app, settings.tokens.tokens);
  addHalfOption(app, settings.tokens.tokens);
  addComputeOptions(app, settings.compute);
}

std::function<void()> declare(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.require_subcommand(1);
  app.fallthrough();
  const CLI::App* step = app.add_subcommand("step", "One training step, tokens in memory");
  declareStep(*app.get_subcommand("step"), *settings);
  const CLI::App* tokens = app.add_subcommand("tokens", "A network's tokens of random images");
  declareTokens(*app.get_subcommand("tokens"), *settings);
  declareCluster(*app.add_subcommand("cluster", "Channel clusters of random weights"), *settings);
  return [settings, step, tokens, &console] {
    const Engine& engine = loadEngine();
    const Settings& chosen = *settings;
    const Control control = console.control();
    if (step->parsed()) {
      console.print(engine.benchStep(chosen.step, chosen.compute, control));
    } else if (tokens->parsed()) {
      console.print(engine.benchTokens(chosen.tokens, chosen.compute, control));
    } else {
      console.print(engine.benchClusters(chosen.clusterVertices,
                                         chosen.clusterChannels,
                                         chosen.clusters,
                                         chosen.compute,
                                         control));
    }
  };
}

} // namespace

const Verb& bench() {
  static const Verb verb{"bench", "times the parts and prints what they cost", declare};
  return verb;
}

} // namespace cortograph::verbs
