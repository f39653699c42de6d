// This file has the gestures on a Scene, and the functions that find what is under the pointer.
#include "viewer/scene/labels.h"
#include "viewer/scene/scene_impl.h"
#include "viewer/scene/vector_registers.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

std::optional<std::array<int, 2>> Scene::Impl::paneAt(Pixel pixel) const {
  const int up = size[1] - 1 - pixel[1];
  // Until the next frame, the layout may still be that of the previous panes.
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

/// Moves by fractions of the height that a pane shows.
void Scene::Impl::pan(Attitude& attitude,
                      bool flat,
                      double fractionRight,
                      double fractionUp) const {
  const double height = 2 * halfHeights[flat ? 1 : 0] / attitude.zoom;
  attitude.panRight -= fractionRight * height;
  attitude.panUp -= fractionUp * height;
}

void Scene::turn(double degreesRight, double degreesUp, std::optional<Pixel> began) {
  impl_->forAttitudes(
      began, [&](Attitude& attitude, bool flat, const PaneView* below, const Rect& brain) {
        if (flat) {
          impl_->pan(attitude, flat, degreesRight / 180, degreesUp / 180);
          return;
        }
        Side leader = Side::left;
        if (below != nullptr) {
          const double at = attitude.panRight + ((*began)[0] - brain.x - brain.width / 2.0) /
                                                    Projection(below->sight(), brain).pixelsPerMm();
          leader = at > 0 ? Side::right : Side::left; // split hemispheres are left and right of 0
        }
        cortograph::turn(attitude,
                         turnBy(degreesRight, degreesUp),
                         isSplit(impl_->camera.view, Shape::inflated),
                         leader);
      });
  impl_->standAll();
}

void Scene::pan(double fractionRight, double fractionUp, std::optional<Pixel> began) {
  impl_->forAttitudes(began, [&](Attitude& attitude, bool flat, const PaneView*, const Rect&) {
    impl_->pan(attitude, flat, fractionRight, fractionUp);
  });
}

void Scene::panPixels(double right, double up, std::optional<Pixel> began) {
  const auto& rows = impl_->layout.rows;
  if (!rows.empty() && !rows.front().empty()) {
    const double height = rows.front().front().brain.height; // all panes have the same size
    pan(right / height, up / height, began);
  }
}

void Scene::zoom(double factor, std::optional<Pixel> began) {
  impl_->forAttitudes(
      began, [&](Attitude& attitude, bool, const PaneView* below, const Rect& brain) {
        const double before = attitude.zoom;
        attitude.zoom = std::clamp(attitude.zoom * factor, 0.2, 50.0);
        if (below != nullptr) {
          const double mm = 1 / Projection(below->sight(), brain).pixelsPerMm();
          const double right = ((*began)[0] - brain.x - brain.width / 2.0) * mm;
          const double up = (impl_->size[1] - 1 - (*began)[1] - brain.y - brain.height / 2.0) * mm;
          attitude.panRight += right * (1 - before / attitude.zoom);
          attitude.panUp += up * (1 - before / attitude.zoom);
        }
      });
  impl_->update();
}

std::optional<std::array<int, 2>> Scene::paneAt(int x, int y) const {
  return impl_->paneAt({x, y});
}

std::optional<Picked> Scene::pick(Pixel pixel) const {
  clearVectorRegisters();
  const auto at = impl_->paneAt(pixel);
  Rect brain;
  const PaneView* below = at ? impl_->paneBelow(pixel, &brain) : nullptr;
  const int up = impl_->size[1] - 1 - pixel[1];
  if (below == nullptr || !brain.contains(pixel[0], up)) {
    return std::nullopt;
  }
  const auto [x, y] = Projection(below->sight(), brain).millimeters(pixel[0] + 0.5, up + 0.5);
  const std::optional<VertexOf> vertex = vertexAt(below->standing(), x, y);
  return vertex ? std::optional(Picked{(*at)[0], (*at)[1], *vertex}) : std::nullopt;
}

VertexSelection Scene::select(const std::vector<Pixel>& line) const {
  clearVectorRegisters();
  VertexSelection selection;
  Rect brain;
  const PaneView* below = line.empty() ? nullptr : impl_->paneBelow(line.front(), &brain);
  if (below == nullptr) {
    return selection;
  }
  const Projection projection(below->sight(), brain);
  std::vector<std::array<double, 2>> placed;
  placed.reserve(line.size());
  for (const Pixel& pixel : line) {
    placed.push_back(projection.millimeters(pixel[0] + 0.5, impl_->size[1] - 1 - pixel[1] + 0.5));
  }
  selection.mesh = below->geometry().cortex->mesh;
  for (const VertexOf& found : verticesIn(below->standing(), placed)) {
    selection.ofSide[static_cast<std::size_t>(found.side)].push_back(found.vertex);
  }
  selection.name = std::to_string(selection.size()) + " vertices";
  return selection;
}

std::optional<Pixel> Scene::pixelOf(const Picked& picked) const {
  const auto row = static_cast<std::size_t>(picked.row);
  const auto column = static_cast<std::size_t>(picked.column);
  const PaneView& pane = *impl_->rows[row][column];
  const auto side = static_cast<std::size_t>(picked.vertex.side);
  const StandingBrain standing = pane.standing();
  if (static_cast<std::size_t>(picked.vertex.vertex) >=
          pane.geometry().hemispheres[side].vertices ||
      !isVisible(standing, picked.vertex)) {
    return std::nullopt;
  }
  const Move place = standing.placeOf(picked.vertex);
  const Rect& brain = impl_->layout.rows[row][column].brain;
  const auto [x, y] = Projection(pane.sight(), brain).pixel(place[0], place[2]);
  const int right = static_cast<int>(std::floor(x));
  const int up = static_cast<int>(std::floor(y));
  return brain.contains(right, up) ? std::optional(Pixel{right, impl_->size[1] - 1 - up})
                                   : std::nullopt;
}

} // namespace cortograph
