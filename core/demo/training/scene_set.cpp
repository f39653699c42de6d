#include "demo/training/scene_set.h"

#include "compute/threads.h"
#include "images/image_prep.h"

#include <algorithm>

namespace cortograph {

namespace {

std::size_t bytesOf(int side) {
  return static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
}

void keepPicture(SceneSet& set, std::size_t i, const Picture& picture) {
  const Picture small = resized(picture, set.side, set.side, Resampling::bilinear);
  std::uint8_t* to = set.pictures.data() + i * 3 * bytesOf(set.side);
  for (std::size_t pixel = 0; pixel < bytesOf(set.side); ++pixel) {
    to = std::copy_n(small.rgba.data() + 4 * pixel, 3, to);
  }
}

void keepMask(SceneSet& set, std::size_t i, const demo::Scene& scene) {
  std::vector<int>& kinds = set.kindOfId[i];
  kinds.assign(256, -1);
  for (const demo::Thing& thing : scene.things) {
    kinds[thing.id] = static_cast<int>(thing.kind);
  }
  std::uint8_t* to = set.masks.data() + i * bytesOf(set.maskSide);
  for (int y = 0; y < set.maskSide; ++y) {
    const int row = (2 * y + 1) * demo::scenePixels / (2 * set.maskSide);
    for (int x = 0; x < set.maskSide; ++x) {
      const int column = (2 * x + 1) * demo::scenePixels / (2 * set.maskSide);
      *to++ = scene.mask[static_cast<std::size_t>(row) * demo::scenePixels +
                         static_cast<std::size_t>(column)];
    }
  }
}

/// Calls paint(i) for all i in pieces, between which it reports progress and can be cancelled.
template <class Paint>
void paintAll(std::int64_t count, const Control& control, const Paint& paint) {
  constexpr std::int64_t piece = 256;
  for (std::int64_t first = 0; first < count; first += piece) {
    control.cancel.throwIfCanceled();
    control.report({.what = "painting scenes",
                    .done = static_cast<double>(first),
                    .total = static_cast<double>(count),
                    .unit = "scenes",
                    .secondsLeft = std::nullopt});
    inParallel(std::min(piece, count - first), [&](std::int64_t i) { paint(first + i); });
  }
}

} // namespace

RgbView SceneSet::picture(std::int64_t i) const {
  const std::size_t size = 3 * bytesOf(side);
  return {side, {pictures.data() + static_cast<std::size_t>(i) * size, size}};
}

std::span<const std::uint8_t> SceneSet::mask(std::int64_t i) const {
  return {masks.data() + static_cast<std::size_t>(i) * bytesOf(maskSide), bytesOf(maskSide)};
}

SceneSet paintScenes(const SceneRange& range, const SceneSides& sides, const Control& control) {
  const auto count = static_cast<std::size_t>(range.count);
  SceneSet set;
  set.side = sides.picture;
  set.maskSide = sides.mask;
  set.pictures.resize(count * 3 * bytesOf(set.side));
  set.masks.resize(count * bytesOf(set.maskSide));
  set.kindOfId.resize(set.maskSide > 0 ? count : 0);
  set.kinds.resize(count);
  set.label.resize(count);
  set.captions.resize(count);
  paintAll(range.count, control, [&](std::int64_t index) {
    const auto i = static_cast<std::size_t>(index);
    const demo::Scene scene = demo::paintScene(range.seed, range.first + i);
    keepPicture(set, i, scene.picture);
    if (set.maskSide > 0) {
      keepMask(set, i, scene);
    }
    for (const demo::Thing& thing : scene.things) {
      set.kinds[i][static_cast<std::size_t>(thing.kind)] = true;
    }
    set.label[i] = static_cast<int>(scene.setting);
    set.captions[i] = scene.caption;
  });
  return set;
}

SceneSet
paintSpecials(demo::SpecialSet set, const SceneRange& range, int side, const Control& control) {
  const auto count = static_cast<std::size_t>(range.count);
  SceneSet painted;
  painted.side = side;
  painted.pictures.resize(count * 3 * bytesOf(side));
  painted.label.resize(count);
  paintAll(range.count, control, [&](std::int64_t index) {
    const auto i = static_cast<std::size_t>(index);
    const demo::SpecialImage image = demo::paintSpecial(set, range.seed, range.first + i);
    keepPicture(painted, i, image.picture);
    painted.label[i] = image.label;
  });
  return painted;
}

} // namespace cortograph
