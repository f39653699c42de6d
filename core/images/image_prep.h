#pragma once

#include "base/extent.h"
#include "base/picture.h"

#include <array>
#include <span>

namespace cortograph {

enum class Resampling { bilinear, bicubic };
enum class Framing {
  stretch,    ///< the whole picture becomes the input
  centerCrop, ///< the picture covers the input, its middle is kept
  pad         ///< the whole picture lies in the input's top left, the rest is the mean
};

/// How a picture becomes a network's input: resampled as Pillow does (antialiased), values / 255,
/// minus mean, over deviation, for red, green, blue.
struct Preparation {
  Framing framing = Framing::stretch;
  Resampling resampling = Resampling::bilinear;
  std::array<float, 3> mean{};
  std::array<float, 3> deviation{1.0F, 1.0F, 1.0F};
  double cropShare = 1; ///< of centerCrop: the input's side / the covering picture's, 224 / 256
};

/// The public encoder's, for every network alike: stretched, bilinear, ImageNet mean and deviation.
[[nodiscard]] Preparation referencePreparation();

/// "stretch bilinear, mean 0.485 0.456 0.406, deviation 0.229 0.224 0.225": recorded with results.
[[nodiscard]] std::string toString(const Preparation& preparation);

/// Red, green and blue (alpha is dropped, as Pillow's convert("RGB") does) at width × height, to
/// the grey level what Pillow's Image.resize gives: separable, filter widened when shrinking,
/// fixed-point weights, 8-bit between the two passes.
[[nodiscard]] Picture resized(const Picture& picture, int width, int height, Resampling resampling);

/// Writes 3 × rows × columns values.
void prepareInto(const Picture& picture,
                 const Extent& size,
                 const Preparation& preparation,
                 std::span<float> out);

} // namespace cortograph
