#include "viewer/picture/outlines.h"

namespace cortograph {

bool isOutlinedByDefault(const Region& region) {
  return region.group != "streams";
}

} // namespace cortograph
