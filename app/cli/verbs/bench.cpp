#include "app/cli/options.h"
#include "app/cli/verb.h"
#include "engine/engine.h"
#if CORTOGRAPH_HAS_GUI
#include "app/cli/bench_frame.h"
#endif

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace cortograph::verbs {

namespace {

using Work = std::function<void()>;

void addSize(CLI::App& app, const char* name, int& value, const char* what) {
  app.add_option(name, value, what)->check(CLI::PositiveNumber)->capture_default_str();
}

Work declareStep(CLI::App& app, const Console& console) {
  struct Settings {
    StepBench step;
    ComputeSettings compute;
  };
  auto settings = std::make_shared<Settings>();
  StepBench& step = settings->step;
  addSize(app, "--vertices", step.vertices, "Vertices of both hemispheres");
  addSize(app, "--layers", step.layers, "Number of blocks of the network");
  addSize(app, "--channels", step.channels, "Width of a block");
  addSize(app, "--bottleneck", step.bottleneck, "Channels after alignment");
  addSize(app, "--batch", step.batch, "Images per step");
  addSize(app, "--steps", step.steps, "Number of timed steps");
  app.add_flag(
      "--baseline",
      step.baseline,
      "Also time the step written with LibTorch's own operations, and compare the results");
  addComputeOptions(app, settings->compute);
  return [settings, &console] {
    console.print(loadEngine().benchStep(settings->step, settings->compute, console.control()));
  };
}

Work declareCluster(CLI::App& app, const Console& console) {
  struct Settings {
    int vertices = 37984;
    int channels = 128;
    ClusterSettings clusters;
    ComputeSettings compute;
  };
  auto settings = std::make_shared<Settings>();
  addSize(app, "--vertices", settings->vertices, "Vertices of both hemispheres");
  addSize(app, "--bottleneck", settings->channels, "Channels after alignment");
  addClusterOptions(app, settings->clusters);
  addComputeOptions(app, settings->compute);
  return [settings, &console] {
    console.print(loadEngine().benchClusters(settings->vertices,
                                             settings->channels,
                                             settings->clusters,
                                             settings->compute,
                                             console.control()));
  };
}

Work declareTokens(CLI::App& app, const Console& console) {
  struct Settings {
    TokenBench tokens;
    ComputeSettings compute;
  };
  auto settings = std::make_shared<Settings>();
  TokenBench& tokens = settings->tokens;
  addNetworkOptions(app, tokens.network);
  app.get_option("--network")
      ->description("File of weights, or demo:NAME (default: a ViT-B/16 with random weights)");
  addSize(app, "--images", tokens.images, "Number of random images that are timed");
  addSize(app, "--batch", tokens.tokens.batch, "Images per batch");
  addTokenOptions(app, tokens.tokens);
  addHalfOption(app, tokens.tokens);
  addComputeOptions(app, settings->compute);
  return [settings, &console] {
    console.print(loadEngine().benchTokens(settings->tokens, settings->compute, console.control()));
  };
}

Work declare(CLI::App& app, const Console& console) {
  app.require_subcommand(1);
  app.fallthrough();
  std::vector<std::pair<const CLI::App*, Work>> parts;
  const auto add = [&](const char* name, const char* description, auto declarePart) {
    CLI::App* part = app.add_subcommand(name, description);
    parts.emplace_back(part, declarePart(*part, console));
  };
  add("step", "Times training steps with tokens in memory", declareStep);
  add("tokens", "Times the extraction of tokens from random images", declareTokens);
  add("cluster", "Times the channel clusters of random weights", declareCluster);
#if CORTOGRAPH_HAS_GUI
  add("frame", "Times the drawing of maps on two hemispheres", declareFrameBench);
#endif
  return [parts = std::move(parts)] {
    for (const auto& [part, work] : parts) {
      if (part->parsed()) {
        work();
      }
    }
  };
}

} // namespace

const Verb& bench() {
  static const Verb verb{.name = "bench",
                         .summary = "measures the time and memory that parts of the program take",
                         .declare = declare};
  return verb;
}

} // namespace cortograph::verbs
