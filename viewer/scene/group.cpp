#include "viewer/scene/group.h"

namespace cortograph {

namespace {

/// The same turn seen in a mirror that swaps left and right.
Rotation mirrored(const Rotation& turn) {
  constexpr Rotation mirror{{{-1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  return mirror * turn * mirror;
}

} // namespace

void turnGroup(Group& group, const Rotation& step, bool split, Side leader) {
  const auto first = static_cast<std::size_t>(leader);
  group.turned[first] = step * group.turned[first];
  group.turned[1 - first] = split ? mirrored(group.turned[first]) : group.turned[first];
}

void panGroup(Group& group, double fractionRight, double fractionUp) {
  const double height = 2 * group.camera->GetParallelScale();
  group.panRight -= fractionRight * height;
  group.panUp -= fractionUp * height;
}

void placeCamera(Group& group, double halfHeight) {
  const double away = 10 * (group.radius + group.fitWidth + 1);
  group.camera->SetParallelScale(halfHeight / group.zoom);
  group.camera->SetFocalPoint(group.panRight, 0, group.panUp);
  group.camera->SetPosition(group.panRight, -away, group.panUp);
  group.camera->SetViewUp(0, 0, 1);
  group.camera->SetClippingRange(away / 100, 2 * away);
}

} // namespace cortograph
