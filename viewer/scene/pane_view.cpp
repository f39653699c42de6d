#include "viewer/scene/pane_view.h"

#include "base/error.h"
#include "viewer/scene/legend_drawing.h"
#include "viewer/scene/paint.h"

#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>

#include <algorithm>

namespace cortograph {

namespace {

/// Colours are shown as the legend has them where the surface faces the viewer, and fall off softly
/// towards its rim; a flat map is not shaded at all. No highlights.
void setMaterial(vtkProperty& property, bool flat) {
  property.SetLighting(!flat);
  property.SetAmbient(0.4);
  property.SetDiffuse(0.6);
  property.SetSpecular(0);
  property.SetInterpolationToGouraud();
}

} // namespace

PaneView::PaneView(std::shared_ptr<const CortexGeometry> geometry, Shape shape)
    : geometry_(std::move(geometry)),
      shape_(shape),
      renderer_(vtkSmartPointer<vtkRenderer>::New()) {
  for (std::size_t s = 0; s < 2; ++s) {
    const HemisphereGeometry& source = geometry_->hemispheres[s];
    Hemisphere& hemisphere = hemispheres_[s];
    hemisphere.colors = vtkSmartPointer<vtkUnsignedCharArray>::New();
    hemisphere.colors->SetNumberOfComponents(3);
    hemisphere.colors->SetNumberOfTuples(source.points->GetNumberOfPoints());
    hemisphere.mesh = vtkSmartPointer<vtkPolyData>::New();
    hemisphere.mesh->SetPoints(source.points);
    hemisphere.mesh->SetPolys(source.triangles);
    hemisphere.mesh->GetPointData()->SetNormals(source.normals);
    hemisphere.mesh->GetPointData()->SetScalars(hemisphere.colors);
    hemisphere.matrix = vtkSmartPointer<vtkMatrix4x4>::New();
    vtkNew<vtkPolyDataMapper> mapper;
    mapper->SetInputData(hemisphere.mesh);
    mapper->SetColorModeToDirectScalars();
    hemisphere.actor = vtkSmartPointer<vtkActor>::New();
    hemisphere.actor->SetMapper(mapper);
    hemisphere.actor->SetUserMatrix(hemisphere.matrix);
    setMaterial(*hemisphere.actor->GetProperty(), shape == Shape::flat);
    renderer_->AddActor(hemisphere.actor);
  }
}

bool PaneView::showsSame(const Pane& pane) const {
  return painted_ && pane.source.map == pane_.source.map &&
         pane.source.probe == pane_.source.probe && pane.kind == pane_.kind;
}

void PaneView::show(const Pane& pane) {
  const bool same = showsSame(pane);
  pane_ = pane;
  if (!same) {
    paint();
    painted_ = true;
  }
}

void PaneView::paint() {
  std::array<MeshColors, 2> colors{underlayColors(pane_.cortex->hemispheres[0]),
                                   underlayColors(pane_.cortex->hemispheres[1])};
  problem_ = nullptr;
  if (pane_.source.map != nullptr) {
    try {
      paintMap(pane_, colors);
      remakeLegend();
    } catch (const Error&) {
      problem_ = std::current_exception();
    }
  }
  if (pane_.source.map == nullptr || problem_ != nullptr) {
    legend_.reset();
  }
  for (std::size_t s = 0; s < 2; ++s) {
    unsigned char* out = hemispheres_[s].colors->GetPointer(0);
    for (const auto& color : colors[s]) {
      out = std::ranges::copy(color, out).out;
    }
    hemispheres_[s].colors->Modified();
    hemispheres_[s].mesh->Modified();
  }
}

void PaneView::remakeLegend() {
  Legend legend = makeLegend(mapKindNamed(pane_.kind), pane_.source);
  if (legend_ != legend) {
    keys_ = {drawLegend(legend, false), drawLegend(legend, true)};
    legend_ = std::move(legend);
  }
}

void PaneView::stand(View view, const std::array<Rotation, 2>& turned) {
  poses_ =
      placeHemispheres(view,
                       shape_,
                       {geometry_->hemispheres[0].outermost, geometry_->hemispheres[1].outermost},
                       turned);
  for (std::size_t s = 0; s < 2; ++s) {
    for (int i = 0; i < 3; ++i) {
      const auto row = static_cast<std::size_t>(i);
      for (int j = 0; j < 3; ++j) {
        hemispheres_[s].matrix->SetElement(
            i, j, poses_[s].rotation[row][static_cast<std::size_t>(j)]);
      }
      hemispheres_[s].matrix->SetElement(i, 3, poses_[s].move[row]);
    }
  }
}

Box PaneView::extent(View view, const std::array<Rotation, 2>& turned) const {
  const auto& left = geometry_->hemispheres[0].outermost;
  const auto& right = geometry_->hemispheres[1].outermost;
  const auto poses = placeHemispheres(view, shape_, {left, right}, turned);
  return unite(extentOf(left, poses[0]), extentOf(right, poses[1]));
}

std::string PaneView::problemSentence() const {
  if (problem_ != nullptr) {
    try {
      std::rethrow_exception(problem_);
    } catch (const Error& error) {
      return error.sentence();
    }
  }
  return {};
}

const Drawing* PaneView::key(bool below) const {
  return legend_ ? &keys_[below ? 1 : 0] : nullptr;
}

std::string PaneView::heading() const {
  const bool simulated =
      pane_.cortex->simulated || (pane_.source.map != nullptr && pane_.source.map->simulated());
  const bool saysSo = pane_.title.find("(simulated)") != std::string::npos;
  if (!simulated || saysSo) {
    return pane_.title;
  }
  return pane_.title + (pane_.title.empty() ? "(simulated)" : " (simulated)");
}

} // namespace cortograph
