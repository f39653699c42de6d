#include "viewer/scene/scene.h"

#include "base/error.h"
#include "viewer/scene/group.h"
#include "viewer/scene/labels.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/overlay.h"
#include "viewer/scene/pane_view.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

constexpr double fitMargin = 1.03; ///< room around the brain
constexpr double smallestText = 9; ///< logical pixels
constexpr double largestText = 16;
constexpr int largestPicture = 16384; ///< pixels; what graphics cards and Mesa can draw to

Rgb inkOn(const Rgb& background) {
  const float luma = 0.2126F * background[0] + 0.7152F * background[1] + 0.0722F * background[2];
  return luma > 0.42F ? Rgb{0.05F, 0.05F, 0.05F} : Rgb{0.95F, 0.95F, 0.95F};
}

} // namespace

struct Scene::Impl {
  vtkRenderWindow* window;
  GridState state;
  View view = View::lateral;
  double pixelScale = 0; ///< 0: text follows the picture's size alone
  GeometryCache cache;
  std::vector<std::vector<std::unique_ptr<PaneView>>> rows;
  std::array<Group, 2> groups; ///< 3-D, flat
  GridLayout layout;
  vtkNew<vtkRenderer> backdrop;
  vtkNew<vtkRenderer> front;
  Overlay labels{*front};
  Overlay badges{*front};
  std::array<int, 2> size{};
  bool stale = true; ///< layout and labels must be made anew

  explicit Impl(vtkRenderWindow& w);

  Group& groupOf(const PaneView& pane) { return groups[pane.isFlat() ? 1 : 0]; }
  void replacePanes(GridState newState);
  void fitGroups();
  void standAll();
  [[nodiscard]] double layoutQuality(const GridLayout& candidate) const;
  [[nodiscard]] GridLayout bestLayout() const;
  void tighten(GridLayout& chosen) const;
  void update();
  void placeCameras();
  void placeViewports();
  [[nodiscard]] Drawing labelDrawing() const;
  [[nodiscard]] Drawing badgeDrawing() const;
  [[nodiscard]] std::optional<std::array<int, 2>> paneAt(Pixel pixel) const;
  [[nodiscard]] const PaneView* paneBelow(Pixel pixel, Rect* brain) const;
  [[nodiscard]] double mmPerPixel(const PaneView& pane, const Rect& brain);
  template <class Work> void forGroups(const std::optional<Pixel>& began, const Work& work);
};

Scene::Impl::Impl(vtkRenderWindow& w) : window(&w) {
  window->SetNumberOfLayers(3);
  window->SetDPI(72); // text sizes are pixels
  window->SetMultiSamples(8);
  window->AddRenderer(backdrop);
  front->SetLayer(2);
  front->InteractiveOff();
  window->AddRenderer(front);
  for (Group& group : groups) {
    group.camera->ParallelProjectionOn();
  }
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
  const auto take = [&](const Pane& pane, const CortexGeometry& geometry, bool sameMap) {
    const auto found = std::ranges::find_if(old, [&](const auto& shown) {
      return shown != nullptr && &shown->geometry() == &geometry &&
             (!sameMap || shown->showsSame(pane));
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
        shown = std::make_unique<PaneView>(*geometry, pane.shape);
        shown->renderer().SetLayer(1);
        shown->renderer().SetActiveCamera(groupOf(*shown).camera);
        window->AddRenderer(&shown->renderer());
      }
      shown->show(pane);
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
    group.fitWidth = group.fitHeight = group.radius = 0;
  }
  for (const auto& row : rows) {
    for (const auto& pane : row) {
      Group& group = groupOf(*pane);
      const Box box = pane->extent(view, group.fitTurned);
      group.fitWidth = std::max(group.fitWidth, 2 * std::max(-box.left, box.right));
      group.fitHeight = std::max(group.fitHeight, 2 * std::max(-box.bottom, box.top));
      group.radius = std::max(group.radius, pane->geometry().radius);
    }
  }
}

void Scene::Impl::standAll() {
  for (const auto& row : rows) {
    for (const auto& pane : row) {
      pane->stand(view, groupOf(*pane).turned);
    }
  }
}

/// How large the brains come out: pixels a mm, summed over the panes.
double Scene::Impl::layoutQuality(const GridLayout& candidate) const {
  double quality = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const Group& group = groups[rows[r][c]->isFlat() ? 1 : 0];
      const Rect& brain = candidate.rows[r][c].brain;
      quality += std::min(brain.width / std::max(group.fitWidth, 1.0),
                          brain.height / std::max(group.fitHeight, 1.0));
    }
  }
  return quality;
}

GridLayout Scene::Impl::bestLayout() const {
  LayoutRequest request;
  request.width = size[0];
  request.height = size[1];
  request.titles = false;
  std::array<double, 2> room{};
  for (const auto& row : rows) {
    request.columns.push_back(static_cast<int>(row.size()));
    for (const auto& pane : row) {
      request.titles = request.titles || (state.titles && !pane->heading().empty());
      if (state.legends && pane->key(false) != nullptr) {
        room[0] = std::max(room[0], pane->key(false)->width);
        room[1] = std::max(room[1], pane->key(true)->height);
      }
    }
  }
  if (pixelScale > 0) {
    request.smallestEm = smallestText * pixelScale;
    request.largestEm = largestText * pixelScale;
  }
  request.legendEm = room[0];
  GridLayout beside = layOut(request);
  request.legendsBelow = true;
  request.legendEm = room[1];
  GridLayout below = layOut(request);
  GridLayout best = layoutQuality(below) > layoutQuality(beside) ? below : beside;
  tighten(best);
  return best;
}

/// A legend beside a brain that is narrower than its room comes closer to it, and both are centred;
/// some of the room is left for turning and zooming.
void Scene::Impl::tighten(GridLayout& chosen) const {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      PaneLayout& pane = chosen.rows[r][c];
      const bool beside = pane.legend.width > 0 && pane.legend.x > pane.brain.x;
      const Group& group = groups[rows[r][c]->isFlat() ? 1 : 0];
      const double needed = pane.brain.height * group.fitWidth / std::max(group.fitHeight, 1.0);
      if (beside && needed < pane.brain.width) {
        const auto slack = static_cast<int>(0.7 * (pane.brain.width - needed));
        pane.brain.x += slack / 2;
        pane.brain.width -= slack;
        pane.legend.x -= slack / 2;
      }
    }
  }
}

void Scene::Impl::placeViewports() {
  const double width = std::max(size[0], 1);
  const double height = std::max(size[1], 1);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const Rect& brain = layout.rows[r][c].brain;
      rows[r][c]->renderer().SetViewport(brain.x / width,
                                         brain.y / height,
                                         (brain.x + brain.width) / width,
                                         (brain.y + brain.height) / height);
    }
  }
}

void Scene::Impl::placeCameras() {
  for (Group& group : groups) {
    // The smallest viewport decides, so that nothing is cut off in any.
    double scale = 1;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        const Rect& brain = layout.rows[r][c].brain;
        if (&groupOf(*rows[r][c]) == &group) {
          const double aspect = static_cast<double>(brain.width) / brain.height;
          scale = std::max({scale, group.fitHeight / 2, group.fitWidth / 2 / aspect});
        }
      }
    }
    placeCamera(group, scale * fitMargin);
  }
}

Drawing Scene::Impl::labelDrawing() const {
  Drawing drawing;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      drawLabels(drawing, *rows[r][c], layout.rows[r][c], layout.em, state);
    }
  }
  return drawing;
}

Drawing Scene::Impl::badgeDrawing() const {
  Drawing drawing;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      const Group& group = groups[rows[r][c]->isFlat() ? 1 : 0];
      const Rect& brain = layout.rows[r][c].brain;
      const double perMm = brain.height / (2 * group.camera->GetParallelScale());
      drawBadges(drawing, *rows[r][c], brain, {perMm, group.panRight, group.panUp}, layout.em);
    }
  }
  return drawing;
}

std::optional<std::array<int, 2>> Scene::Impl::paneAt(Pixel pixel) const {
  const int up = size[1] - 1 - pixel[1];
  // Until the next frame the layout may be that of the panes before.
  for (std::size_t r = 0; r < std::min(rows.size(), layout.rows.size()); ++r) {
    for (std::size_t c = 0; c < std::min(rows[r].size(), layout.rows[r].size()); ++c) {
      if (layout.rows[r][c].pane.contains(pixel[0], up)) {
        return std::array<int, 2>{static_cast<int>(r), static_cast<int>(c)};
      }
    }
  }
  return std::nullopt;
}

const PaneView* Scene::Impl::paneBelow(Pixel pixel, Rect* brain) const {
  const auto at = paneAt(pixel);
  if (!at) {
    return nullptr;
  }
  const auto row = static_cast<std::size_t>((*at)[0]);
  const auto column = static_cast<std::size_t>((*at)[1]);
  *brain = layout.rows[row][column].brain;
  return rows[row][column].get();
}

double Scene::Impl::mmPerPixel(const PaneView& pane, const Rect& brain) {
  return 2 * groupOf(pane).camera->GetParallelScale() / brain.height;
}

template <class Work>
void Scene::Impl::forGroups(const std::optional<Pixel>& began, const Work& work) {
  Rect brain;
  const PaneView* below = began ? paneBelow(*began, &brain) : nullptr;
  for (Group& group : groups) {
    if (!began || (below != nullptr && &groupOf(*below) == &group)) {
      work(group, below, brain);
    }
  }
}

void Scene::Impl::update() {
  const int* now = window->GetSize();
  if (size[0] != now[0] || size[1] != now[1]) {
    size = {now[0], now[1]};
    stale = true;
  }
  if (stale) {
    layout = bestLayout();
    placeViewports();
    labels.show(labelDrawing(), inkOn(state.background), std::max(1.0, std::round(layout.em / 16)));
    backdrop->SetBackground(state.background[0], state.background[1], state.background[2]);
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
    group.turned = {identityRotation, identityRotation};
  }
  resetCamera();
}

View Scene::view() const {
  return impl_->view;
}

void Scene::resetCamera() {
  for (Group& group : impl_->groups) {
    group.fitTurned = group.turned;
    group.zoom = 1;
    group.panRight = 0;
    group.panUp = 0;
  }
  impl_->fitGroups();
  impl_->standAll();
  impl_->stale = true; // legends may find a better place
}

void Scene::turn(double degreesRight, double degreesUp, std::optional<Pixel> began) {
  impl_->forGroups(began, [&](Group& group, const PaneView* below, const Rect& brain) {
    if (&group == &impl_->groups[1]) {
      panGroup(group, degreesRight / 180, degreesUp / 180);
      return;
    }
    Side leader = Side::left;
    if (below != nullptr) {
      const double at = group.panRight + ((*began)[0] - brain.x - brain.width / 2.0) *
                                             impl_->mmPerPixel(*below, brain);
      leader = at > 0 ? Side::right : Side::left; // split hemispheres stand left and right of 0
    }
    turnGroup(
        group, turnBy(degreesRight, degreesUp), isSplit(impl_->view, Shape::inflated), leader);
  });
  impl_->standAll();
}

void Scene::pan(double fractionRight, double fractionUp, std::optional<Pixel> began) {
  impl_->forGroups(began, [&](Group& group, const PaneView*, const Rect&) {
    panGroup(group, fractionRight, fractionUp);
  });
}

void Scene::panPixels(double right, double up, std::optional<Pixel> began) {
  const auto& rows = impl_->layout.rows;
  if (!rows.empty() && !rows.front().empty()) {
    const double height = rows.front().front().brain.height; // all panes are alike
    pan(right / height, up / height, began);
  }
}

void Scene::zoom(double factor, std::optional<Pixel> began) {
  impl_->forGroups(began, [&](Group& group, const PaneView* below, const Rect& brain) {
    const double before = group.zoom;
    group.zoom = std::clamp(group.zoom * factor, 0.2, 50.0);
    if (below != nullptr) {
      const double mm = impl_->mmPerPixel(*below, brain);
      const double right = ((*began)[0] - brain.x - brain.width / 2.0) * mm;
      const double up = (impl_->size[1] - 1 - (*began)[1] - brain.y - brain.height / 2.0) * mm;
      group.panRight += right * (1 - before / group.zoom);
      group.panUp += up * (1 - before / group.zoom);
    }
  });
  impl_->update();
}

std::optional<std::array<int, 2>> Scene::paneAt(int x, int y) const {
  return impl_->paneAt({x, y});
}

void Scene::setPixelScale(double scale) {
  impl_->stale = impl_->stale || impl_->pixelScale != scale;
  impl_->pixelScale = scale;
}

void Scene::render() {
  impl_->update();
  impl_->window->Render();
}

Picture Scene::capture(int width, int height) {
  vtkRenderWindow& window = *impl_->window;
  const auto refuse = [&] {
    return Error(ErrorKind::unsupported,
                 "A picture of " + std::to_string(width) + "x" + std::to_string(height) +
                     " pixels can't be drawn with OpenGL here; ask for 1 to " +
                     std::to_string(largestPicture) + " pixels each way.");
  };
  if (width < 1 || height < 1 || width > largestPicture || height > largestPicture) {
    throw refuse();
  }
  const std::array<int, 2> before{window.GetSize()[0], window.GetSize()[1]};
  const double scaleBefore = impl_->pixelScale;
  window.SetSize(width, height);
  if (before[1] > 0) {
    setPixelScale(scaleBefore * height / before[1]);
  }
  render();
  vtkNew<vtkUnsignedCharArray> pixels;
  window.GetRGBACharPixelData(0, 0, width - 1, height - 1, 1, pixels);
  Picture picture(width, height);
  const std::size_t stride = static_cast<std::size_t>(width) * 4;
  const bool whole = static_cast<std::size_t>(pixels->GetNumberOfValues()) == picture.rgba.size();
  for (int y = 0; whole && y < height; ++y) {
    std::copy_n(pixels->GetPointer(0) + static_cast<std::size_t>(height - 1 - y) * stride,
                stride,
                picture.pixel(0, y));
  }
  for (std::size_t i = 3; i < picture.rgba.size(); i += 4) {
    picture.rgba[i] = 255;
  }
  if (before[0] > 0 && before[1] > 0) { // X ends the program for an empty window
    window.SetSize(before[0], before[1]);
  }
  setPixelScale(scaleBefore);
  if (!whole) {
    throw refuse();
  }
  return picture;
}

} // namespace cortograph
