#include "base/error.h"
#include "viewer/scene/labels.h"
#include "viewer/scene/paint.h"
#include "viewer/scene/scene_impl.h"
#include "viewer/scene/vector_registers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

namespace {

constexpr double fitMargin = 1.03; ///< factor that leaves room around the brain
constexpr double smallestText = 9; ///< logical pixels
constexpr double largestText = 16;
constexpr int smoothEdges = 8;                  ///< samples per pixel
constexpr std::size_t movingTriangles = 50'000; ///< per pane; 20 ms in software OpenGL

constexpr double badgeLineWidth = 1;

double lineWidthFor(double em) {
  return std::max(1.0, std::round(em / 16));
}

/// Returns the style of outlines on brains with this height in ems.
Stroke strokeOf(const Outlines& outlines, double em, double height) {
  constexpr double edge = 0.3; // share of the line's width
  // Lines have a minimum width, because thinner ones would break into dots, but small brains have
  // thinner lines.
  const double thinnestLine = std::min(1.4, 0.14 * em);
  const double thinnestEdge = std::min(0.8, 0.08 * em);
  const double thinner = std::clamp(height / 25, 0.6, 1.0);
  const double width = std::max(outlines.width * em, thinnestLine) * thinner;
  return {.width = width,
          .color = outlines.color,
          .edge = outlines.casing ? std::max(edge * width, thinnestEdge * thinner) : 0,
          .edgeColor = inkOn(outlines.color)};
}

/// Returns the sight that shows the `seen` part of a brain's room in the same way as the whole
/// room.
Sight sightOfPart(const Sight& sight, const Rect& brain, const Rect& seen) {
  if (seen == brain || seen.height == 0) {
    return sight;
  }
  const Projection projection(sight, brain);
  const auto [right, up] =
      projection.millimeters(seen.x + seen.width / 2.0, seen.y + seen.height / 2.0);
  return {sight.halfHeight * seen.height / brain.height, right, up};
}

RangeChoice rangeOf(const GridState& state, const std::string& kind) {
  const auto found = state.style.ranges.find(kind);
  return found == state.style.ranges.end() ? RangeChoice{} : found->second;
}

} // namespace

Scene::Impl::Impl(vtkRenderWindow& w) : window(&w) {
  window->SetNumberOfLayers(3);
  window->SetDPI(72); // text sizes are pixels
  window->AddRenderer(backdrop);
  front->SetLayer(2);
  front->InteractiveOff();
  window->AddRenderer(front);
}

void Scene::Impl::replacePanes(GridState newState) {
  // Operations that can fail come first.
  std::vector<std::shared_ptr<const CortexGeometry>> geometries;
  for (std::vector<Pane>& row : newState.rows) {
    for (Pane& pane : row) {
      geometries.push_back(cache.get(pane.cortex, pane.shape));
      pane.source.cortex = pane.cortex;
    }
  }
  const Ranges shared = sharedRanges(newState);
  std::vector<std::unique_ptr<PaneView>> old;
  for (auto& row : rows) {
    std::ranges::move(row, std::back_inserter(old));
  }
  const auto choiceFor = [&](const Pane& pane) {
    const auto found = shared.find(pane.kind);
    return PaintChoice{newState.style.colors,
                       newState.style.threshold,
                       newState.style.dim,
                       found != shared.end() ? found->second : rangeOf(newState, pane.kind)};
  };
  const auto take = [&](const Pane& pane, const CortexGeometry& geometry, bool sameMap) {
    const PaintChoice choice = choiceFor(pane);
    const auto found = std::ranges::find_if(old, [&](const auto& shown) {
      return shown != nullptr && &shown->geometry() == &geometry &&
             (!sameMap || shown->showsSame(pane, choice));
    });
    return found == old.end() ? nullptr : std::move(*found);
  };
  rows.clear();
  auto geometry = geometries.begin();
  for (const auto& row : newState.rows) {
    auto& shownRow = rows.emplace_back();
    for (const Pane& pane : row) {
      auto shown = take(pane, **geometry, true);
      if (shown == nullptr) {
        shown = take(pane, **geometry, false);
      }
      if (shown == nullptr) {
        shown = std::make_unique<PaneView>(*geometry);
        shown->renderer().SetLayer(1);
        window->AddRenderer(&shown->renderer());
      }
      shown->show(pane, choiceFor(pane));
      shown->outline(newState.style.outlines, newState.selection);
      shown->surfaces().setLit(newState.style.lit);
      shownRow.push_back(std::move(shown));
      ++geometry;
    }
  }
  for (const auto& shown : old) {
    if (shown != nullptr) {
      window->RemoveRenderer(&shown->renderer());
    }
  }
  state = std::move(newState);
}

Attitudes& Scene::Impl::attitudesAt(std::size_t row, std::size_t column) {
  if (camera.own.empty()) {
    return camera.shared;
  }
  std::size_t index = column;
  for (std::size_t r = 0; r < row; ++r) {
    index += rows[r].size();
  }
  return camera.own[index];
}

std::vector<Attitudes*> Scene::Impl::everyAttitudes() {
  std::vector<Attitudes*> every;
  if (camera.own.empty()) {
    every.push_back(&camera.shared);
  }
  for (Attitudes& own : camera.own) {
    every.push_back(&own);
  }
  return every;
}

/// Gives each pane attitudes of its own, or all the same. New panes start with the shared
/// attitudes.
void Scene::Impl::link(bool linked) {
  std::size_t panes = 0;
  forPanes([&panes](const PaneView&, std::size_t, std::size_t) { ++panes; });
  camera.own.resize(linked ? 0 : panes, camera.shared);
}

void Scene::Impl::fitPanes() {
  fits = {BrainSize{0, 0}, BrainSize{0, 0}};
  forPanes([this](const PaneView& pane, std::size_t r, std::size_t c) {
    BrainSize& fit = fits[pane.isFlat() ? 1 : 0];
    const Attitudes& attitudes = attitudesAt(r, c);
    const Box box =
        pane.extent(camera.view, (pane.isFlat() ? attitudes.flat : attitudes.solid).fitted);
    fit.width = std::max(fit.width, 2 * std::max(-box.left, box.right));
    fit.height = std::max(fit.height, 2 * std::max(-box.bottom, box.top));
  });
}

void Scene::Impl::standAll() {
  forPanes([this](PaneView& pane, std::size_t r, std::size_t c) {
    pane.stand(camera.view, attitudesAt(r, c).solid.turned);
  });
}

GridLayout Scene::Impl::layoutOfPanes() const {
  LayoutRequest request;
  request.width = size[0];
  request.height = size[1];
  request.titles = false;
  std::vector<std::vector<BrainSize>> brains(rows.size());
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t) {
    brains[r].push_back(fitOf(pane));
    request.titles = request.titles || (state.style.titles && !pane.heading().empty());
  });
  for (const auto& row : rows) {
    request.columns.push_back(static_cast<int>(row.size()));
  }
  if (pixelScale > 0) {
    request.smallestEm = smallestText * pixelScale;
    request.largestEm = largestText * pixelScale;
  }
  return bestLayout(request, brains, legendRooms(request), state.style.legends.place);
}

std::array<double, 2> Scene::Impl::legendRooms(const LayoutRequest& request) const {
  std::array<double, 2> room{};
  if (!state.style.legends.shown) {
    return room;
  }
  const GridLayout bare = layOut(request);
  const double em = bare.em * state.style.legends.size;
  forPanes([&](PaneView& pane, std::size_t r, std::size_t c) {
    const Rect& brain = bare.rows[r][c].brain;
    pane.fitLegend(
        {LegendRoom{.below = false, .width = brain.width / 2.0 / em, .height = brain.height / em},
         LegendRoom{.below = true, .width = brain.width / em, .height = brain.height / 2.0 / em}},
        state.style.legends.font);
    if (pane.key(false) != nullptr) {
      room[0] = std::max(room[0], state.style.legends.size * pane.key(false)->width);
      room[1] = std::max(room[1], state.style.legends.size * pane.key(true)->height);
    }
  });
  return room;
}

void Scene::Impl::setQuality(Quality quality) const {
  window->SetMultiSamples(quality == Quality::fine ? smoothEdges : 0);
  forPanes([quality](PaneView& pane, std::size_t, std::size_t) {
    std::size_t level = 0;
    while (quality == Quality::moving && level + 1 < mostLevels &&
           pane.triangles(level) > movingTriangles) {
      ++level;
    }
    pane.surfaces().setLevel(level);
  });
}

void Scene::Impl::placeViewports() {
  const double width = std::max(part.width, 1);
  const double height = std::max(part.height, 1);
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    const Rect seen = common(layout.rows[r][c].brain, part);
    pane.renderer().SetDraw(seen.width > 0 ? 1 : 0);
    pane.renderer().SetViewport((seen.x - part.x) / width,
                                (seen.y - part.y) / height,
                                (seen.x - part.x + seen.width) / width,
                                (seen.y - part.y + seen.height) / height);
  });
}

void Scene::Impl::placeCameras() {
  // The smallest viewport of each group determines the scale, so that nothing is cut off in any.
  halfHeights = {1, 1};
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    const Rect& brain = layout.rows[r][c].brain;
    const BrainSize& fit = fitOf(pane);
    const double aspect = static_cast<double>(brain.width) / brain.height;
    double& half = halfHeights[pane.isFlat() ? 1 : 0];
    half = std::max({half, fitMargin * fit.height / 2, fitMargin * fit.width / 2 / aspect});
  });
  const Stroke lines = stroke();
  forPanes([&](PaneView& pane, std::size_t r, std::size_t c) {
    const Rect& brain = layout.rows[r][c].brain;
    const Rect seen = common(brain, part);
    const Sight sight = sightOf(attitudesAt(r, c),
                                static_cast<double>(pane.pane().shape.flatness()),
                                halfHeights[pane.isFlat() ? 1 : 0]);
    pane.look(sight, sightOfPart(sight, brain, seen));
    pane.stroke(lines, {seen.width, seen.height});
  });
}

/// Returns the style of outlines, which is the same for all panes.
Stroke Scene::Impl::stroke() const {
  double height = std::numeric_limits<double>::max();
  forPanes([&](const PaneView&, std::size_t r, std::size_t c) {
    height = std::min(height, layout.rows[r][c].brain.height / layout.em);
  });
  return strokeOf(state.style.outlines, layout.em, height);
}

Drawing Scene::Impl::labelDrawing() const {
  Drawing drawing;
  drawing.font = state.style.legends.font;
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    drawLabels(drawing, pane, layout.rows[r][c], layout.em, state);
  });
  return drawing;
}

Drawing Scene::Impl::badgeDrawing() const {
  Drawing drawing;
  drawing.font = state.style.legends.font;
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    drawBadges(drawing, pane, layout.rows[r][c].brain, layout.em);
    if (state.style.outlines.shown && state.style.outlines.labels) {
      drawRegionNames(drawing, pane, layout.rows[r][c].brain, layout.em);
    }
    if (const std::optional<VertexOf>& pinned = pane.pane().pinned) {
      drawMarker(drawing, pane, layout.rows[r][c].brain, layout.em, *pinned);
    }
  });
  return drawing;
}

std::vector<InkLayer> Scene::Impl::inkLayers() const {
  const Stroke stroke = this->stroke();
  Drawing outlines;
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    drawOutlines(outlines, pane, layout.rows[r][c].brain);
  });
  const Rgb ink = inkOn(state.style.background);
  std::vector<InkLayer> layers;
  if (stroke.edge > 0) {
    layers.push_back({outlines, stroke.edgeColor, stroke.width + 2 * stroke.edge});
  }
  layers.push_back({std::move(outlines), stroke.color, stroke.width});
  layers.push_back({labelDrawing(), ink, lineWidthFor(layout.em)});
  layers.push_back({badgeDrawing(), ink, badgeLineWidth});
  return layers;
}

void Scene::Impl::update() {
  const int* now = window->GetSize();
  const Rect whole{0, 0, now[0], now[1]};
  const std::array<int, 2> newSize = shot ? shot->size : std::array{now[0], now[1]};
  const Rect newPart = shot ? shot->part : whole;
  if (size != newSize || part != newPart) {
    size = newSize;
    part = newPart;
    stale = true;
  }
  const auto inPart = [this](const Drawing& drawing) {
    Drawing moved;
    moved.add(drawing, 1, -part.x, -part.y);
    return moved;
  };
  const Rgb ink = inkOn(state.style.background);
  if (stale) {
    layout = layoutOfPanes();
    placeViewports();
    labels.show(inPart(labelDrawing()), ink, lineWidthFor(layout.em));
    const Rgb shown = shot && shot->ground ? *shot->ground : state.style.background;
    backdrop->SetBackground(shown[0], shown[1], shown[2]);
    stale = false;
  }
  placeCameras();
  badges.show(inPart(badgeDrawing()), ink, badgeLineWidth);
  const bool marks = !shot || shot->marks;
  front->SetDraw(marks ? 1 : 0);
  forPanes([marks](PaneView& pane, std::size_t, std::size_t) { pane.showOutlines(marks); });
}

Scene::Scene(vtkRenderWindow& window) : impl_(std::make_unique<Impl>(window)) {}

Scene::~Scene() {
  for (const auto& row : impl_->rows) {
    for (const auto& pane : row) {
      impl_->window->RemoveRenderer(&pane->renderer());
    }
  }
  impl_->window->RemoveRenderer(impl_->front);
  impl_->window->RemoveRenderer(impl_->backdrop);
}

void Scene::setState(GridState state) {
  clearVectorRegisters();
  impl_->replacePanes(std::move(state));
  impl_->link(impl_->state.style.linked);
  impl_->fitPanes();
  impl_->standAll();
  impl_->stale = true;
}

const GridState& Scene::state() const {
  return impl_->state;
}

std::vector<std::string> Scene::problems() const {
  std::vector<std::string> sentences;
  for (const auto& row : impl_->rows) {
    for (const auto& pane : row) {
      if (pane->problem() != nullptr) {
        sentences.push_back(pane->problemSentence());
      }
    }
  }
  return sentences;
}

void Scene::throwProblem() const {
  for (const auto& row : impl_->rows) {
    for (const auto& pane : row) {
      if (pane->problem() != nullptr) {
        std::rethrow_exception(pane->problem());
      }
    }
  }
}

void Scene::setView(View view) {
  impl_->camera.view = view;
  impl_->camera.shared = {};
  std::ranges::fill(impl_->camera.own, Attitudes{});
  resetCamera();
}

View Scene::view() const {
  return impl_->camera.view;
}

Camera Scene::camera() const {
  return impl_->camera;
}

void Scene::setCamera(const Camera& camera) {
  clearVectorRegisters();
  impl_->camera = camera;
  impl_->link(impl_->state.style.linked);
  impl_->fitPanes();
  impl_->standAll();
  impl_->stale = true;
}

void Scene::resetCamera() {
  impl_->forAttitudes({}, [](Attitude& attitude, bool, const PaneView*, const Rect&) {
    attitude.fitted = attitude.turned;
    attitude.zoom = 1;
    attitude.panRight = 0;
    attitude.panUp = 0;
  });
  impl_->fitPanes();
  impl_->standAll();
  impl_->stale = true; // the legends may move
}

void Scene::setPixelScale(double scale) {
  impl_->stale = impl_->stale || impl_->pixelScale != scale;
  impl_->pixelScale = scale;
}

void Scene::render(Quality quality) {
  clearVectorRegisters();
  impl_->setQuality(quality);
  impl_->update();
  impl_->window->Render();
}

} // namespace cortograph
