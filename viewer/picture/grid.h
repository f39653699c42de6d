#pragma once

#include "brain/cortex.h"
#include "kinds/map_kind.h"
#include "kinds/selection_means.h"
#include "viewer/picture/shape_mix.h"
#include "viewer/picture/style.h"
#include "viewer/picture/vertex_of.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// One brain in the grid.
struct Pane {
  std::string title;
  std::shared_ptr<const Cortex> cortex;
  MapSource source;           ///< map may be null: the bare cortex, or a kind that needs none
  std::string kind = "layer"; ///< a MapKind's name
  ShapeMix shape = Shape::inflated;
  std::optional<VertexOf> pinned{}; ///< marked, where the mesh has it
  std::string row{};                ///< title of the map or data, which no other row has
};

/// Everything the picture depends on but the cameras: panes in rows.
struct GridState {
  std::vector<std::vector<Pane>> rows;
  Style style;
  std::optional<VertexSelection> selection; ///< outlined in every pane of its mesh
};

/// In reading order.
[[nodiscard]] std::vector<const Pane*> panesOf(const GridState& state);

} // namespace cortograph
