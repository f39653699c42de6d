#include "app/cli/bench_frame.h"

#include "base/memory.h"
#include "brain/cortex_source.h"
#include "brain/subdivision.h"
#include "viewer/scene/frame_bench.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <memory>

namespace cortograph {

namespace {

struct Settings {
  int vertices = 327'684;
  std::filesystem::path surfaces;
  std::array<int, 2> size{1200, 800};
  FrameBench bench;
};

/// Returns a cortex that is subdivided until it has the wanted number of vertices.
std::shared_ptr<const Cortex> cortexOf(const Settings& settings) {
  std::shared_ptr<const Cortex> cortex =
      settings.surfaces.empty() ? firstBuiltInCortex() : readCortex(settings.surfaces);
  while (cortex->vertexCount() < static_cast<std::size_t>(settings.vertices)) {
    cortex = std::make_shared<Cortex>(subdivided(*cortex));
  }
  return cortex;
}

void run(const Settings& settings, const Console& console) {
  FrameBench bench = settings.bench;
  bench.cortex = cortexOf(settings);
  bench.width = settings.size[0];
  bench.height = settings.size[1];
  const FrameTimes times = benchFrames(bench, console.control());
  console.print({{"vertices", bench.cortex->vertexCount()},
                 {"panes", bench.panes},
                 {"width", bench.width},
                 {"height", bench.height},
                 {"first_frame_ms", times.first},
                 {"moving_frame_ms", times.moving},
                 {"frame_ms", times.whole},
                 {"smooth_frame_ms", times.fine},
                 {"recolor_ms", times.recolor},
                 {"morph_ms", times.morph},
                 {"peak_mb", peakMegabytes()}});
}

} // namespace

std::function<void()> declareFrameBench(CLI::App& app, const Console& console) {
  auto settings = std::make_shared<Settings>();
  app.add_option("--vertices", settings->vertices, "Least number of vertices of both hemispheres")
      ->check(CLI::Range(1, 2'700'000))
      ->capture_default_str();
  app.add_option("--surfaces", settings->surfaces, "Surfaces to subdivide (default: the demo's)")
      ->option_text("DIR");
  app.add_option("--panes", settings->bench.panes, "Brains side by side")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--size", settings->size, "Size of the picture in pixels")
      ->delimiter('x')
      ->check(CLI::Range(16, 16'384))
      ->option_text("1200x800");
  app.add_option("--frames", settings->bench.frames, "Number of timed frames of each kind")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  return [settings, &console] { run(*settings, console); };
}

} // namespace cortograph
