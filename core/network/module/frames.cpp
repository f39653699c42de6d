#include "network/module/frames.h"

#include <algorithm>

namespace cortograph {

std::optional<std::uint64_t>
tokenBytes(std::span<const TokenShape> layers, std::int64_t images, std::uint64_t most) noexcept {
  constexpr std::int64_t mostChannels = 1 << 20;
  constexpr std::int64_t mostRows = 1 << 14;
  std::uint64_t bytes = 0;
  for (const TokenShape& layer : layers) {
    if (layer.images != images || layer.channels < 1 || layer.channels > mostChannels ||
        layer.rows < 1 || layer.rows > mostRows || layer.columns < 1 || layer.columns > mostRows) {
      return std::nullopt;
    }
    const auto image =
        static_cast<std::uint64_t>(layer.channels * (layer.rows * layer.columns + 1)) *
        sizeof(float);                                     // below 2^51
    const auto count = static_cast<std::uint64_t>(images); // this program's own
    if (image > (most - bytes) / std::max(count, std::uint64_t{1})) {
      return std::nullopt;
    }
    bytes += image * count;
  }
  return bytes;
}

} // namespace cortograph
