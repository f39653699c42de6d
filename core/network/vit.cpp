#include "network/vit.h"

#include "base/error.h"
#include "network/weight_tensor.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cortograph {

namespace {

using torch::Tensor;

constexpr std::int64_t scoreLimit = std::int64_t{16} << 20U; // attention scores held at once

struct Affine {
  Tensor weight;
  Tensor bias;

  [[nodiscard]] Tensor linear(const Tensor& x) const { return torch::linear(x, weight, bias); }
  [[nodiscard]] Tensor norm(const Tensor& x, double eps) const {
    return torch::layer_norm(x, {x.size(-1)}, weight, bias, eps);
  }
};

struct Block {
  Affine norm1;
  Affine qkv;
  Affine projection;
  Tensor scale1; ///< undefined: none
  Affine norm2;
  Affine fc1;
  Affine fc2;
  Tensor scale2;
};

enum class Activation { gelu, quickGelu, relu };

Activation activationNamed(const std::string& name) {
  if (name == "gelu") {
    return Activation::gelu;
  }
  if (name == "quick_gelu") {
    return Activation::quickGelu;
  }
  if (name == "relu") {
    return Activation::relu;
  }
  throw Error(ErrorKind::unsupported,
              "There is no activation \"" + name + "\"; choose gelu, quick_gelu or relu.");
}

Tensor activated(Activation activation, const Tensor& x) {
  switch (activation) {
  case Activation::gelu:
    return torch::gelu(x);
  case Activation::quickGelu:
    return x * torch::sigmoid(1.702 * x);
  case Activation::relu:
    break;
  }
  return torch::relu(x);
}

/// q, k, v: B×heads×T×d. In pieces of queries when all scores at once would be large.
Tensor attention(const Tensor& q, const Tensor& k, const Tensor& v) {
  const Tensor scaled = q / std::sqrt(static_cast<double>(q.size(3)));
  const Tensor keys = k.transpose(2, 3);
  const std::int64_t queries = q.size(2);
  const std::int64_t step =
      std::max<std::int64_t>(1, scoreLimit / (q.size(0) * q.size(1) * k.size(2)));
  if (step >= queries) {
    return torch::matmul(torch::softmax(torch::matmul(scaled, keys), -1), v);
  }
  std::vector<Tensor> pieces;
  for (std::int64_t first = 0; first < queries; first += step) {
    const Tensor some = scaled.slice(2, first, std::min(first + step, queries));
    pieces.push_back(torch::matmul(torch::softmax(torch::matmul(some, keys), -1), v));
  }
  return torch::cat(pieces, 2);
}

class TensorReader {
public:
  TensorReader(const WeightTable& table, torch::Device device) : table_(table), device_(device) {}

  /// Undefined when the table has none.
  [[nodiscard]] Tensor operator()(const std::string& name) const {
    const auto found = table_.find(name);
    if (found == table_.end()) {
      return {};
    }
    Tensor tensor = toFloatTensor(found->second, device_);
    if (!torch::isfinite(tensor).all().item<bool>()) {
      throw Error(ErrorKind::format,
                  "Tensor \"" + name +
                      "\" holds values that are infinite or no numbers; the weights are damaged. "
                      "Fetch them again.");
    }
    return tensor;
  }
  [[nodiscard]] Affine affine(const std::string& name) const {
    return {(*this)(name + ".weight"), (*this)(name + ".bias")};
  }

private:
  const WeightTable& table_;
  torch::Device device_;
};

class Vit final : public Network {
public:
  Vit(const WeightTable& table, NetworkInfo info, double eps, torch::Device device)
      : info_(std::move(info)),
        device_(device),
        eps_(eps),
        activation_(activationNamed(info_.activation)) {
    const TensorReader read(table, device);
    patches_ = read.affine("patch_embed.proj");
    classToken_ = read("cls_token");
    positions_ = read("pos_embed");
    normBefore_ = read.affine("norm_pre");
    for (int i = 0; i < info_.depth; ++i) {
      const std::string at = "blocks." + std::to_string(i) + ".";
      blocks_.push_back({read.affine(at + "norm1"),
                         read.affine(at + "attn.qkv"),
                         read.affine(at + "attn.proj"),
                         read(at + "ls1.gamma"),
                         read.affine(at + "norm2"),
                         read.affine(at + "mlp.fc1"),
                         read.affine(at + "mlp.fc2"),
                         read(at + "ls2.gamma")});
    }
  }

  [[nodiscard]] const NetworkInfo& info() const override { return info_; }
  [[nodiscard]] torch::Device device() const override { return device_; }

  [[nodiscard]] Tokens tokens(const Tensor& images, const CancelToken& cancel) const override {
    const torch::NoGradGuard noGradients;
    checkInput(images);
    Tensor x = embedded(images);
    Tokens tokens;
    for (const Block& block : blocks_) {
      cancel.throwIfCancelled();
      x = x + attended(block, block.norm1.norm(x, eps_));
      x = x + mixed(block, block.norm2.norm(x, eps_));
      collect(x, tokens);
    }
    return tokens;
  }

private:
  void checkInput(const Tensor& images) const {
    const std::int64_t size = info_.imageSize;
    if (images.dim() != 4 || images.size(1) != 3 || images.size(2) != size ||
        images.size(3) != size) {
      throw Error(ErrorKind::mismatch,
                  "Images of shape " + shapeText(images.sizes().vec()) + " were given to " +
                      info_.name + ", which takes Bx3x" + std::to_string(size) + "x" +
                      std::to_string(size) + "; prepare them at that size.");
    }
  }

  [[nodiscard]] Tensor embedded(const Tensor& images) const {
    Tensor x = torch::conv2d(images, patches_.weight, patches_.bias, info_.patch)
                   .flatten(2)
                   .transpose(1, 2);
    const bool classPosition = classToken_.defined() && positions_.size(1) == x.size(1) + 1;
    if (!classPosition) {
      x = x + positions_;
    }
    if (classToken_.defined()) {
      x = torch::cat({classToken_.expand({x.size(0), 1, x.size(2)}), x}, 1);
    }
    if (classPosition) {
      x = x + positions_;
    }
    return normBefore_.weight.defined() ? normBefore_.norm(x, eps_) : x;
  }

  [[nodiscard]] Tensor attended(const Block& block, const Tensor& x) const {
    const std::int64_t images = x.size(0);
    const std::int64_t count = x.size(1);
    const std::int64_t width = x.size(2);
    const Tensor qkv = block.qkv.linear(x)
                           .reshape({images, count, 3, info_.heads, width / info_.heads})
                           .permute({2, 0, 3, 1, 4});
    const Tensor out = block.projection.linear(
        attention(qkv[0], qkv[1], qkv[2]).transpose(1, 2).reshape({images, count, width}));
    return block.scale1.defined() ? out * block.scale1 : out;
  }

  [[nodiscard]] Tensor mixed(const Block& block, const Tensor& x) const {
    const Tensor out = block.fc2.linear(activated(activation_, block.fc1.linear(x)));
    return block.scale2.defined() ? out * block.scale2 : out;
  }

  void collect(const Tensor& x, Tokens& tokens) const {
    const std::int64_t prefix = classToken_.defined() ? 1 : 0;
    const std::int64_t grid = info_.imageSize / info_.patch;
    const Tensor local = x.slice(1, prefix);
    tokens.local.push_back(
        local.transpose(1, 2).reshape({x.size(0), x.size(2), grid, grid}).contiguous());
    tokens.global.push_back(prefix == 1 ? x.select(1, 0).contiguous() : local.mean(1));
  }

  NetworkInfo info_;
  torch::Device device_;
  double eps_;
  Activation activation_;
  Affine patches_;
  Tensor classToken_;
  Tensor positions_;
  Affine normBefore_;
  std::vector<Block> blocks_;
};

} // namespace

std::unique_ptr<const Network> buildVit(const WeightTable& canonical,
                                        NetworkInfo info,
                                        double layerNormEps,
                                        torch::Device device) {
  needHeads(info);
  return std::make_unique<const Vit>(canonical, std::move(info), layerNormEps, device);
}

} // namespace cortograph
