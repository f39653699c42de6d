#include "base/error.h"
#include "viewer/scene/labels.h"
#include "viewer/scene/scene_impl.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

constexpr double fitMargin = 1.03; ///< room around the brain
constexpr double smallestText = 9; ///< logical pixels
constexpr double largestText = 16;
constexpr int smoothEdges = 8;                  ///< samples a pixel
constexpr std::size_t movingTriangles = 50'000; ///< of a pane; 20 ms of software OpenGL

constexpr Rgb outlineInk{0.08F, 0.08F, 0.08F};

Rgb inkOn(const Rgb& background) {
  const float luma = 0.2126F * background[0] + 0.7152F * background[1] + 0.0722F * background[2];
  return luma > 0.42F ? Rgb{0.05F, 0.05F, 0.05F} : Rgb{0.95F, 0.95F, 0.95F};
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
  // All that can fail comes first.
  std::vector<std::shared_ptr<const CortexGeometry>> geometries;
  for (const auto& row : newState.rows) {
    for (const Pane& pane : row) {
      geometries.push_back(cache.get(pane.cortex, pane.shape));
    }
  }
  std::vector<std::unique_ptr<PaneView>> old;
  for (auto& row : rows) {
    std::ranges::move(row, std::back_inserter(old));
  }
  const PaintChoice choice{newState.colors, newState.threshold};
  const auto take = [&](const Pane& pane, const CortexGeometry& geometry, bool sameMap) {
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
      shown->show(pane, choice);
      shown->outline(newState.outlines, newState.selection);
      shown->surfaces().setLit(newState.lit);
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

void Scene::Impl::fitGroups() {
  for (Group& group : groups) {
    group.fit = {0, 0};
  }
  forPanes([this](const PaneView& pane, std::size_t, std::size_t) {
    Group& group = groups[pane.isFlat() ? 1 : 0];
    const Box box = pane.extent(view, group.fitTurned);
    group.fit.width = std::max(group.fit.width, 2 * std::max(-box.left, box.right));
    group.fit.height = std::max(group.fit.height, 2 * std::max(-box.bottom, box.top));
  });
}

void Scene::Impl::standAll() {
  forPanes([this](PaneView& pane, std::size_t, std::size_t) {
    pane.stand(view, groups[0].attitude.turned);
  });
}

GridLayout Scene::Impl::layoutOfPanes() const {
  LayoutRequest request;
  request.width = size[0];
  request.height = size[1];
  request.titles = false;
  std::array<double, 2> legendEm{};
  std::vector<std::vector<Extent>> brains(rows.size());
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t) {
    brains[r].push_back(groupOf(pane).fit);
    request.titles = request.titles || (state.titles && !pane.heading().empty());
    if (state.legends && pane.key(false) != nullptr) {
      legendEm[0] = std::max(legendEm[0], pane.key(false)->width);
      legendEm[1] = std::max(legendEm[1], pane.key(true)->height);
    }
  });
  for (const auto& row : rows) {
    request.columns.push_back(static_cast<int>(row.size()));
  }
  if (pixelScale > 0) {
    request.smallestEm = smallestText * pixelScale;
    request.largestEm = largestText * pixelScale;
  }
  return bestLayout(std::move(request), brains, legendEm);
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
  const double width = std::max(size[0], 1);
  const double height = std::max(size[1], 1);
  forPanes([&](PaneView& pane, std::size_t r, std::size_t c) {
    const Rect& brain = layout.rows[r][c].brain;
    pane.renderer().SetViewport(brain.x / width,
                                brain.y / height,
                                (brain.x + brain.width) / width,
                                (brain.y + brain.height) / height);
  });
}

void Scene::Impl::placeCameras() {
  // In each group the smallest viewport decides, so that nothing is cut off in any.
  std::array<double, 2> halfHeight{1, 1};
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    const Rect& brain = layout.rows[r][c].brain;
    const Extent& fit = groupOf(pane).fit;
    const double aspect = static_cast<double>(brain.width) / brain.height;
    double& half = halfHeight[pane.isFlat() ? 1 : 0];
    half = std::max({half, fit.height / 2, fit.width / 2 / aspect});
  });
  forPanes([&](PaneView& pane, std::size_t r, std::size_t c) {
    pane.look(sightOf(groups[0].attitude,
                      groups[1].attitude,
                      static_cast<double>(pane.pane().shape.flatness()),
                      fitMargin * halfHeight[pane.isFlat() ? 1 : 0]));
    const Rect& brain = layout.rows[r][c].brain;
    pane.stroke(state.outlines.width * layout.em, {brain.width, brain.height}, outlineInk);
  });
}

Drawing Scene::Impl::labelDrawing() const {
  Drawing drawing;
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    drawLabels(drawing, pane, layout.rows[r][c], layout.em, state);
  });
  return drawing;
}

Drawing Scene::Impl::badgeDrawing() const {
  Drawing drawing;
  forPanes([&](const PaneView& pane, std::size_t r, std::size_t c) {
    drawBadges(drawing, pane, layout.rows[r][c].brain, layout.em);
    if (state.outlines.shown && state.outlines.labels) {
      drawRegionNames(drawing, pane, layout.rows[r][c].brain, layout.em);
    }
    if (state.pinned) {
      drawMarker(drawing, pane, layout.rows[r][c].brain, layout.em, *state.pinned);
    }
  });
  return drawing;
}

void Scene::Impl::update() {
  const int* now = window->GetSize();
  if (size[0] != now[0] || size[1] != now[1]) {
    size = {now[0], now[1]};
    stale = true;
  }
  if (stale) {
    layout = layoutOfPanes();
    placeViewports();
    labels.show(labelDrawing(), inkOn(state.background), std::max(1.0, std::round(layout.em / 16)));
    const Rgb shown = behind.value_or(state.background);
    backdrop->SetBackground(shown[0], shown[1], shown[2]);
    stale = false;
  }
  placeCameras();
  badges.show(badgeDrawing(), inkOn(state.background), 1);
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
  impl_->replacePanes(std::move(state));
  impl_->fitGroups();
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
  impl_->view = view;
  for (Group& group : impl_->groups) {
    group.attitude.turned = {identityRotation, identityRotation};
  }
  resetCamera();
}

View Scene::view() const {
  return impl_->view;
}

void Scene::resetCamera() {
  for (Group& group : impl_->groups) {
    group.fitTurned = group.attitude.turned;
    group.attitude.zoom = 1;
    group.attitude.panRight = 0;
    group.attitude.panUp = 0;
  }
  impl_->fitGroups();
  impl_->standAll();
  impl_->stale = true; // legends may find a better place
}

void Scene::setPixelScale(double scale) {
  impl_->stale = impl_->stale || impl_->pixelScale != scale;
  impl_->pixelScale = scale;
}

void Scene::render(Quality quality) {
  impl_->setQuality(quality);
  impl_->update();
  impl_->window->Render();
}

} // namespace cortograph
