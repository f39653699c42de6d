#pragma once

#include "viewer/color/color_vision.h"
#include "viewer/color/colormap.h"
#include "viewer/scene/geometry.h"
#include "viewer/scene/paint.h"

#include <vtkActor.h>
#include <vtkCallbackCommand.h>
#include <vtkFloatArray.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkOpenGLPolyDataMapper.h>
#include <vtkRenderer.h>
#include <vtkShaderProperty.h>
#include <vtkSmartPointer.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace cortograph {

/// The settings that turn the numbers of a MeshPaint into colours.
struct Coloring {
  const Colormap* colormap = nullptr; ///< null: nothing is painted
  bool labels = false;                ///< numbers are not interpolated
  Vision vision = Vision::full;
  bool operator==(const Coloring&) const = default;
};

/// Draws both hemispheres of a pane in its renderer, with shaders/surface.*. Shapes are mixed and
/// numbers coloured on the GPU, so that a new mix, pose or level costs no more than a frame, and a
/// new map costs the upload of 16 bytes per vertex.
class SurfaceDrawing {
public:
  SurfaceDrawing(vtkRenderer& renderer, std::shared_ptr<const CortexGeometry> geometry);
  SurfaceDrawing(const SurfaceDrawing&) = delete;
  SurfaceDrawing& operator=(const SurfaceDrawing&) = delete;
  SurfaceDrawing(SurfaceDrawing&&) = delete;
  SurfaceDrawing& operator=(SurfaceDrawing&&) = delete;
  ~SurfaceDrawing() = default;

  void setMix(const ShapeMix& mix); ///< the geometry must have both shapes
  void setPose(Side side, const Pose& pose);
  /// Sets the level of detail, from 0, the finest; uses the coarsest when there are fewer.
  void setLevel(std::size_t level);
  void setPaint(const std::array<MeshPaint, 2>& paint, const Coloring& coloring);
  /// Paints nothing on the cortex.
  void setBare();
  /// Switches the shading; without it, colours equal those of the legend.
  void setLit(bool lit);

private:
  struct Uniforms {
    float part = 0;
    float shading = 1;
    int level = 0;
    Rgb gyrus = plainGray;
    Rgb sulcus = plainGray;
  };
  /// The triangles of one level, whole or cut; created when first shown.
  struct Mesh {
    vtkSmartPointer<vtkOpenGLPolyDataMapper> mapper;
    vtkSmartPointer<vtkActor> actor;
  };
  struct Hemisphere {
    Uniforms uniforms; ///< the sides may be shown at different levels
    vtkNew<vtkCallbackCommand> uniformsWanted;
    vtkNew<vtkFloatArray> paint;
    vtkNew<vtkMatrix4x4> matrix;
    std::array<std::array<Mesh, 2>, mostLevels> meshes; ///< by level; whole, then cut
  };
  static void giveUniforms(vtkObject* caller, unsigned long event, void* uniforms, void* program);
  void useShaders(const Coloring& coloring);
  void showMeshes();
  void makeMesh(Mesh& mesh, std::size_t side, std::size_t level, bool cut);
  void giveShapes(const Mesh& mesh, std::size_t side) const;

  vtkRenderer* renderer_;
  std::shared_ptr<const CortexGeometry> geometry_;
  ShapeMix mix_;
  std::size_t level_ = 0;
  bool lit_ = true;
  Coloring coloring_;
  vtkNew<vtkShaderProperty> shaders_;
  std::array<Hemisphere, 2> hemispheres_;
};

} // namespace cortograph
