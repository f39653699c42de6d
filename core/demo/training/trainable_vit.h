#pragma once

#include "compute/parameter_set.h"
#include "compute/torch.h"
#include "demo/networks/demo_vit.h"
#include "network/vit_block.h"
#include "weights/weight_file.h"

#include <vector>

namespace cortograph {

/// A demo Vision Transformer whose weights may require gradients. It uses the same blocks as loaded
/// networks (vit_block.h).
struct TrainableVit {
  DemoVitSize size;
  Affine patches;          ///< patch embedding, C × (3·patch·patch)
  torch::Tensor first;     ///< class token, 1×1×C; undefined if there is none
  torch::Tensor positions; ///< 1×T×C, the class token's first
  std::vector<VitBlock> blocks;
  Affine norm;
};

/// Returns the parameters of a network, under timm's names; they start at zero.
[[nodiscard]] std::vector<ParameterSpec> vitParameters(const DemoVitSize& size);
/// Returns the network whose weights are these parameters.
[[nodiscard]] TrainableVit vitOf(const ParameterSet& parameters, const DemoVitSize& size);
/// Copies tensors into the parameters with the same names.
void setVit(ParameterSet& parameters, const DemoTensors& tensors);
/// Copies the network's parameters into tensors; the inverse of setVit().
[[nodiscard]] DemoTensors vitTensors(const ParameterSet& parameters, const DemoVitSize& size);

/// Returns the size of the network in a file. Throws Error{mismatch} when it is not a plain ViT
/// with timm's names for square images.
[[nodiscard]] DemoVitSize demoSizeOf(const WeightFile& file);
/// Returns the weights of the network in a file. Throws like demoSizeOf().
[[nodiscard]] DemoTensors demoTensorsOf(const WeightFile& file);

/// Cuts prepared images, B×3×image×image, into rows of patches, B × places × (3·patch·patch).
[[nodiscard]] torch::Tensor patchRows(const torch::Tensor& images, const DemoVitSize& size);

/// Embeds patches and adds their positions: B×places×C. If the patches' grid is smaller than the
/// network's, by a whole factor, each patch gets the mean of the positions that it covers.
[[nodiscard]] torch::Tensor placed(const TrainableVit& vit, const torch::Tensor& patches);
/// Puts the class token, if there is one, before the local tokens.
[[nodiscard]] torch::Tensor withClassToken(const TrainableVit& vit, const torch::Tensor& local);
[[nodiscard]] BlockSettings blockSettings(const DemoVitSize& size);
/// Applies all blocks and the last norm to tokens, B×T×C. Returns B×T×C.
[[nodiscard]] torch::Tensor encoded(const TrainableVit& vit, torch::Tensor tokens);
/// Applies placed(), withClassToken() and encoded() to patches. Returns B×T×C.
[[nodiscard]] torch::Tensor encodedPatches(const TrainableVit& vit, const torch::Tensor& patches);

/// Returns the global token of encoded tokens, B×C: the class token, or the mean without one.
[[nodiscard]] torch::Tensor globalOf(const TrainableVit& vit, const torch::Tensor& tokens);
/// Returns the local tokens of encoded tokens, B×places×C.
[[nodiscard]] torch::Tensor localOf(const TrainableVit& vit, const torch::Tensor& tokens);

/// Returns the parameters of a block in a head. Their names are those of a network's block, after
/// the prefix `at`.
[[nodiscard]] std::vector<ParameterSpec> blockParameters(const std::string& at, int width);
/// Returns the block with these parameters.
[[nodiscard]] VitBlock blockOf(const ParameterSet& parameters, const std::string& at);
/// Returns the parameters of a linear map, `at`.weight and `at`.bias.
[[nodiscard]] std::vector<ParameterSpec> linearParameters(const std::string& at, int from, int to);
/// Returns the linear map or norm with the parameters `at`.weight and `at`.bias.
[[nodiscard]] Affine affineOf(const ParameterSet& parameters, const std::string& at);

} // namespace cortograph
