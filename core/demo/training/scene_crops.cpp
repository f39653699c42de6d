#include "demo/training/scene_crops.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

struct Crop {
  float left = 0;
  float top = 0;
  float side = 0;
};

/// A change of colours. Each channel is multiplied by its gain; then the distance from grey is
/// multiplied by the saturation, the distance from a middle level by the contrast, and the shift is
/// added. The unit is one level of 256.
struct Colors {
  std::array<float, 3> gain{1, 1, 1};
  float saturation = 1;
  float contrast = 1;
  float shift = 0;
};

float between(SplitMix& random, double low, double high) {
  return static_cast<float>(random.uniform(low, high));
}

Crop drawnCrop(SplitMix& random, const CropRange& range, int side) {
  const double share = random.uniform(range.smallest, range.largest);
  const double length = side * std::sqrt(share);
  return {between(random, 0, side - length),
          between(random, 0, side - length),
          static_cast<float>(length)};
}

Colors drawnColors(SplitMix& random) {
  Colors colors;
  for (float& gain : colors.gain) {
    gain = between(random, 0.85, 1.15);
  }
  colors.saturation = random.uniform() < 0.15 ? 0.0F : between(random, 0.5, 1.4);
  colors.contrast = between(random, 0.65, 1.35);
  colors.shift = between(random, -35, 35);
  return colors;
}

/// Two neighbouring pixels and the weight of the second one.
struct Tap {
  int first = 0;
  int second = 0;
  float weight = 0;
};

std::vector<Tap> tapsOf(float start, float length, int count, int side) {
  std::vector<Tap> taps(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const float at = std::clamp(
        start + (static_cast<float>(i) + 0.5F) * length / static_cast<float>(count) - 0.5F,
        0.0F,
        static_cast<float>(side - 1));
    const int first = static_cast<int>(at);
    taps[static_cast<std::size_t>(i)] = {
        first, std::min(first + 1, side - 1), at - static_cast<float>(first)};
  }
  return taps;
}

std::uint8_t toByte(float value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.0F, 255.0F));
}

void addColors(const Colors& colors, const float* rgb, std::uint8_t* out) {
  std::array<float, 3> tinted{};
  float gray = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    tinted[c] = rgb[c] * colors.gain[c];
    gray += tinted[c] / 3;
  }
  constexpr float middle = 118;
  for (std::size_t c = 0; c < 3; ++c) {
    const float value = gray + colors.saturation * (tinted[c] - gray);
    out[c] = toByte(middle + colors.contrast * (value - middle) + colors.shift);
  }
}

/// Resamples a crop bilinearly. That is good enough, because pictures are stored at a size that
/// crops are close to.
void cropInto(
    const RgbView& from, const Crop& crop, const Colors& colors, int side, std::uint8_t* out) {
  const std::vector<Tap> columns = tapsOf(crop.left, crop.side, side, from.side);
  const std::vector<Tap> rows = tapsOf(crop.top, crop.side, side, from.side);
  for (const Tap& row : rows) {
    const std::uint8_t* above = from.values.data() + std::ptrdiff_t{3} * row.first * from.side;
    const std::uint8_t* below = from.values.data() + std::ptrdiff_t{3} * row.second * from.side;
    for (const Tap& column : columns) {
      std::array<float, 3> rgb{};
      for (int c = 0; c < 3; ++c) {
        const int left = 3 * column.first + c;
        const int right = 3 * column.second + c;
        const float high = static_cast<float>(above[left]) +
                           column.weight * static_cast<float>(above[right] - above[left]);
        const float low = static_cast<float>(below[left]) +
                          column.weight * static_cast<float>(below[right] - below[left]);
        rgb[static_cast<std::size_t>(c)] = high + row.weight * (low - high);
      }
      addColors(colors, rgb.data(), out);
      out += 3;
    }
  }
}

} // namespace

torch::Tensor cropsOf(const SceneBatch& batch, const CropRange& range, int view, int patch) {
  const std::int64_t places = std::int64_t{range.side / patch} * (range.side / patch);
  torch::Tensor patches = torch::empty({batch.count(), places, std::int64_t{3} * patch * patch});
  const auto size = static_cast<std::size_t>(patches.stride(0));
  float* to = patches.data_ptr<float>();
  std::vector<std::uint8_t> bytes(3 * static_cast<std::size_t>(range.side) *
                                  static_cast<std::size_t>(range.side));
  for (std::size_t i = 0; i < batch.which.size(); ++i) {
    const RgbView picture = batch.scenes->picture(batch.which[i]);
    SplitMix random(batch.randomOf(i).bits(), static_cast<std::uint64_t>(view));
    const Crop crop = drawnCrop(random, range, picture.side);
    const Colors colors = drawnColors(random);
    cropInto(picture, crop, colors, range.side, bytes.data());
    writePatches({range.side, bytes}, patch, {to, size});
    to += size;
  }
  return patches;
}

} // namespace cortograph
