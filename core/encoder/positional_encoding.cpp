#include "encoder/positional_encoding.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {
constexpr int axes = 3;
constexpr int frequencies = encodingWidth / (2 * axes);
constexpr double frequencyBase = 1000;
constexpr float encodedExtent = 100;
} // namespace

std::array<float, 4> encodingFrameOf(const std::vector<Point>& points) {
  if (points.empty()) {
    throw Error(ErrorKind::mismatch, "No vertices are modelled; an encoder needs at least two.");
  }
  Point low = points.front();
  Point high = points.front();
  for (const Point& point : points) {
    for (std::size_t axis = 0; axis < axes; ++axis) {
      if (!std::isfinite(point[axis])) {
        throw Error(ErrorKind::mismatch,
                    "A vertex's coordinate is not a finite number; the sphere surface is damaged.");
      }
      low[axis] = std::min(low[axis], point[axis]);
      high[axis] = std::max(high[axis], point[axis]);
    }
  }
  const float extent = std::max({high[0] - low[0], high[1] - low[1], high[2] - low[2]});
  if (!(extent > 0)) {
    throw Error(ErrorKind::mismatch,
                "All vertices are at one point; an encoder needs vertices spread over a sphere.");
  }
  return {low[0], low[1], low[2], extent};
}

torch::Tensor positionalEncoding(const std::vector<Point>& points,
                                 const std::array<float, 4>& frame) {
  std::array<float, frequencies> omega{};
  for (int k = 0; k < frequencies; ++k) {
    const double exponent = (1.0 / frequencies - 1.0) * k / (frequencies - 1);
    omega[static_cast<std::size_t>(k)] = static_cast<float>(std::pow(frequencyBase, exponent));
  }
  torch::Tensor encoding =
      torch::empty({static_cast<std::int64_t>(points.size()), encodingWidth}, torch::kFloat32);
  // Rounded as in the public implementation: the last bit matters at the highest frequencies.
  const float factor = 1.0F / frame[3] * encodedExtent;
  float* out = encoding.data_ptr<float>();
  for (const Point& point : points) {
    for (std::size_t axis = 0; axis < axes; ++axis) {
      const float place = (point[axis] - frame[axis]) * factor;
      for (const float w : omega) {
        *out++ = std::sin(w * place);
        *out++ = std::cos(w * place);
      }
    }
  }
  return encoding;
}

} // namespace cortograph
