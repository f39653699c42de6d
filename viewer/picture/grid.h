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
  MapSource source;           ///< without a map: the bare cortex, or a kind that needs no map
  std::string kind = "layer"; ///< a MapKind's name
  ShapeMix shape = Shape::inflated;
  std::optional<VertexOf> pinned{}; ///< the vertex to mark, if the mesh has it
  std::string row{};                ///< title of the map or data, which no other row has
};

/// The state of a grid: panes in rows, and everything else that the picture depends on, except the
/// camera.
struct GridState {
  std::vector<std::vector<Pane>> rows;
  Style style;
  std::optional<VertexSelection> selection; ///< outlined in every pane with its mesh
};

/// Returns the panes in reading order.
[[nodiscard]] std::vector<const Pane*> panesOf(const GridState& state);

} // namespace cortograph
