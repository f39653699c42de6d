#pragma once

#include "base/picture.h"

#include <cstdint>
#include <optional>
#include <span>

namespace cortograph::codecs {

/// Returns the orientation, 1 to 8, in the TIFF structure of EXIF data (CIPA DC-008, tag 0x0112);
/// nothing when there is none. `tiff` starts after the name "Exif".
[[nodiscard]] std::optional<int> exifOrientation(std::span<const std::uint8_t> tiff);

/// Returns whether an orientation exchanges rows and columns: 5 to 8 do.
[[nodiscard]] bool turnsOver(int orientation);
/// Turns a stored picture upright.
[[nodiscard]] Picture turned(Picture stored, int orientation);

} // namespace cortograph::codecs
