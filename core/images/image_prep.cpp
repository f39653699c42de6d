#include "images/image_prep.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <vector>

namespace cortograph {

namespace {

constexpr int fractionBits =
    22; // as in Pillow: 32 bits, minus 8 for the value, minus 2 of headroom
constexpr int channels = 3;

/// Describes how one axis is resampled: `source` pixels become `full` pixels, and only the `count`
/// pixels from `first` are computed.
struct Side {
  int source = 0;
  int full = 0;
  int first = 0;
  int count = 0;
};

double kernel(Resampling resampling, double x) {
  x = std::abs(x);
  if (resampling == Resampling::bilinear) {
    return x < 1.0 ? 1.0 - x : 0.0;
  }
  constexpr double a = -0.5;
  if (x < 1.0) {
    return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
  }
  return x < 2.0 ? (((x - 5.0) * x + 8.0) * x - 4.0) * a : 0.0;
}

/// Holds the source pixels that contribute to one output pixel, with fixed-point weights.
struct Taps {
  int first = 0;
  std::vector<std::int32_t> weights;
};

std::vector<Taps> tapsOf(const Side& side, Resampling resampling) {
  const double scale = static_cast<double>(side.source) / side.full;
  const double widening = std::max(scale, 1.0);
  const double support = (resampling == Resampling::bilinear ? 1.0 : 2.0) * widening;
  std::vector<Taps> all(static_cast<std::size_t>(side.count));
  std::vector<double> weights;
  for (int i = 0; i < side.count; ++i) {
    const double center = (side.first + i + 0.5) * scale;
    const int first = std::max(static_cast<int>(std::floor(center - support + 0.5)), 0);
    const int last = std::min(static_cast<int>(std::floor(center + support + 0.5)), side.source);
    weights.clear();
    double sum = 0;
    for (int j = first; j < last; ++j) {
      weights.push_back(kernel(resampling, (j - center + 0.5) / widening));
      sum += weights.back();
    }
    Taps& taps = all[static_cast<std::size_t>(i)];
    taps.first = first;
    for (const double weight : weights) {
      const double fixed = weight / sum * (1 << fractionBits);
      taps.weights.push_back(static_cast<std::int32_t>(fixed + (fixed < 0 ? -0.5 : 0.5)));
    }
  }
  return all;
}

std::uint8_t toByte(std::int32_t sum) {
  return static_cast<std::uint8_t>(std::clamp(sum >> fractionBits, 0, 255));
}

/// An 8-bit RGB image, rows from the top.
struct Plane {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;

  Plane(int w, int h) : width(w), height(h), rgb(static_cast<std::size_t>(w) * h * channels) {}
  [[nodiscard]] const std::uint8_t* row(int y) const {
    return rgb.data() + static_cast<std::size_t>(y) * width * channels;
  }
  [[nodiscard]] std::uint8_t* row(int y) {
    return rgb.data() + static_cast<std::size_t>(y) * width * channels;
  }
};

Plane horizontally(const Plane& in, const std::vector<Taps>& taps) {
  Plane out(static_cast<int>(taps.size()), in.height);
  for (int y = 0; y < in.height; ++y) {
    std::uint8_t* to = out.row(y);
    for (const Taps& tap : taps) {
      const std::uint8_t* from = in.row(y) + static_cast<std::ptrdiff_t>(tap.first) * channels;
      std::int32_t sums[channels] = {
          1 << (fractionBits - 1), 1 << (fractionBits - 1), 1 << (fractionBits - 1)};
      for (const std::int32_t weight : tap.weights) {
        for (std::int32_t& sum : sums) {
          sum += *from++ * weight;
        }
      }
      for (const std::int32_t sum : sums) {
        *to++ = toByte(sum);
      }
    }
  }
  return out;
}

Plane vertically(const Plane& in, const std::vector<Taps>& taps) {
  Plane out(in.width, static_cast<int>(taps.size()));
  const auto rowValues = static_cast<std::size_t>(in.width) * channels;
  std::vector<std::int32_t> sums(rowValues);
  for (int y = 0; y < out.height; ++y) {
    const Taps& tap = taps[static_cast<std::size_t>(y)];
    std::fill(sums.begin(), sums.end(), 1 << (fractionBits - 1));
    int source = tap.first;
    for (const std::int32_t weight : tap.weights) {
      const std::uint8_t* from = in.row(source++);
      for (std::size_t i = 0; i < rowValues; ++i) {
        sums[i] += from[i] * weight;
      }
    }
    std::transform(sums.begin(), sums.end(), out.row(y), toByte);
  }
  return out;
}

Plane resample(const Picture& picture, const Side& x, const Side& y, Resampling resampling) {
  Plane plane(picture.width, picture.height);
  for (std::size_t i = 0; i < plane.rgb.size() / channels; ++i) {
    std::copy_n(&picture.rgba[4 * i], channels, &plane.rgb[channels * i]);
  }
  if (x.source != x.full || x.count != x.full) {
    plane = horizontally(plane, tapsOf(x, resampling));
  }
  if (y.source != y.full || y.count != y.full) {
    plane = vertically(plane, tapsOf(y, resampling));
  }
  return plane;
}

void checkSizes(const Picture& picture, int width, int height) {
  const auto pixels = static_cast<std::size_t>(std::max(picture.width, 0)) * 4 *
                      static_cast<std::size_t>(std::max(picture.height, 0));
  if (pixels == 0 || picture.rgba.size() != pixels || width < 1 || height < 1) {
    throw Error(ErrorKind::mismatch,
                "A picture of " + std::to_string(picture.width) + "x" +
                    std::to_string(picture.height) + " pixels can't be resized to " +
                    std::to_string(width) + "x" + std::to_string(height) +
                    "; both need at least one pixel.");
  }
}

/// Returns the central `size` pixels of an axis resampled to `full` pixels. Half a pixel is rounded
/// to even, as torchvision's crop does.
Side middle(int source, int full, int size) {
  return {.source = source,
          .full = full,
          .first = static_cast<int>(std::nearbyint((full - size) / 2.0)),
          .count = size};
}

Side whole(int source, int size) {
  return {.source = source, .full = size, .first = 0, .count = size};
}

struct Sides {
  Side x;
  Side y;
};

/// Resizes with the picture's own proportions, until it covers `size` (centerCrop) or fits inside
/// it (pad). One side fits exactly; the length of the other is rounded down to whole pixels.
Sides inProportion(const Picture& picture, const Extent& size, const Preparation& preparation) {
  const bool cover = preparation.framing == Framing::centerCrop;
  const auto enlarged = [&](int side) {
    return static_cast<int>(std::floor(side / preparation.cropShare + 1e-9));
  };
  const int columns = cover ? enlarged(size.columns) : size.columns;
  const int rows = cover ? enlarged(size.rows) : size.rows;
  const auto scaled = [](int side, int other, int otherScaled) {
    return std::max(1, static_cast<int>(static_cast<std::int64_t>(otherScaled) * side / other));
  };
  const bool wide = static_cast<std::int64_t>(picture.width) * rows >=
                    static_cast<std::int64_t>(picture.height) * columns;
  const bool fitRows = wide == cover;
  const int width = fitRows ? scaled(picture.width, picture.height, rows) : columns;
  const int height = fitRows ? rows : scaled(picture.height, picture.width, columns);
  if (cover) {
    return {middle(picture.width, width, size.columns), middle(picture.height, height, size.rows)};
  }
  return {whole(picture.width, width), whole(picture.height, height)};
}

std::string_view nameOf(Framing framing) {
  switch (framing) {
  case Framing::stretch:
    return "stretch";
  case Framing::centerCrop:
    return "center crop";
  case Framing::pad:
    break;
  }
  return "pad";
}

} // namespace

Preparation referencePreparation() {
  return {.framing = Framing::stretch,
          .resampling = Resampling::bilinear,
          .mean = {0.485F, 0.456F, 0.406F},
          .deviation = {0.229F, 0.224F, 0.225F}};
}

std::string toString(const Preparation& preparation) {
  std::ostringstream text;
  text << nameOf(preparation.framing);
  if (preparation.framing == Framing::centerCrop && preparation.cropShare != 1) {
    text << ' ' << preparation.cropShare;
  }
  text << (preparation.resampling == Resampling::bilinear ? " bilinear" : " bicubic") << ", mean";
  for (const float value : preparation.mean) {
    text << ' ' << value;
  }
  text << ", deviation";
  for (const float value : preparation.deviation) {
    text << ' ' << value;
  }
  return text.str();
}

Picture resized(const Picture& picture, int width, int height, Resampling resampling) {
  checkSizes(picture, width, height);
  const Plane plane =
      resample(picture, whole(picture.width, width), whole(picture.height, height), resampling);
  Picture out(width, height);
  for (std::size_t i = 0; i < plane.rgb.size() / channels; ++i) {
    std::copy_n(&plane.rgb[channels * i], channels, &out.rgba[4 * i]);
    out.rgba[4 * i + channels] = 255;
  }
  return out;
}

void prepareInto(const Picture& picture,
                 const Extent& size,
                 const Preparation& preparation,
                 std::span<float> out) {
  checkSizes(picture, size.columns, size.rows);
  const Sides sides =
      preparation.framing == Framing::stretch
          ? Sides{whole(picture.width, size.columns), whole(picture.height, size.rows)}
          : inProportion(picture, size, preparation);
  const Plane plane = resample(picture, sides.x, sides.y, preparation.resampling);
  const auto columns = static_cast<std::size_t>(size.columns);
  const std::size_t pixels = columns * static_cast<std::size_t>(size.rows);
  std::fill(out.begin(), out.end(), 0.0F); // padding: 0 is the mean
  for (std::size_t c = 0; c < channels; ++c) {
    for (int y = 0; y < plane.height; ++y) {
      const std::uint8_t* from = plane.row(y) + c;
      float* to = &out[c * pixels + static_cast<std::size_t>(y) * columns];
      for (int x = 0; x < plane.width; ++x) {
        const float value = static_cast<float>(from[std::ptrdiff_t{channels} * x]) / 255.0F;
        to[x] = (value - preparation.mean[c]) / preparation.deviation[c];
      }
    }
  }
}

} // namespace cortograph
