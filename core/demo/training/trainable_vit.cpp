#include "demo/training/trainable_vit.h"

#include "base/error.h"
#include "compute/weight_tensor.h"
#include "network/vit.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cortograph {

namespace {

using torch::Tensor;

std::string blockName(int i) {
  return "blocks." + std::to_string(i) + ".";
}

std::vector<std::int64_t> axes(const ArrayShape& shape) {
  return {shape.begin(), shape.end()};
}

int headsOf(const WeightFile& file) {
  const auto found = file.metadata().find("heads");
  return found == file.metadata().end() ? 0 : std::atoi(found->second.c_str());
}

[[noreturn]] void refuse(const WeightFile& file, const std::string& what) {
  throw Error(ErrorKind::mismatch,
              file.name() + " can't be trained further here: " + what +
                  " Name a demo network, or a network written by \"cortograph demo "
                  "train-network\".");
}

} // namespace

std::vector<ParameterSpec> vitParameters(const DemoVitSize& size) {
  std::vector<ParameterSpec> specs;
  for (const auto& [name, array] : emptyVit(size)) {
    specs.push_back({name, axes(array.shape)});
  }
  return specs;
}

Affine affineOf(const ParameterSet& parameters, const std::string& at) {
  return {parameters.at(at + ".weight"), parameters.at(at + ".bias")};
}

VitBlock blockOf(const ParameterSet& parameters, const std::string& at) {
  VitBlock block;
  block.norm1 = affineOf(parameters, at + "norm1");
  block.qkv = affineOf(parameters, at + "attn.qkv");
  block.projection = affineOf(parameters, at + "attn.proj");
  block.norm2 = affineOf(parameters, at + "norm2");
  block.fc1 = affineOf(parameters, at + "mlp.fc1");
  block.fc2 = affineOf(parameters, at + "mlp.fc2");
  return block;
}

TrainableVit vitOf(const ParameterSet& parameters, const DemoVitSize& size) {
  TrainableVit vit;
  vit.size = size;
  vit.patches = affineOf(parameters, "patch_embed.proj");
  vit.patches.weight = vit.patches.weight.flatten(1);
  if (size.classToken) {
    vit.first = parameters.at("cls_token");
  }
  vit.positions = parameters.at("pos_embed");
  for (int i = 0; i < size.depth; ++i) {
    vit.blocks.push_back(blockOf(parameters, blockName(i)));
  }
  vit.norm = affineOf(parameters, "norm");
  return vit;
}

void setVit(ParameterSet& parameters, const DemoTensors& tensors) {
  const torch::NoGradGuard noGradients;
  for (const auto& [name, array] : tensors) {
    Tensor value = parameters.at(name).detach();
    std::copy(array.values.begin(), array.values.end(), value.data_ptr<float>());
  }
}

DemoTensors vitTensors(const ParameterSet& parameters, const DemoVitSize& size) {
  DemoTensors tensors = emptyVit(size);
  for (auto& [name, array] : tensors) {
    const Tensor value = parameters.at(name).detach();
    std::copy_n(value.data_ptr<float>(), array.values.size(), array.values.begin());
  }
  return tensors;
}

DemoVitSize demoSizeOf(const WeightFile& file) {
  if (!file.has("patch_embed.proj.weight") || !file.has("pos_embed")) {
    refuse(file, "it has no tensors patch_embed.proj.weight and pos_embed.");
  }
  const VitShape shape = shapeOf(file.tensors());
  DemoVitSize size;
  size.patch = shape.patch;
  size.image = shape.grid.columns * shape.patch;
  size.depth = shape.depth;
  size.width = shape.width;
  size.heads = headsOf(file);
  size.classToken = file.has("cls_token");
  if (shape.grid.empty() || shape.grid.rows != shape.grid.columns) {
    refuse(file, "its positions are not on a square grid.");
  }
  if (size.heads < 1 || size.width % size.heads != 0) {
    refuse(file, "its metadata does not record a number of heads that divides its width.");
  }
  return size;
}

DemoTensors demoTensorsOf(const WeightFile& file) {
  DemoTensors tensors = emptyVit(demoSizeOf(file));
  for (auto& [name, array] : tensors) {
    if (!file.has(name) || !sameShape(file.at(name).shape, axes(array.shape))) {
      refuse(file,
             "its tensor " + inQuotes(name) + " is missing or does not have the shape " +
                 toString(array.shape) + ".");
    }
    const Tensor values = toFloatTensor(file.at(name), torch::kCPU).contiguous();
    std::copy_n(values.data_ptr<float>(), array.values.size(), array.values.begin());
  }
  for (const auto& [name, tensor] : file.tensors()) {
    if (!tensors.contains(name) && !name.starts_with("head.")) {
      refuse(file, "its tensor " + inQuotes(name) + " does not belong to a plain ViT.");
    }
  }
  return tensors;
}

Tensor patchRows(const Tensor& images, const DemoVitSize& size) {
  const std::int64_t side = images.size(2) / size.patch;
  return images.reshape({images.size(0), 3, side, size.patch, side, size.patch})
      .permute({0, 2, 4, 1, 3, 5})
      .reshape({images.size(0), side * side, std::int64_t{3} * size.patch * size.patch});
}

Tensor placed(const TrainableVit& vit, const Tensor& patches) {
  Tensor positions = vit.positions.slice(1, vit.first.defined() ? 1 : 0);
  if (patches.size(1) != positions.size(1)) {
    const std::int64_t grid = vit.size.grid();
    const auto side = static_cast<std::int64_t>(std::lround(std::sqrt(patches.size(1))));
    positions = positions.reshape({side, grid / side, side, grid / side, vit.size.width})
                    .mean({1, 3})
                    .reshape({1, side * side, vit.size.width});
  }
  return vit.patches.linear(patches) + positions;
}

Tensor withClassToken(const TrainableVit& vit, const Tensor& local) {
  if (!vit.first.defined()) {
    return local;
  }
  const Tensor first = vit.first + vit.positions.slice(1, 0, 1);
  return torch::cat({first.expand({local.size(0), 1, local.size(2)}), local}, 1);
}

BlockSettings blockSettings(const DemoVitSize& size) {
  BlockSettings settings;
  settings.heads = size.heads;
  settings.grid = {size.grid(), size.grid()};
  return settings;
}

Tensor encoded(const TrainableVit& vit, Tensor tokens) {
  const BlockSettings settings = blockSettings(vit.size);
  for (const VitBlock& block : vit.blocks) {
    tokens = applied(block, settings, tokens);
  }
  return vit.norm.norm(tokens, settings.layerNormEps);
}

Tensor encodedPatches(const TrainableVit& vit, const Tensor& patches) {
  return encoded(vit, withClassToken(vit, placed(vit, patches)));
}

Tensor globalOf(const TrainableVit& vit, const Tensor& tokens) {
  return vit.first.defined() ? tokens.select(1, 0) : tokens.mean(1);
}

Tensor localOf(const TrainableVit& vit, const Tensor& tokens) {
  return tokens.slice(1, vit.first.defined() ? 1 : 0);
}

std::vector<ParameterSpec> linearParameters(const std::string& at, int from, int to) {
  return {{at + ".weight", {to, from}, from}, {at + ".bias", {to}}};
}

std::vector<ParameterSpec> blockParameters(const std::string& at, int width) {
  std::vector<ParameterSpec> specs;
  const auto add = [&](const char* name, int from, int to) {
    const std::vector<ParameterSpec> linear = linearParameters(at + name, from, to);
    specs.insert(specs.end(), linear.begin(), linear.end());
  };
  for (const char* norm : {"norm1", "norm2"}) {
    specs.push_back({.name = at + norm + ".weight", .shape = {width}, .fanIn = 0, .start = 1});
    specs.push_back({at + norm + ".bias", {width}});
  }
  add("attn.qkv", width, 3 * width);
  add("attn.proj", width, width);
  add("mlp.fc1", width, 4 * width);
  add("mlp.fc2", 4 * width, width);
  return specs;
}

} // namespace cortograph
