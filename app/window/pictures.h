#pragma once

#include "base/picture.h"

#include <QImage>

namespace cortograph {

/// Between Qt's images and ours; both copy.
[[nodiscard]] Picture pictureOf(const QImage& image);
[[nodiscard]] QImage imageOf(const Picture& picture);

} // namespace cortograph
