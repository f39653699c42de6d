#pragma once

#include "base/extent.h"
#include "base/picture.h"

#include <array>
#include <span>

namespace cortograph {

enum class Resampling { bilinear, bicubic };
enum class Framing {
  stretch,    ///< the whole picture is resized to the input size, whatever its proportions
  centerCrop, ///< the picture is resized until it covers the input, then cropped at its centre
  pad         ///< the whole picture is placed in the input's top left; the rest is the mean
};

/// Describes how a picture becomes a network's input. It is resampled as Pillow does (antialiased);
/// then each of red, green and blue becomes (value / 255 - mean) / deviation.
struct Preparation {
  Framing framing = Framing::stretch;
  Resampling resampling = Resampling::bilinear;
  std::array<float, 3> mean{};
  std::array<float, 3> deviation{1.0F, 1.0F, 1.0F};
  double cropShare = 1; ///< for centerCrop: side of the input / side of the resized picture
};

/// Returns the preparation that the public encoder uses for every network: stretched, bilinear,
/// ImageNet mean and deviation.
[[nodiscard]] Preparation referencePreparation();

/// Returns the text that is recorded with results, such as "stretch bilinear, mean 0.485 0.456
/// 0.406, deviation 0.229 0.224 0.225".
[[nodiscard]] std::string toString(const Preparation& preparation);

/// Resizes a picture exactly as Pillow's Image.resize does, to the grey level: separable, filter
/// widened when shrinking, fixed-point weights, 8 bits between the two passes. Alpha is dropped, as
/// by Pillow's convert("RGB"). Throws Error{mismatch} on a picture or size without pixels.
[[nodiscard]] Picture resized(const Picture& picture, int width, int height, Resampling resampling);

/// Prepares a picture at `size` and writes 3 × rows × columns values to `out`. Throws
/// Error{mismatch} on a picture or size without pixels.
void prepareInto(const Picture& picture,
                 const Extent& size,
                 const Preparation& preparation,
                 std::span<float> out);

} // namespace cortograph
