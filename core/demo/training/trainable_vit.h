#pragma once

#include "compute/parameter_set.h"
#include "compute/torch.h"
#include "demo/networks/demo_vit.h"
#include "network/vit_block.h"
#include "weights/weight_file.h"

#include <vector>

namespace cortograph {

/// A demo Vision Transformer whose weights may require gradients. Its blocks are those of the
/// networks that are loaded (vit_block.h).
struct TrainableVit {
  DemoVitSize size;
  Affine patches;          ///< C × (3·patch·patch)
  torch::Tensor first;     ///< class token, 1×1×C; undefined without
  torch::Tensor positions; ///< 1×T×C, the class token's first
  std::vector<VitBlock> blocks;
  Affine norm;
};

/// Its parameters, in timm's names; they start at zero.
[[nodiscard]] std::vector<ParameterSpec> vitParameters(const DemoVitSize& size);
/// The network whose weights are these parameters.
[[nodiscard]] TrainableVit vitOf(const ParameterSet& parameters, const DemoVitSize& size);
void setVit(ParameterSet& parameters, const DemoTensors& tensors);
/// What setVit() takes.
[[nodiscard]] DemoTensors vitTensors(const ParameterSet& parameters, const DemoVitSize& size);

/// The size of a file's network, and its weights. Throws Error{mismatch} when it is no plain ViT in
/// timm's names on square images.
[[nodiscard]] DemoVitSize demoSizeOf(const WeightFile& file);
[[nodiscard]] DemoTensors demoTensorsOf(const WeightFile& file);

/// B×3×image×image, prepared, as rows of patches: B × places × (3·patch·patch).
[[nodiscard]] torch::Tensor patchRows(const torch::Tensor& images, const DemoVitSize& size);

/// Patches with their positions, B×places×C; the grid may be an even fraction of the network's,
/// whose positions are then the means of those they cover.
[[nodiscard]] torch::Tensor placed(const TrainableVit& vit, const torch::Tensor& patches);
/// Before them the class token, where there is one.
[[nodiscard]] torch::Tensor withClassToken(const TrainableVit& vit, const torch::Tensor& local);
[[nodiscard]] BlockSettings blockSettings(const DemoVitSize& size);
/// All blocks and the last norm. B×T×C.
[[nodiscard]] torch::Tensor encoded(const TrainableVit& vit, torch::Tensor tokens);
/// The three together.
[[nodiscard]] torch::Tensor encodedPatches(const TrainableVit& vit, const torch::Tensor& patches);

/// Of encoded tokens: the class token or the mean, B×C; the others, B×places×C.
[[nodiscard]] torch::Tensor globalOf(const TrainableVit& vit, const torch::Tensor& tokens);
[[nodiscard]] torch::Tensor localOf(const TrainableVit& vit, const torch::Tensor& tokens);

/// The block of a head that is thrown away, by the names of vitParameters() after `at`.
[[nodiscard]] std::vector<ParameterSpec> blockParameters(const std::string& at, int width);
[[nodiscard]] VitBlock blockOf(const ParameterSet& parameters, const std::string& at);
/// A linear map `at`.weight, `at`.bias.
[[nodiscard]] std::vector<ParameterSpec> linearParameters(const std::string& at, int from, int to);
[[nodiscard]] Affine affineOf(const ParameterSet& parameters, const std::string& at);

} // namespace cortograph
