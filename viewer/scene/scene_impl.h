#pragma once

#include "viewer/scene/attitude.h"
#include "viewer/scene/layout.h"
#include "viewer/scene/overlay.h"
#include "viewer/scene/pane_view.h"
#include "viewer/scene/scene.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <vector>

namespace cortograph {

/// A frame for a picture that may be larger than the window can be.
struct Shot {
  std::array<int, 2> size{}; ///< of the whole picture
  Rect part;                 ///< of it
  std::optional<Rgb> ground; ///< instead of the background
  bool marks = true;         ///< with outlines, titles, legends
};

struct Scene::Impl {
  vtkRenderWindow* window;
  GridState state;
  Camera camera;
  double pixelScale = 0; ///< 0: text follows the picture's size alone
  GeometryCache cache;
  std::vector<std::vector<std::unique_ptr<PaneView>>> rows;
  // In space, in the plane:
  std::array<Extent, 2> fits;              ///< of the largest brain, mm
  std::array<double, 2> halfHeights{1, 1}; ///< mm that a pane shows when nothing is zoomed
  GridLayout layout;
  vtkNew<vtkRenderer> backdrop;
  vtkNew<vtkRenderer> front;
  Overlay labels{*front};
  Overlay badges{*front};
  std::array<int, 2> size{}; ///< of the whole picture
  Rect part;                 ///< what the window shows of it
  std::optional<Shot> shot;  ///< while a picture is taken
  int largestPiece = 2048;   ///< pixels a side; smooth edges take 64 bytes a pixel
  bool stale = true;         ///< layout and labels must be made anew

  explicit Impl(vtkRenderWindow& w);

  [[nodiscard]] const Extent& fitOf(const PaneView& pane) const {
    return fits[pane.isFlat() ? 1 : 0];
  }
  [[nodiscard]] std::vector<Attitudes*> everyAttitudes();
  void link(bool linked);
  [[nodiscard]] Attitudes& attitudesAt(std::size_t row, std::size_t column);
  void replacePanes(GridState newState);
  void fitPanes();
  void standAll();
  [[nodiscard]] GridLayout layoutOfPanes() const;
  /// Fits the panes' legends to their rooms; what the largest takes beside and below, in ems.
  [[nodiscard]] std::array<double, 2> legendRooms(const LayoutRequest& request) const;
  void setQuality(Quality quality) const;
  void update();
  /// A fine frame; nothing when OpenGL gives less than was asked for.
  [[nodiscard]] std::optional<Picture> taken(const Shot& wanted);
  /// Of the whole picture, part by part, on the background or on none.
  [[nodiscard]] Picture
  captured(const std::array<int, 2>& wanted, bool marks, const Control& control);
  [[nodiscard]] std::vector<InkLayer> inkLayers() const;
  void placeCameras();
  void placeViewports();
  [[nodiscard]] Stroke stroke() const;
  [[nodiscard]] Drawing labelDrawing() const;
  [[nodiscard]] Drawing badgeDrawing() const;
  [[nodiscard]] std::optional<std::array<int, 2>> paneAt(Pixel pixel) const;
  [[nodiscard]] const PaneView* paneBelow(Pixel pixel, Rect* brain) const;
  void pan(Attitude& attitude, bool flat, double fractionRight, double fractionUp) const;
  template <class Work> void forPanes(const Work& work) const;
  template <class Work> void forAttitudes(const std::optional<Pixel>& began, const Work& work);
};

/// Calls work(pane, row, column).
template <class Work> void Scene::Impl::forPanes(const Work& work) const {
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      work(*rows[r][c], r, c);
    }
  }
}

/// Calls work(attitude, whether it is of the plane, pane below or null, its brain's room).
template <class Work>
void Scene::Impl::forAttitudes(const std::optional<Pixel>& began, const Work& work) {
  if (!began) {
    for (Attitudes* each : everyAttitudes()) {
      work(each->solid, false, nullptr, Rect{});
      work(each->flat, true, nullptr, Rect{});
    }
  } else if (const auto at = paneAt(*began)) {
    const auto row = static_cast<std::size_t>((*at)[0]);
    const auto column = static_cast<std::size_t>((*at)[1]);
    const PaneView& pane = *rows[row][column];
    Attitudes& attitudes = attitudesAt(row, column);
    work(pane.isFlat() ? attitudes.flat : attitudes.solid,
         pane.isFlat(),
         &pane,
         layout.rows[row][column].brain);
  }
}

} // namespace cortograph
