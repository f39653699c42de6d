#include "viewer/scene/outline_drawing.h"

#include "viewer/scene/shader_sources.h"
#include "viewer/scene/vertex_arrays.h"

#include <vtkCommand.h>
#include <vtkOpenGLVertexBufferObject.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkShaderProgram.h>

#include <algorithm>

namespace cortograph {

namespace {

constexpr double liftMm = 1.4; ///< distance in front of the surface; folds are further apart
constexpr double sinkMm = 1.0; ///< edges are this far behind lines, so that lines cover edges
constexpr std::size_t corners = 4;
constexpr float apart = 0.001F; ///< mm; VTK drops triangles with two corners at the same place

/// Returns the point half way between two vertices of a shape.
std::array<float, 3> placeOf(const ShapeGeometry& shape, const Crossing& crossing) {
  const float* points = shape.points->GetPointer(0);
  const float* a = points + static_cast<std::size_t>(crossing[0]) * 3;
  const float* b = points + static_cast<std::size_t>(crossing[1]) * 3;
  return {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2};
}

/// Returns for the four corners of each ribbon the end at which they are, or the other end.
vtkSmartPointer<vtkFloatArray> endsOf(const char* name,
                                      const std::vector<BorderPiece>& pieces,
                                      const ShapeGeometry& shape,
                                      bool other) {
  auto ends = floatArray(name, 3, pieces.size() * corners);
  float* out = ends->GetPointer(0);
  for (const BorderPiece& piece : pieces) {
    for (std::size_t corner = 0; corner < corners; ++corner) {
      const std::size_t end = corner < 2 ? 0 : 1;
      out = std::ranges::copy(placeOf(shape, piece[other ? 1 - end : end]), out).out;
    }
  }
  return ends;
}

} // namespace

OutlineDrawing::OutlineDrawing(vtkRenderer& renderer,
                               std::shared_ptr<const CortexGeometry> geometry)
    : geometry_(std::move(geometry)) {
  uniformsWanted_->SetCallback(&OutlineDrawing::giveUniforms);
  uniformsWanted_->SetClientData(&uniforms_);
  shaders_->SetVertexShaderCode(std::string(outlineVertexShader).c_str());
  shaders_->SetFragmentShaderCode(std::string(outlineFragmentShader).c_str());
  for (Hemisphere& hemisphere : hemispheres_) {
    hemisphere.mapper->ScalarVisibilityOff();
    hemisphere.mapper->SetVBOShiftScaleMethod(vtkOpenGLVertexBufferObject::DISABLE_SHIFT_SCALE);
    hemisphere.mapper->AddObserver(vtkCommand::UpdateShaderEvent, uniformsWanted_);
    for (const char* name : {"otherEnd", "towards", "otherTowards", "side"}) {
      hemisphere.mapper->MapDataArrayToVertexAttribute(
          name, name, vtkDataObject::FIELD_ASSOCIATION_POINTS);
    }
    hemisphere.actor->SetMapper(hemisphere.mapper);
    hemisphere.actor->SetUserMatrix(hemisphere.matrix);
    hemisphere.actor->SetShaderProperty(shaders_);
    hemisphere.actor->VisibilityOff();
    renderer.AddActor(hemisphere.actor);
  }
}

void OutlineDrawing::giveUniforms(vtkObject* /*caller*/,
                                  unsigned long /*event*/,
                                  void* uniforms,
                                  void* program) {
  const Uniforms& values = *static_cast<Uniforms*>(uniforms);
  vtkShaderProgram& shader = *static_cast<vtkShaderProgram*>(program);
  shader.SetUniformf("part", values.part);
  shader.SetUniformf("width", values.width);
  shader.SetUniformf("lift", values.lift);
  shader.SetUniform2f("pixel", values.pixel.data());
  shader.SetUniformf("core", values.core);
  shader.SetUniformf("sink", values.sink);
  shader.SetUniform3f("ink", values.ink.data());
  shader.SetUniform3f("edgeInk", values.edgeInk.data());
}

void OutlineDrawing::setRegions(const std::array<std::vector<RegionShape>, 2>& regions) {
  regions_ = regions;
  for (std::size_t s = 0; s < 2; ++s) {
    hemispheres_[s].pieces.fill(std::nullopt);
  }
  remake();
}

void OutlineDrawing::setMix(const ShapeMix& mix) {
  const bool samePieces =
      mix.from == mix_.from && mix.to == mix_.to && (mix.flatness() > 0) == (mix_.flatness() > 0);
  mix_ = mix;
  uniforms_.part = mix.part;
  if (!samePieces) {
    remake();
  }
}

void OutlineDrawing::setPose(Side side, const Pose& pose) {
  setMatrix(*hemispheres_[static_cast<std::size_t>(side)].matrix, pose);
}

void OutlineDrawing::setStroke(const Stroke& stroke,
                               const std::array<int, 2>& viewport,
                               double depthMm) {
  const double whole = stroke.width + 2 * stroke.edge;
  uniforms_.width = static_cast<float>(whole);
  // Without edges the share is above 1, because at the rim `aside` may be a little outside of ±1.
  uniforms_.core = stroke.edge > 0 ? static_cast<float>(stroke.width / whole) : 2.0F;
  uniforms_.sink = static_cast<float>(sinkMm / depthMm); // of the depth buffer's 0..1
  uniforms_.pixel = {2.0F / static_cast<float>(viewport[0]),
                     2.0F / static_cast<float>(viewport[1])};
  uniforms_.lift = static_cast<float>(2 * liftMm / depthMm);
  uniforms_.ink = stroke.color;
  uniforms_.edgeInk = stroke.edgeColor;
}

const std::vector<BorderPiece>& OutlineDrawing::pieces(Side side) const {
  const auto s = static_cast<std::size_t>(side);
  const bool cut = mix_.flatness() > 0;
  std::optional<std::vector<BorderPiece>>& pieces = hemispheres_[s].pieces[cut ? 1 : 0];
  if (!pieces) {
    const HemisphereGeometry& geometry = geometry_->hemispheres[s];
    const MeshLevel& mesh = geometry.levels.front();
    pieces = bordersOf(regions_[s], geometry.vertices, trianglesOf(cut ? mesh.cut : mesh.whole));
  }
  return *pieces;
}

void OutlineDrawing::setShown(bool shown) {
  shown_ = shown;
  for (const Side side : bothSides) {
    hemispheres_[static_cast<std::size_t>(side)].actor->SetVisibility(shown &&
                                                                      !pieces(side).empty());
  }
}

void OutlineDrawing::remake() {
  for (std::size_t s = 0; s < 2; ++s) {
    Hemisphere& hemisphere = hemispheres_[s];
    const std::vector<BorderPiece>& pieces = this->pieces(bothSides[s]);
    hemisphere.actor->SetVisibility(shown_ && !pieces.empty());
    if (pieces.empty()) {
      continue;
    }
    const ShapeGeometry& from = geometry_->hemispheres[s].shape(mix_.from);
    const ShapeGeometry& to = geometry_->hemispheres[s].shape(mix_.to);
    vtkNew<vtkPolyData> ribbons;
    vtkNew<vtkPoints> points;
    const auto ends = endsOf("end", pieces, from, false);
    for (vtkIdType i = 0; i < ends->GetNumberOfTuples(); i += 2) {
      ends->SetTypedComponent(i, 0, ends->GetTypedComponent(i, 0) + apart);
    }
    points->SetData(ends);
    ribbons->SetPoints(points);
    const auto sides = floatArray("side", 2, pieces.size() * corners);
    vtkNew<vtkCellArray> triangles;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const vtkIdType first = static_cast<vtkIdType>(i) * 4;
      for (int corner = 0; corner < 4; ++corner) {
        // Left and right are swapped when seen from the other end.
        const float side = corner % 2 == 0 ? -1.0F : 1.0F;
        sides->SetTypedComponent(first + corner, 0, corner < 2 ? side : -side);
        sides->SetTypedComponent(first + corner, 1, side);
      }
      const std::array<vtkIdType, 3> a{first, first + 1, first + 2};
      const std::array<vtkIdType, 3> b{first + 2, first + 1, first + 3};
      triangles->InsertNextCell(3, a.data());
      triangles->InsertNextCell(3, b.data());
    }
    ribbons->SetPolys(triangles);
    vtkPointData& data = *ribbons->GetPointData();
    data.AddArray(endsOf("otherEnd", pieces, from, true));
    data.AddArray(endsOf("towards", pieces, to, false));
    data.AddArray(endsOf("otherTowards", pieces, to, true));
    data.AddArray(sides);
    hemisphere.mapper->SetInputData(ribbons);
  }
}

} // namespace cortograph
