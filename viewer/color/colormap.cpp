#include "viewer/color/colormap.h"

#include "base/error.h"

#include <string>

namespace cortograph {

const Colormap& colormapNamed(std::string_view name) {
  std::string known;
  for (const ColormapEntry entry : colormapTable()) {
    if (entry().name == name) {
      return entry();
    }
    known += (known.empty() ? "" : ", ") + std::string(entry().name);
  }
  throw Error(ErrorKind::notFound,
              "There is no colour map \"" + std::string(name) + "\"; choose one of " + known + ".");
}

const Colormap& safeAlternative(const Colormap& colormap) {
  return colormapNamed(colormap.safe);
}

} // namespace cortograph
