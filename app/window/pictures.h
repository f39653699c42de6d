#pragma once

#include "base/picture.h"

#include <QImage>

namespace cortograph {

/// Convert between Qt's images and Picture; both copy the pixels.
[[nodiscard]] Picture pictureOf(const QImage& image);
[[nodiscard]] QImage imageOf(const Picture& picture);

} // namespace cortograph
