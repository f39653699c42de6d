#pragma once

#include "base/picture.h"

#include <cstdint>
#include <optional>
#include <span>

namespace cortograph::codecs {

/// The orientation, 1 to 8, in the TIFF structure of EXIF data (CIPA DC-008, tag 0x0112), without
/// the name "Exif" in front; nothing where there is none.
[[nodiscard]] std::optional<int> exifOrientation(std::span<const std::uint8_t> tiff);

/// Whether rows and columns change places: orientations 5 to 8.
[[nodiscard]] bool turnsOver(int orientation);
/// The picture as it is to be seen.
[[nodiscard]] Picture turned(Picture stored, int orientation);

} // namespace cortograph::codecs
