#include "viewer/scene/pane_view.h"

#include "base/error.h"
#include "viewer/scene/paint.h"

#include <vtkCullerCollection.h>

namespace cortograph {

namespace {

vtkSmartPointer<vtkRenderer> makeRenderer(vtkCamera& camera) {
  auto renderer = vtkSmartPointer<vtkRenderer>::New();
  renderer->SetActiveCamera(&camera);
  renderer->GetCullers()->RemoveAllItems(); // cullers would use the shapes before mixing
  return renderer;
}

} // namespace

PaneView::PaneView(std::shared_ptr<const CortexGeometry> geometry)
    : geometry_(std::move(geometry)),
      camera_(vtkSmartPointer<vtkCamera>::New()),
      renderer_(makeRenderer(*camera_)),
      surfaces_(*renderer_, geometry_),
      outlines_(*renderer_, geometry_) {
  camera_->ParallelProjectionOn();
}

bool PaneView::showsSame(const Pane& pane, const PaintChoice& choice) const {
  return painted_ && pane.source == pane_.source && pane.kind == pane_.kind && choice == choice_;
}

std::size_t PaneView::triangles(std::size_t level) const {
  std::size_t count = 0;
  for (const HemisphereGeometry& hemisphere : geometry_->hemispheres) {
    count += hemisphere.levels[std::min(level, hemisphere.levels.size() - 1)].triangles;
  }
  return count;
}

void PaneView::show(const Pane& pane, const PaintChoice& choice) {
  const bool same = showsSame(pane, choice);
  pane_ = pane;
  choice_ = choice;
  surfaces_.setMix(pane.shape);
  outlines_.setMix(pane.shape);
  if (!same) {
    paint();
    painted_ = true;
  }
}

void PaneView::outline(const Outlines& outlines, const std::optional<VertexSelection>& selection) {
  const bool shown = outlines.shown && problem_ == nullptr;
  const std::shared_ptr<const BrainMap> map = shown ? pane_.source.map : nullptr;
  if (map == outlined_ && (map == nullptr || outlines.regions == outlineChoice_.regions) &&
      selection == outlinedSelection_) {
    return;
  }
  outlined_ = map;
  outlineChoice_ = outlines;
  outlinedSelection_ = selection;
  const bool here = selection && liesOn(selection->mesh, geometry_->cortex->mesh);
  std::array<std::vector<RegionShape>, 2> regions;
  for (const Side side : bothSides) {
    if (map != nullptr) {
      regions[static_cast<std::size_t>(side)] =
          regionsOn(side, *map, outlines.regions, geometry_->of(side).shape(pane_.shape.from));
    }
    if (here && !selection->ofSide[static_cast<std::size_t>(side)].empty()) {
      const std::vector<std::int32_t>& vertices = selection->ofSide[static_cast<std::size_t>(side)];
      regions[static_cast<std::size_t>(side)].push_back(
          {.name = "", .vertices = vertices, .middle = vertices.front(), .radius = 0});
    }
  }
  outlines_.setRegions(regions);
}

void PaneView::stroke(const Stroke& stroke, const std::array<int, 2>& viewport) {
  const double* range = camera_->GetClippingRange();
  outlines_.setStroke(stroke, viewport, range[1] - range[0]);
}

void PaneView::paint() {
  problem_ = nullptr;
  bool painted = false;
  try {
    if (isPainted(pane_)) {
      const Painting painting = paintOf(pane_, choice_.threshold, choice_.range, choice_.dim);
      const MapKind& kind = mapKindNamed(pane_.kind);
      const Colormap& usual = colormapNamed(
          kind.colormapOn == nullptr ? kind.colormap : kind.colormapOn(painting.axes.front()));
      const Colormap& colormap = choice_.colors.safe ? safeAlternative(usual) : usual;
      remakeLegend(kind, painting.axes, colormap);
      surfaces_.setPaint(painting.meshes, {&colormap, kind.labels, choice_.colors.vision});
      painted = true;
    }
  } catch (const Error&) {
    problem_ = std::current_exception();
  }
  if (!painted) {
    surfaces_.setBare();
    legend_.reset();
  }
}

void PaneView::remakeLegend(const MapKind& kind,
                            const std::vector<Axis>& axes,
                            const Colormap& colormap) {
  legend_ = makeLegend(kind, pane_.source, axes, colormap);
  seeAs(choice_.colors.vision, legend_->swatch);
}

void PaneView::fitLegend(const std::array<LegendRoom, 2>& rooms, Font font) {
  if (legend_ && (drawn_ != legend_ || rooms_ != rooms || keys_[0].font != font)) {
    keys_ = {drawLegend(*legend_, rooms[0], font), drawLegend(*legend_, rooms[1], font)};
    drawn_ = legend_;
    rooms_ = rooms;
  }
}

std::array<Pose, 2> PaneView::uncentered(View view, const std::array<Rotation, 2>& turned) const {
  const ShapeMix& mix = pane_.shape;
  const auto place = [&](Shape shape) {
    return placeHemispheres(view,
                            shape,
                            {geometry_->hemispheres[0].shape(shape).outermost,
                             geometry_->hemispheres[1].shape(shape).outermost},
                            shape == Shape::flat ? std::array{identityRotation, identityRotation}
                                                 : turned);
  };
  std::array<Pose, 2> poses = place(mix.from);
  if (mix.part > 0) {
    const std::array<Pose, 2> end = place(mix.to);
    for (std::size_t s = 0; s < 2; ++s) {
      const HemisphereGeometry& hemisphere = geometry_->hemispheres[s];
      poses[s] = between(poses[s],
                         hemisphere.shape(mix.from).center,
                         end[s],
                         hemisphere.shape(mix.to).center,
                         static_cast<double>(mix.part));
    }
  }
  return poses;
}

/// Returns the poses of a mix of shapes, moved so that the pair is centred before it is turned, as
/// it is in either shape.
std::array<Pose, 2> PaneView::posesOf(View view, const std::array<Rotation, 2>& turned) const {
  std::array<Pose, 2> poses = uncentered(view, turned);
  if (pane_.shape.part > 0) {
    const auto unturned = uncentered(view, {identityRotation, identityRotation});
    const Box box = uniteSides(extentAt(Side::left, unturned), extentAt(Side::right, unturned));
    for (Pose& pose : poses) {
      pose.move[0] -= (box.left + box.right) / 2;
      pose.move[2] -= (box.bottom + box.top) / 2;
    }
  }
  return poses;
}

void PaneView::stand(View view, const std::array<Rotation, 2>& turned) {
  poses_ = posesOf(view, turned);
  for (const Side side : bothSides) {
    extents_[static_cast<std::size_t>(side)] = extentAt(side, poses_);
    surfaces_.setPose(side, poses_[static_cast<std::size_t>(side)]);
    outlines_.setPose(side, poses_[static_cast<std::size_t>(side)]);
  }
}

void PaneView::look(const Sight& sight, const Sight& shown) {
  sight_ = sight;
  const double away = 10 * (geometry_->radius + 1);
  camera_->SetParallelScale(shown.halfHeight);
  camera_->SetFocalPoint(shown.right, 0, shown.up);
  camera_->SetPosition(shown.right, -away, shown.up);
  camera_->SetViewUp(0, 0, 1);
  camera_->SetClippingRange(away / 100, 2 * away);
}

Box PaneView::extentAt(Side side, const std::array<Pose, 2>& poses) const {
  const auto s = static_cast<std::size_t>(side);
  return pane_.shape.part > 0
             ? extentOf({geometry_.get(), pane_.shape, poses}, side)
             : extentOf(geometry_->hemispheres[s].shape(pane_.shape.from).outermost, poses[s]);
}

Box PaneView::extent(View view, const std::array<Rotation, 2>& turned) const {
  const std::array<Pose, 2> poses = posesOf(view, turned);
  return uniteSides(extentAt(Side::left, poses), extentAt(Side::right, poses));
}

const Drawing* PaneView::key(bool below) const {
  return legend_ ? &keys_[below ? 1 : 0] : nullptr;
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
