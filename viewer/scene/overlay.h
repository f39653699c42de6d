#pragma once

#include "viewer/scene/drawing.h"

#include <vtkActor2D.h>
#include <vtkNew.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkTextActor.h>

#include <vector>

namespace cortograph {

/// Draws a Drawing, in pixels, on a renderer that covers the window.
class Overlay {
public:
  explicit Overlay(vtkRenderer& renderer) : renderer_(&renderer) {}

  /// Shows a drawing. Cheap when little has changed: texts that only move keep their textures.
  void show(const Drawing& drawing, const Rgb& ink, double lineWidth);

private:
  void showMarks(const Drawing& drawing, const Rgb& ink, double lineWidth);
  void showTexts(const Drawing& drawing, const Rgb& ink);

  vtkRenderer* renderer_;
  Drawing shown_;
  Rgb ink_{-1, -1, -1};
  double lineWidth_ = 0;
  std::vector<vtkSmartPointer<vtkActor2D>> marks_;
  std::vector<vtkSmartPointer<vtkTextActor>> texts_;
};

} // namespace cortograph
