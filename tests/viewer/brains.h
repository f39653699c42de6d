#pragma once

#include "base/picture.h"
#include "brain/cortex.h"
#include "map/brain_map.h"
#include "support/test_data.h"
#include "viewer/scene/scene.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

namespace cortograph::test {

inline std::filesystem::path fsaverage5() {
  return dataPath("fsaverage5");
}

/// A map of every vertex whose values are told by side and by place on the sphere.
struct Selected {
  int layer = 0; ///< from 0, of 12
  float sureness = 1;
  float x = 0;
  float y = 0;
  float scale = 0;
  float r2 = 0;
};

inline std::shared_ptr<const BrainMap>
makeMap(const Cortex& cortex,
        const std::function<bool(Side, const Point&)>& modeled,
        const std::function<Selected(Side, const Point&)>& select) {
  constexpr std::size_t layers = 12;
  auto map = std::make_shared<BrainMap>();
  map->vertices.mesh = cortex.mesh;
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    if (!cortex.has(side)) {
      continue;
    }
    const auto& sphere = cortex.hemisphere(side).shapes.at(Shape::sphere).verticesRas;
    for (std::size_t i = 0; i < sphere.size(); ++i) {
      if (!modeled(side, sphere[i])) {
        continue;
      }
      map->vertices.ofSide[s].push_back(static_cast<std::int32_t>(i));
      const Selected chosen = select(side, sphere[i]);
      const float rest = (1 - chosen.sureness) / static_cast<float>(layers);
      for (int l = 0; l < static_cast<int>(layers); ++l) {
        map->layer.values.push_back(rest + (l == chosen.layer ? chosen.sureness : 0.0F));
      }
      map->space.values.insert(map->space.values.end(), {chosen.x, chosen.y});
      map->scale.values.push_back(chosen.scale);
      map->r2.push_back(chosen.r2);
    }
  }
  const std::size_t n = map->vertices.size();
  map->layer.shape = {n, layers};
  map->space.shape = {n, 2};
  map->scale.shape = {n};
  return map;
}

/// Two maps on fsaverage5.
struct Brains {
  std::shared_ptr<const Cortex> cortex;
  std::shared_ptr<const BrainMap> leftOnly; ///< R2 0.75 in the whole left hemisphere
  std::shared_ptr<const BrainMap> smooth;   ///< everything varies, in the back of the head

  void read() {
    cortex = readCortex(fsaverage5());
    leftOnly = makeMap(
        *cortex,
        [](Side side, const Point&) { return side == Side::left; },
        [](Side, const Point&) {
          return Selected{0, 1, 0, 0, 0.3F, 0.75F};
        });
    smooth = makeMap(
        *cortex,
        [](Side, const Point& p) { return p[1] < -20; },
        [](Side, const Point& p) {
          return Selected{std::clamp(static_cast<int>((p[1] + 100) / 80 * 12), 0, 11),
                          std::clamp((p[2] + 100) / 200, 0.0F, 1.0F),
                          p[0] / 100,
                          -p[2] / 100,
                          (p[1] + 100) / 80,
                          0.5F + p[2] / 200};
        });
  }

  /// One pane without a legend.
  [[nodiscard]] GridState
  one(std::shared_ptr<const BrainMap> map, const std::string& kind, const ShapeMix& shape) const {
    GridState state;
    state.rows = {{{"", cortex, {std::move(map), nullptr}, kind, shape}}};
    state.style.legends.shown = false;
    return state;
  }
};

inline bool everywhere(Side, const Point&) {
  return true;
}

/// Writes the picture into the folder $CORTOGRAPH_TEST_PICTURES when that is set, to look at.
inline void keep(const Picture& picture, const std::string& name) {
  if (const char* folder = std::getenv("CORTOGRAPH_TEST_PICTURES")) {
    writePng(std::filesystem::path(folder) / (name + ".png"), picture);
  }
}

} // namespace cortograph::test
