#pragma once

#include "base/array.h"

#include <cstdint>
#include <map>
#include <string>

namespace cortograph {

/// The weights of a demo Vision Transformer, under timm's names.
using DemoTensors = std::map<std::string, Array<float>>;

/// The size of a Vision Transformer whose MLP is four times as wide as its tokens.
struct DemoVitSize {
  int image = 96; ///< pixels a side
  int patch = 12; ///< pixels a side
  int depth = 8;  ///< blocks
  int width = 64; ///< channels
  int heads = 4;
  bool classToken = true; ///< false: the global token is the mean of the local tokens

  [[nodiscard]] int grid() const { return image / patch; }
  [[nodiscard]] int places() const { return grid() * grid(); }
  bool operator==(const DemoVitSize&) const = default;
};

inline constexpr DemoVitSize smallDemoVit{};
inline constexpr DemoVitSize largeDemoVit{
    .image = 96, .patch = 12, .depth = 10, .width = 72, .heads = 4, .classToken = true};
inline constexpr DemoVitSize gaborVit{
    .image = 128, .patch = 16, .depth = 6, .width = 80, .heads = 4, .classToken = true};

/// Returns every tensor of a network of this size. All are zero, except that norms are the
/// identity.
[[nodiscard]] DemoTensors emptyVit(const DemoVitSize& size);

/// Returns the weights that training starts from, drawn from the seed. Positions are sines and
/// cosines of row and column (Vaswani et al. 2017). Weights are normal, with the deviation that
/// keeps the size of their input; it is smaller where blocks add to the residual stream.
[[nodiscard]] DemoTensors initialVit(const DemoVitSize& size, std::uint64_t seed);

/// Fills the patch embedding with cosines of low frequency, of luminance and two opponent colours,
/// so that training need not find them.
void startWithCosines(const DemoVitSize& size, Array<float>& patches);

/// Computes the weights of a network from formulas, without training. Its size is gaborVit, and its
/// images are prepared by the reference preparation.
///   Patch embedding: Gabor pairs (even, odd), luminance and two opponent colours.
///   Block 0: the MLP computes the energy of the pairs.
///   Later blocks: attention, made local by the position embeddings, pools energies over ever
///   larger neighbourhoods, until the last block pools the whole image. Class token: the mean over
///   the image at every depth.
[[nodiscard]] DemoTensors gaborTensors();

} // namespace cortograph
