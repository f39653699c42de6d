#include "viewer/scene/frame_bench.h"

#include "base/quantile.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/scene.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace cortograph {

namespace {

using Clock = std::chrono::steady_clock;

/// Makes a map of waves over the cortex; another `phase` makes another map.
std::shared_ptr<const BrainMap> wavesOn(const Cortex& cortex, float phase) {
  auto map = std::make_shared<BrainMap>();
  map->vertices.mesh = cortex.mesh;
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const std::size_t count = cortex.hemisphere(side).vertexCount();
    if (count == 0) {
      continue;
    }
    const Shape shape = cortex.shapes().front();
    const auto& points = cortex.hemisphere(side).shapes.at(shape).verticesRas;
    for (std::size_t i = 0; i < count; ++i) {
      const Point& p = points[i];
      map->vertices.ofSide[s].push_back(static_cast<std::int32_t>(i));
      map->scale.values.push_back(0.5F + 0.5F * std::sin(p[0] / 9 + phase));
      map->space.values.push_back(std::sin(p[1] / 12 + phase));
      map->space.values.push_back(std::cos(p[2] / 12 + phase));
      map->r2.push_back(0.5F + 0.5F * std::sin(p[2] / 15 + phase));
    }
  }
  const std::size_t n = map->vertices.size();
  map->scale.shape = {n};
  map->space.shape = {n, 2};
  return map;
}

GridState
gridOf(const FrameBench& bench, const std::shared_ptr<const BrainMap>& map, ShapeMix mix) {
  constexpr std::array<const char*, 3> kinds{"space", "scale", "r2"};
  const int columns = static_cast<int>(std::ceil(std::sqrt(bench.panes * 1.2)));
  GridState state;
  for (int i = 0; i < bench.panes; ++i) {
    if (i % columns == 0) {
      state.rows.emplace_back();
    }
    state.rows.back().push_back({.title = "Pane " + std::to_string(i + 1),
                                 .cortex = bench.cortex,
                                 .source = {map, nullptr},
                                 .kind = kinds[static_cast<std::size_t>(i) % kinds.size()],
                                 .shape = mix});
  }
  return state;
}

} // namespace

FrameTimes benchFrames(const FrameBench& bench, const Control& control) {
  const vtkSmartPointer<vtkRenderWindow> window = makeOffscreenWindow();
  window->SetSize(bench.width, bench.height);
  Scene scene(*window);
  const auto timed = [&](const auto& work, Quality quality) {
    const auto start = Clock::now();
    work();
    scene.render(quality);
    window->WaitForCompletion();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  };
  const auto medianOf = [&](const std::function<void(int)>& work, Quality quality) {
    std::vector<double> times;
    for (int frame = -1; frame < bench.frames; ++frame) { // the first is not counted
      control.cancel.throwIfCanceled();
      const double time = timed([&] { work(frame); }, quality);
      if (frame >= 0) {
        times.push_back(time);
      }
    }
    return median(std::move(times));
  };
  const std::array maps{wavesOn(*bench.cortex, 0), wavesOn(*bench.cortex, 1)};
  const auto turn = [&scene](int) { scene.turn(4, 1); };
  FrameTimes times;
  times.first =
      timed([&] { scene.setState(gridOf(bench, maps[0], Shape::inflated)); }, Quality::fine);
  times.moving = medianOf(turn, Quality::moving);
  times.whole = medianOf(turn, Quality::whole);
  times.fine = medianOf(turn, Quality::fine);
  const auto recolor = [&](int frame) {
    scene.setState(gridOf(bench, maps[static_cast<std::size_t>(frame + 1) % 2], Shape::inflated));
  };
  times.recolor = std::max(0.0, medianOf(recolor, Quality::moving) - times.moving);
  const auto unfold = [&](int frame) {
    const double place = 0.5 + 0.45 * (frame + 2) / (bench.frames + 1);
    scene.setState(gridOf(bench, maps[0], unfolded(*bench.cortex, place)));
  };
  times.morph = medianOf(unfold, Quality::moving);
  return times;
}

} // namespace cortograph
