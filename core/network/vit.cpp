#include "network/vit.h"

#include "base/error.h"
#include "compute/weight_tensor.h"
#include "network/vit_block.h"

#include <mutex>
#include <utility>
#include <vector>

namespace cortograph {

namespace {

using torch::Tensor;

class TensorReader {
public:
  TensorReader(const WeightTable& table, const NameInFile& nameInFile, torch::Device device)
      : table_(table), nameInFile_(nameInFile), device_(device) {}

  /// Reads a tensor as float32; undefined if the table does not have it. Throws Error{format} on
  /// values that are not finite.
  [[nodiscard]] Tensor operator()(const std::string& name) const {
    const auto found = table_.find(name);
    if (found == table_.end()) {
      return {};
    }
    Tensor tensor = toFloatTensor(found->second, device_);
    if (!torch::isfinite(tensor).all().item<bool>()) {
      throw Error(ErrorKind::format,
                  "Tensor \"" + nameInFile_(name) +
                      "\" holds values that are infinite or not a number; the weights are damaged. "
                      "Fetch them again.");
    }
    return tensor;
  }
  [[nodiscard]] Affine affine(const std::string& name) const {
    return {(*this)(name + ".weight"), (*this)(name + ".bias")};
  }
  /// Reads one or more tokens as rows of `width` channels.
  [[nodiscard]] Tensor rows(const std::string& name, std::int64_t width) const {
    const Tensor tensor = (*this)(name);
    return tensor.defined() ? tensor.reshape({-1, width}) : tensor;
  }

private:
  const WeightTable& table_;
  const NameInFile& nameInFile_;
  torch::Device device_;
};

/// Reads the projection of queries, keys and values, joined so that one product computes all three.
Affine qkvOf(const TensorReader& read, const std::string& at) {
  Affine qkv = read.affine(at + "qkv");
  if (qkv.weight.defined()) {
    return qkv;
  }
  const Affine q = read.affine(at + "q");
  const Affine k = read.affine(at + "k");
  const Affine v = read.affine(at + "v");
  const auto biasOf = [](const Affine& part) {
    return part.bias.defined() ? part.bias : torch::zeros_like(part.weight.select(1, 0));
  };
  qkv.weight = torch::cat({q.weight, k.weight, v.weight});
  if (q.bias.defined() || k.bias.defined() || v.bias.defined()) {
    qkv.bias = torch::cat({biasOf(q), biasOf(k), biasOf(v)});
  }
  return qkv;
}

struct Grids {
  Extent learned; ///< grid that the positions were learnt on
  Extent here;    ///< grid of the input
};

void readRelativePositions(const TensorReader& read,
                           const std::string& at,
                           const Grids& grids,
                           VitBlock& block) {
  const Tensor rows = read(at + "rel_pos_h");
  const Tensor columns = read(at + "rel_pos_w");
  if (!rows.defined()) {
    return;
  }
  const std::int64_t n = (rows.size(0) + 1) / 2;
  const bool whole = n == grids.learned.rows && columns.size(0) == 2 * grids.learned.columns - 1;
  block.window = whole ? 0 : n;
  block.rowPositions = relativePositions(rows, whole ? grids.here.rows : n);
  block.columnPositions = relativePositions(columns, whole ? grids.here.columns : n);
}

VitBlock blockOf(const TensorReader& read, int index, const Grids& grids) {
  const std::string at = "blocks." + std::to_string(index) + ".";
  VitBlock block;
  block.norm1 = read.affine(at + "norm1");
  block.qkv = qkvOf(read, at + "attn.");
  block.projection = read.affine(at + "attn.proj");
  block.scale1 = read(at + "ls1.gamma");
  block.norm2 = read.affine(at + "norm2");
  block.fc1 = read.affine(at + "mlp.fc1");
  block.fc2 = read.affine(at + "mlp.fc2");
  block.gated = !block.fc1.weight.defined();
  if (block.gated) {
    block.fc1 = read.affine(at + "mlp.w12");
    block.fc2 = read.affine(at + "mlp.w3");
  }
  block.scale2 = read(at + "ls2.gamma");
  readRelativePositions(read, at + "attn.", grids, block);
  return block;
}

struct VitWeights {
  Affine patches;
  Tensor first; ///< class token, then a distillation token
  Tensor registers;
  Tensor positions;
  Affine normBefore;
  std::vector<VitBlock> blocks;
};

/// Returns the weights converted to float16.
VitWeights halved(const VitWeights& weights) {
  const auto half = [](const Tensor& t) { return t.defined() ? t.to(torch::kFloat16) : t; };
  const auto both = [&](const Affine& a) { return Affine{half(a.weight), half(a.bias)}; };
  VitWeights out{.patches = both(weights.patches),
                 .first = half(weights.first),
                 .registers = half(weights.registers),
                 .positions = half(weights.positions),
                 .normBefore = both(weights.normBefore),
                 .blocks = {}};
  for (const VitBlock& block : weights.blocks) {
    out.blocks.push_back({.norm1 = both(block.norm1),
                          .qkv = both(block.qkv),
                          .projection = both(block.projection),
                          .scale1 = half(block.scale1),
                          .norm2 = both(block.norm2),
                          .fc1 = both(block.fc1),
                          .fc2 = both(block.fc2),
                          .scale2 = half(block.scale2),
                          .gated = block.gated,
                          .rowPositions = half(block.rowPositions),
                          .columnPositions = half(block.columnPositions),
                          .window = block.window});
  }
  return out;
}

class Vit final : public Network {
public:
  Vit(const WeightTable& table,
      Description description,
      const VitDefaults& defaults,
      const NameInFile& nameInFile,
      torch::Device device)
      : Network(std::move(description.info), description.preparation, device) {
    const VitShape shape = shapeOf(table);
    const Extent learned = description.positions.empty() ? shape.grid : description.positions;
    const TensorReader read(table, nameInFile, device);
    settings_ = {.heads = info().heads,
                 .layerNormEps = info().layerNormEps,
                 .activation = activationNamed(info().activation),
                 .normAfter = defaults.normAfter,
                 .grid = info().layers.front().grid};
    weights_.patches = read.affine("patch_embed.proj");
    weights_.first = read.rows("cls_token", shape.width);
    if (const Tensor second = read.rows("dist_token", shape.width); second.defined()) {
      weights_.first = torch::cat({weights_.first, second});
    }
    weights_.registers = read.rows("register_tokens", shape.width);
    // Networks with registers resample with antialiasing and without DINOv2's offset.
    const PositionResize resize =
        weights_.registers.defined() ? PositionResize::bicubicAntialiased : defaults.resize;
    weights_.positions =
        positionsOn(read.rows("pos_embed", shape.width), learned, settings_.grid, resize);
    weights_.normBefore = read.affine("norm_pre");
    for (int i = 0; i < shape.depth; ++i) {
      weights_.blocks.push_back(blockOf(read, i, {learned, settings_.grid}));
    }
  }

  [[nodiscard]] Tokens tokens(const Tensor& images, const CancelToken& cancel) const override {
    const torch::NoGradGuard noGradients;
    requireInput(images);
    const VitWeights& weights = weightsFor(images.scalar_type());
    Tensor x = embedded(weights, images);
    Tokens tokens;
    for (const VitBlock& block : weights.blocks) {
      cancel.throwIfCanceled();
      x = applied(block, settings_, x);
      collect(x, tokens);
    }
    return tokens;
  }

private:
  [[nodiscard]] const VitWeights& weightsFor(torch::ScalarType type) const {
    if (type != torch::kFloat16) {
      return weights_;
    }
    std::call_once(halfMade_, [this] { half_ = halved(weights_); });
    return half_;
  }

  [[nodiscard]] Tensor embedded(const VitWeights& weights, const Tensor& images) const {
    const auto& [patches, first, registers, positions, normBefore, blocks] = weights;
    Tensor x = torch::conv2d(images, patches.weight, patches.bias, info().patch)
                   .flatten(2)
                   .transpose(1, 2);
    const auto before = [&x](const Tensor& rows) {
      return torch::cat({rows.unsqueeze(0).expand({x.size(0), rows.size(0), x.size(2)}), x}, 1);
    };
    const bool placedFirst = positions.size(0) > x.size(1);
    if (!placedFirst) {
      x = x + positions;
    }
    if (placedFirst) {
      x = before(first) + positions;
    }
    if (registers.defined()) {
      const Tensor firsts = x.slice(1, 0, placedFirst ? first.size(0) : 0);
      x = x.slice(1, firsts.size(1));
      x = torch::cat({firsts, before(registers)}, 1);
    }
    if (!placedFirst && first.defined()) {
      x = before(first);
    }
    return normBefore.weight.defined() ? normBefore.norm(x, settings_.layerNormEps) : x;
  }

  void collect(const Tensor& x, Tokens& tokens) const {
    const std::int64_t places = std::int64_t{settings_.grid.rows} * settings_.grid.columns;
    const Tensor local = x.slice(1, x.size(1) - places);
    tokens.local.push_back(
        local.transpose(1, 2)
            .reshape({x.size(0), x.size(2), settings_.grid.rows, settings_.grid.columns})
            .contiguous());
    tokens.global.push_back(weights_.first.defined() ? x.select(1, 0).contiguous() : local.mean(1));
  }

  BlockSettings settings_;
  VitWeights weights_;
  mutable std::once_flag halfMade_;
  mutable VitWeights half_; ///< for float16 images; made on first use
};

} // namespace

std::unique_ptr<const Network> buildVit(const WeightTable& canonical,
                                        Description description,
                                        const VitDefaults& defaults,
                                        const NameInFile& nameInFile,
                                        torch::Device device) {
  if (description.info.heads == 0) {
    throw Error(ErrorKind::unsupported,
                "The weights " + description.info.name +
                    " do not record the number of heads, and no published network has the width " +
                    std::to_string(description.info.width()) +
                    ". Give the number of heads with --heads N.");
  }
  return std::make_unique<const Vit>(
      canonical, std::move(description), defaults, nameInFile, device);
}

} // namespace cortograph
