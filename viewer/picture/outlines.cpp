#include "viewer/picture/outlines.h"

namespace cortograph {

bool isOutlinedFirst(const Region& region) {
  return region.group != "streams";
}

} // namespace cortograph
