#include "app/window/pictures.h"

#include <algorithm>
#include <cstddef>

namespace cortograph {

Picture pictureOf(const QImage& image) {
  const QImage rgba = image.convertToFormat(QImage::Format_RGBA8888);
  Picture picture(rgba.width(), rgba.height());
  for (int y = 0; y < rgba.height(); ++y) {
    // A row of a QImage may be padded.
    std::copy_n(rgba.constScanLine(y),
                static_cast<std::size_t>(rgba.width()) * 4,
                picture.rgba.data() + static_cast<std::size_t>(y) * rgba.width() * 4);
  }
  return picture;
}

QImage imageOf(const Picture& picture) {
  return QImage(picture.rgba.data(),
                picture.width,
                picture.height,
                static_cast<qsizetype>(picture.width) * 4,
                QImage::Format_RGBA8888)
      .copy();
}

} // namespace cortograph
