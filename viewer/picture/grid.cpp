#include "viewer/picture/grid.h"

namespace cortograph {

std::vector<const Pane*> panesOf(const GridState& state) {
  std::vector<const Pane*> panes;
  for (const std::vector<Pane>& row : state.rows) {
    for (const Pane& pane : row) {
      panes.push_back(&pane);
    }
  }
  return panes;
}

} // namespace cortograph
