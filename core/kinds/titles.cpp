#include "kinds/titles.h"

namespace cortograph {

std::string paneTitle(const std::string& row, const MapKind& kind, const MapSource& source) {
  std::string painted(kind.title);
  if (kind.ofLayer) {
    painted = "layer " + std::to_string(source.layer);
  } else if (kind.ofData && source.data != nullptr) {
    painted = source.data->name;
  }
  return painted == row ? row : row + " – " + painted;
}

} // namespace cortograph
