#pragma once

#include "base/array.h"

#include <cstdint>
#include <map>
#include <string>

namespace cortograph {

/// Weights of the demo Vision Transformers, in timm's names.
using DemoTensors = std::map<std::string, Array<float>>;

/// The shape of a Vision Transformer with a MLP of four times its width.
struct DemoVitSize {
  int image = 96; ///< pixels a side
  int patch = 12;
  int depth = 8;
  int width = 64;
  int heads = 4;
  bool classToken = true; ///< without: the global token is the mean of the local ones

  [[nodiscard]] int grid() const { return image / patch; }
  [[nodiscard]] int places() const { return grid() * grid(); }
  bool operator==(const DemoVitSize&) const = default;
};

inline constexpr DemoVitSize smallDemoVit{};
inline constexpr DemoVitSize largeDemoVit{96, 12, 10, 72, 4, true};
inline constexpr DemoVitSize gaborVit{128, 16, 6, 80, 4, true};

/// Every tensor of the size, all zero but for norms, which are the identity.
[[nodiscard]] DemoTensors emptyVit(const DemoVitSize& size);

/// Where training starts, drawn from the seed: positions as sines and cosines of row and column
/// (Vaswani et al. 2017), weights normal with the deviation that keeps the size of what they are
/// given, less where blocks add up.
[[nodiscard]] DemoTensors initialVit(const DemoVitSize& size, std::uint64_t seed);

/// Makes the patch embedding low cosines of luminance and two opponent colours, so that training
/// need not find them.
void startWithCosines(const DemoVitSize& size, Array<float>& patches);

/// Computed from formulas, no training; of size gaborVit, prepared as the reference does.
///   patch embedding: Gabor pairs (even, odd), luminance and two opponent colours
///   block 0, MLP: their energy; later blocks: attention, local by position embeddings, pools
///   energies over ever wider neighbourhoods until the last sees the whole image; class token: the
///   image-wide mean at every depth.
[[nodiscard]] DemoTensors gaborTensors();

} // namespace cortograph
