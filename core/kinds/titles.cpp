#include "kinds/titles.h"

#include "base/plain_text.h"

namespace cortograph {

std::string paneTitle(const std::string& row, const MapKind& kind, const MapSource& source) {
  constexpr std::size_t most = 60; ///< characters of a name, so that what is painted is seen too
  const std::string title = shownText(row, most);
  std::string painted(kind.title);
  if (kind.ofLayer) {
    painted = "layer " + std::to_string(source.layer);
  } else if (kind.ofData && source.data != nullptr) {
    painted = shownText(source.data->name, most);
  }
  return painted == title ? title : title + " – " + painted;
}

} // namespace cortograph
