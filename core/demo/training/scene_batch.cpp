#include "demo/training/scene_batch.h"

#include "images/image_prep.h"

#include <array>

namespace cortograph {

namespace {

using ByteValues = std::array<std::array<float, 256>, 3>;

/// Returns the value that prepareInto() computes for each byte, per channel.
const ByteValues& byteValues() {
  static const ByteValues values = [] {
    const Preparation preparation = referencePreparation();
    ByteValues table{};
    for (std::size_t c = 0; c < table.size(); ++c) {
      for (std::size_t i = 0; i < table[c].size(); ++i) {
        table[c][i] =
            (static_cast<float>(i) / 255.0F - preparation.mean[c]) / preparation.deviation[c];
      }
    }
    return table;
  }();
  return values;
}

} // namespace

void writePatches(const RgbView& picture, int patch, std::span<float> out) {
  const ByteValues& values = byteValues();
  float* to = out.data();
  for (int top = 0; top < picture.side; top += patch) {
    for (int left = 0; left < picture.side; left += patch) {
      for (std::size_t c = 0; c < 3; ++c) {
        for (int y = top; y < top + patch; ++y) {
          const std::uint8_t* from = picture.values.data() +
                                     3 * (static_cast<std::ptrdiff_t>(y) * picture.side + left) + c;
          for (int x = 0; x < patch; ++x) {
            *to++ = values[c][from[std::ptrdiff_t{3} * x]];
          }
        }
      }
    }
  }
}

torch::Tensor patchesOf(const SceneBatch& batch, int patch) {
  const std::int64_t side = batch.scenes->side / patch;
  torch::Tensor patches =
      torch::empty({batch.count(), side * side, std::int64_t{3} * patch * patch});
  const auto size = static_cast<std::size_t>(patches.stride(0));
  float* to = patches.data_ptr<float>();
  for (const std::int64_t scene : batch.which) {
    writePatches(batch.scenes->picture(scene), patch, {to, size});
    to += size;
  }
  return patches;
}

torch::Tensor labelsOf(const SceneBatch& batch) {
  torch::Tensor labels = torch::empty({batch.count()}, torch::kInt64);
  auto* to = labels.data_ptr<std::int64_t>();
  for (const std::int64_t scene : batch.which) {
    *to++ = batch.scenes->label[static_cast<std::size_t>(scene)];
  }
  return labels;
}

torch::Tensor kindsOf(const SceneBatch& batch) {
  torch::Tensor kinds = torch::empty({batch.count(), std::int64_t{demo::kindCount}});
  auto* to = kinds.data_ptr<float>();
  for (const std::int64_t scene : batch.which) {
    for (const bool seen : batch.scenes->kinds[static_cast<std::size_t>(scene)]) {
      *to++ = seen ? 1.0F : 0.0F;
    }
  }
  return kinds;
}

torch::Tensor placedKindsOf(const SceneBatch& batch, int grid) {
  const int cell = batch.scenes->maskSide / grid;
  const float pixel = 1.0F / static_cast<float>(cell * cell);
  const std::int64_t places = std::int64_t{grid} * grid;
  torch::Tensor kinds = torch::zeros({batch.count(), places, std::int64_t{demo::kindCount}});
  float* to = kinds.data_ptr<float>();
  for (const std::int64_t scene : batch.which) {
    const std::vector<int>& kindOfId = batch.scenes->kindOfId[static_cast<std::size_t>(scene)];
    const std::span<const std::uint8_t> mask = batch.scenes->mask(scene);
    for (int i = 0; i < static_cast<int>(mask.size()); ++i) {
      const int kind = kindOfId[mask[static_cast<std::size_t>(i)]];
      if (kind >= 0) {
        const int row = i / batch.scenes->maskSide / cell;
        const int column = i % batch.scenes->maskSide / cell;
        to[(row * grid + column) * static_cast<int>(demo::kindCount) + kind] += pixel;
      }
    }
    to += kinds.stride(0);
  }
  return kinds;
}

} // namespace cortograph
