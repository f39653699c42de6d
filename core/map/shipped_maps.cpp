#include "map/shipped_maps.h"

namespace cortograph {

std::vector<ShippedMap> shippedMaps() {
  std::vector<ShippedMap> maps;
  for (const MapCollectionEntry entry : mapCollectionTable()) {
    for (ShippedMap& map : entry().maps()) {
      maps.push_back(std::move(map));
    }
  }
  return maps;
}

} // namespace cortograph
