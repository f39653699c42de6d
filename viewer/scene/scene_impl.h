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

/// A request for one part of a picture, which may be larger than a window can be.
struct Shot {
  std::array<int, 2> size{}; ///< size of the whole picture, pixels
  Rect part;                 ///< the part to draw
  std::optional<Rgb> ground; ///< colour to use instead of the background
  bool marks = true;         ///< draw outlines, titles and legends
};

struct Scene::Impl {
  vtkRenderWindow* window;
  GridState state;
  Camera camera;
  double pixelScale = 0; ///< 0: the size of text depends only on the picture's size
  GeometryCache cache;
  std::vector<std::vector<std::unique_ptr<PaneView>>> rows;
  // These have an element for solid shapes and one for flat shapes:
  std::array<BrainSize, 2> fits;           ///< extent of the largest brain, mm
  std::array<double, 2> halfHeights{1, 1}; ///< mm that a pane shows when nothing is zoomed
  GridLayout layout;
  vtkNew<vtkRenderer> backdrop;
  vtkNew<vtkRenderer> front;
  Overlay labels{*front};
  Overlay badges{*front};
  std::array<int, 2> size{}; ///< size of the whole picture, pixels
  Rect part;                 ///< part of the picture that the window shows
  std::optional<Shot> shot;  ///< set while a picture is taken
  int largestPiece = 2048;   ///< pixels per side; smooth edges take 64 bytes per pixel
  bool stale = true;         ///< layout and labels must be updated

  explicit Impl(vtkRenderWindow& w);

  [[nodiscard]] const BrainSize& fitOf(const PaneView& pane) const {
    return fits[pane.isFlat() ? 1 : 0];
  }
  [[nodiscard]] std::vector<Attitudes*> everyAttitudes();
  void link(bool linked);
  [[nodiscard]] Attitudes& attitudesAt(std::size_t row, std::size_t column);
  void replacePanes(GridState newState);
  void fitPanes();
  void standAll();
  [[nodiscard]] GridLayout layoutOfPanes() const;
  /// Fits the panes' legends to their rooms, and returns the room that the largest one takes: the
  /// width beside the brain, the height below it, in ems.
  [[nodiscard]] std::array<double, 2> legendRooms(const LayoutRequest& request) const;
  void setQuality(Quality quality) const;
  void update();
  /// Draws a frame in fine quality; nothing when OpenGL returns fewer pixels than requested.
  [[nodiscard]] std::optional<Picture> taken(const Shot& wanted);
  /// Draws the whole picture part by part, on the background or with transparency.
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

/// Calls work(attitude, whether it belongs to flat shapes, pane, room of its brain) for the pane at
/// `began`, or, if `began` is empty, for all attitudes, with a null pane and an empty room.
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
