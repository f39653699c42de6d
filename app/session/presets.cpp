#include "app/session/presets.h"

#include "app/session/grid.h"
#include "base/error.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cortograph {

namespace {

void showFlat(Document& document, const std::vector<std::string>& kinds) {
  document.enlarged.reset();
  for (MapRow& row : document.rows) {
    if (isDrawnMap(row)) {
      row.look.kinds = kinds;
      row.look.shape = shapeFor(*row.cortex, Shape::flat);
    }
  }
}

std::vector<std::string> everyLayer(const Document& document) {
  std::size_t layers = 0;
  for (const MapRow& row : document.rows) {
    if (isDrawnMap(row)) {
      layers = std::max(layers, row.map->layer.rowSize());
    }
  }
  std::vector<std::string> kinds;
  for (std::size_t layer = 1; layer <= layers; ++layer) {
    kinds.push_back("layer-weight:" + std::to_string(layer));
  }
  return kinds;
}

constexpr std::array<Preset, 3> presetTable{{
    {.name = "networks",
     .title = "Networks side by side, a row for each subject",
     .apply =
         [](Document& document) {
           showFlat(document, {"layer"});
           document.style.arrangement = Arrangement::subjects;
         }},
    {.name = "strip",
     .title = "Layer, place, scale and channels in a row",
     .apply =
         [](Document& document) {
           showFlat(document, {"layer", "space", "scale", "channel"});
           document.style.arrangement = Arrangement::maps;
         }},
    {.name = "layers",
     .title = "The weight of every layer",
     .apply =
         [](Document& document) {
           showFlat(document, everyLayer(document));
           document.style.arrangement = Arrangement::wrapped;
           document.style.columns = 6;
         }},
}};

} // namespace

std::span<const Preset> presets() {
  return presetTable;
}

const Preset& presetNamed(std::string_view name) {
  std::string names;
  for (const Preset& preset : presetTable) {
    if (preset.name == name) {
      return preset;
    }
    names += (names.empty() ? "" : ", ") + std::string(preset.name);
  }
  throw Error(ErrorKind::notFound,
              "There is no layout \"" + std::string(name) + "\"; choose one of " + names + ".");
}

} // namespace cortograph
