#include "base/text.h"
#include "network/vit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace cortograph {

namespace {

using AxisList = std::vector<std::int64_t>;

const WeightTensor* find(const WeightTable& table, const std::string& name) {
  const auto found = table.find(name);
  return found == table.end() ? nullptr : &found->second;
}

std::int64_t axis(const WeightTable& table, const std::string& name, std::size_t i) {
  const WeightTensor* tensor = find(table, name);
  return tensor != nullptr && i < tensor->shape.size() ? tensor->shape[i] : 0;
}

/// Returns the shape without its axes of length 1.
AxisList squeezed(const AxisList& shape) {
  AxisList rest;
  std::copy_if(shape.begin(), shape.end(), std::back_inserter(rest), [](auto n) { return n != 1; });
  return rest;
}

/// Returns the largest block number plus one, but at most the number of tensors, because a damaged
/// name may hold any number.
int depthOf(const WeightTable& table) {
  static constexpr std::string_view prefix = "blocks.";
  int depth = 0;
  for (const auto& [name, tensor] : table) {
    int number = -1;
    if (name.starts_with(prefix)) {
      const std::string_view rest = std::string_view(name).substr(prefix.size());
      number = numberIn<int>(rest.substr(0, rest.find('.'))).value_or(-1);
    }
    depth = std::max(depth, number < INT32_MAX ? number + 1 : number);
  }
  return std::min(depth, static_cast<int>(table.size()));
}

int squareRoot(std::int64_t n) {
  const auto root = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(n))));
  return n > 0 && root * root == n ? static_cast<int>(root) : 0;
}

/// Returns the numbers of positions that may lie on the grid: those of a table of rows without the
/// class and distillation tokens, or all of them. Empty for another shape.
std::vector<std::int64_t> positionCounts(const WeightTable& table) {
  const WeightTensor* positions = find(table, "pos_embed");
  const std::int64_t width = axis(table, "patch_embed.proj.weight", 0);
  const AxisList shape = positions == nullptr ? AxisList{} : squeezed(positions->shape);
  if (shape.size() != 2 || width == 0 || shape[1] != width) {
    return {};
  }
  const int outside = find(table, "cls_token") == nullptr    ? 0
                      : find(table, "dist_token") == nullptr ? 1
                                                             : 2;
  return {shape[0] - outside, shape[0]};
}

/// Returns the grid that the positions cover; empty if their shape does not show it and they fit no
/// square.
Extent gridOf(const WeightTable& table, std::int64_t width) {
  const WeightTensor* positions = find(table, "pos_embed");
  if (positions == nullptr || width == 0) {
    return {};
  }
  const AxisList shape = squeezed(positions->shape);
  if (shape.size() == 3 && shape[2] == width) {
    return {static_cast<int>(shape[0]), static_cast<int>(shape[1])};
  }
  for (const std::int64_t count : positionCounts(table)) {
    if (const int side = squareRoot(count); side > 0) {
      return {side, side};
    }
  }
  return {};
}

class Expectations {
public:
  explicit Expectations(const WeightTable& table) : table_(table), shape_(shapeOf(table)) {}

  std::vector<ExpectedTensor> list() && {
    const std::int64_t c = shape_.width;
    const std::int64_t p = shape_.patch;
    need("patch_embed.proj.weight", {c, 3, p, p});
    may("patch_embed.proj.bias", {c});
    if (!has("blocks.0.attn.rel_pos_h")) { // with relative positions, all tokens are on the grid
      may("cls_token", {c});
      may("dist_token", {c});
      may("register_tokens", {shape_.registers, c});
    }
    const bool known = !shape_.grid.empty() || !positionCounts(table_).empty();
    need("pos_embed", known ? positionsShape() : AxisList{0, c});
    norm("norm_pre", has("norm_pre.weight") || has("norm_pre.bias"));
    for (int i = 0; i < shape_.depth; ++i) {
      block("blocks." + std::to_string(i) + ".");
    }
    return std::move(list_);
  }

private:
  [[nodiscard]] bool has(const std::string& name) const { return find(table_, name) != nullptr; }
  void need(std::string name, AxisList shape) {
    list_.push_back({std::move(name), std::move(shape)});
  }
  void may(std::string name, AxisList shape) {
    list_.push_back({.name = std::move(name), .shape = std::move(shape), .optional = true});
  }
  void norm(const std::string& name, bool there = true) {
    list_.push_back({name + ".weight", {shape_.width}, !there});
    list_.push_back({name + ".bias", {shape_.width}, !there});
  }
  void linear(const std::string& name, std::int64_t out, std::int64_t in, bool bias) {
    need(name + ".weight", {out, in});
    list_.push_back({name + ".bias", {out}, !bias});
  }

  [[nodiscard]] AxisList positionsShape() const { return find(table_, "pos_embed")->shape; }

  void block(const std::string& at) {
    const std::int64_t c = shape_.width;
    norm(at + "norm1");
    if (has(at + "attn.q.weight")) {
      for (const char* part : {"q", "k", "v"}) {
        linear(at + "attn." + part, c, c, false);
      }
    } else {
      linear(at + "attn.qkv", 3 * c, c, false);
    }
    if (has("blocks.0.attn.rel_pos_h")) {
      const std::int64_t d = shape_.heads == 0 ? 0 : c / shape_.heads;
      for (const char* part : {"attn.rel_pos_h", "attn.rel_pos_w"}) {
        need(at + part, {axis(table_, at + part, 0) | 1, d}); // the number of distances is odd
      }
    }
    linear(at + "attn.proj", c, c, true);
    may(at + "ls1.gamma", {c});
    norm(at + "norm2");
    if (has(at + "mlp.w12.weight")) {
      const std::int64_t hidden = axis(table_, at + "mlp.w3.weight", 1);
      linear(at + "mlp.w12", 2 * hidden, c, true);
      linear(at + "mlp.w3", c, hidden, true);
    } else {
      const std::int64_t hidden = axis(table_, at + "mlp.fc1.weight", 0);
      linear(at + "mlp.fc1", hidden, c, true);
      linear(at + "mlp.fc2", c, hidden, true);
    }
    may(at + "ls2.gamma", {c});
  }

  const WeightTable& table_;
  VitShape shape_;
  std::vector<ExpectedTensor> list_;
};

} // namespace

int publishedHeads(int width) {
  // ViT-H, g, G and SO400M (Zhai et al. 2022; OpenCLIP; MAE) have 16 heads.
  static constexpr std::array<int, 4> sixteen{1152, 1280, 1408, 1664};
  if (std::find(sixteen.begin(), sixteen.end(), width) != sixteen.end()) {
    return 16;
  }
  return width % 64 == 0 ? width / 64 : 0;
}

bool sameShape(const AxisList& a, const AxisList& b) {
  return squeezed(a) == squeezed(b);
}

VitShape shapeOf(const WeightTable& canonical) {
  VitShape shape;
  const std::int64_t width = axis(canonical, "patch_embed.proj.weight", 0);
  shape.depth = std::max(1, depthOf(canonical));
  shape.width = static_cast<int>(width);
  shape.patch = static_cast<int>(axis(canonical, "patch_embed.proj.weight", 2));
  shape.grid = gridOf(canonical, width);
  if (const WeightTensor* registers = find(canonical, "register_tokens")) {
    const AxisList rows = squeezed(registers->shape);
    shape.registers = rows.size() == 2 ? static_cast<int>(rows[0]) : 1;
  }
  if (const std::int64_t d = axis(canonical, "blocks.0.attn.rel_pos_h", 1);
      d > 0 && width % d == 0) {
    shape.heads = static_cast<int>(width / d);
  }
  return shape;
}

bool positionsFit(const WeightTable& canonical, const Extent& grid) {
  const std::int64_t cells = std::int64_t{grid.rows} * grid.columns;
  return std::ranges::any_of(positionCounts(canonical),
                             [cells](std::int64_t count) { return count == cells; });
}

std::vector<ExpectedTensor> expectedTensors(const WeightTable& canonical) {
  return Expectations(canonical).list();
}

} // namespace cortograph
