#include "base/error.h"
#include "network/vit.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

namespace cortograph {

namespace {

constexpr const char* headsHint = "Give the network's own number with --heads N.";

using AxisList = std::vector<std::int64_t>;

struct Expected {
  std::string name;
  AxisList shape;
  bool optional = false;
};

const WeightTensor* find(const WeightTable& table, const std::string& name) {
  const auto found = table.find(name);
  return found == table.end() ? nullptr : &found->second;
}

std::int64_t axis(const WeightTable& table, const std::string& name, std::size_t i) {
  const WeightTensor* tensor = find(table, name);
  return tensor != nullptr && i < tensor->shape.size() ? tensor->shape[i] : 0;
}

/// "12" of "blocks.12.norm1.weight".
std::optional<std::string> blockNumber(const std::string& name) {
  static constexpr std::string_view prefix = "blocks.";
  const std::size_t end = name.find('.', prefix.size());
  if (!name.starts_with(prefix) || end == std::string::npos) {
    return std::nullopt;
  }
  return name.substr(prefix.size(), end - prefix.size());
}

int depthOf(const WeightTable& table) {
  std::set<std::string> numbers;
  for (const auto& [name, tensor] : table) {
    if (const auto number = blockNumber(name)) {
      numbers.insert(*number);
    }
  }
  return std::max<int>(1, static_cast<int>(numbers.size()));
}

std::int64_t squareRoot(std::int64_t n) {
  const auto root = static_cast<std::int64_t>(std::lround(std::sqrt(static_cast<double>(n))));
  return root * root == n ? root : 0;
}

/// Patches along a side; 0 when the position embedding is no square grid.
std::int64_t gridOf(const WeightTable& table) {
  const std::int64_t positions = axis(table, "pos_embed", 1);
  if (find(table, "cls_token") != nullptr && squareRoot(positions - 1) > 0) {
    return squareRoot(positions - 1);
  }
  return positions > 0 ? squareRoot(positions) : 0;
}

void expectBlock(std::vector<Expected>& list, int block, std::int64_t c, std::int64_t hidden) {
  const std::string at = "blocks." + std::to_string(block) + ".";
  list.push_back({at + "norm1.weight", {c}});
  list.push_back({at + "norm1.bias", {c}});
  list.push_back({at + "attn.qkv.weight", {3 * c, c}});
  list.push_back({at + "attn.qkv.bias", {3 * c}, true});
  list.push_back({at + "attn.proj.weight", {c, c}});
  list.push_back({at + "attn.proj.bias", {c}});
  list.push_back({at + "ls1.gamma", {c}, true});
  list.push_back({at + "norm2.weight", {c}});
  list.push_back({at + "norm2.bias", {c}});
  list.push_back({at + "mlp.fc1.weight", {hidden, c}});
  list.push_back({at + "mlp.fc1.bias", {hidden}});
  list.push_back({at + "mlp.fc2.weight", {c, hidden}});
  list.push_back({at + "mlp.fc2.bias", {c}});
  list.push_back({at + "ls2.gamma", {c}, true});
}

/// Every tensor the network may have, in shapes that follow from the patch embedding.
std::vector<Expected> expectedTensors(const WeightTable& table) {
  const std::int64_t c = axis(table, "patch_embed.proj.weight", 0);
  const std::int64_t patch = axis(table, "patch_embed.proj.weight", 2);
  const std::int64_t positions = gridOf(table) > 0 ? axis(table, "pos_embed", 1) : 0;
  std::vector<Expected> list{{"patch_embed.proj.weight", {c, 3, patch, patch}},
                             {"patch_embed.proj.bias", {c}, true},
                             {"cls_token", {1, 1, c}, true},
                             {"pos_embed", {1, positions, c}},
                             {"norm_pre.weight", {c}, true},
                             {"norm_pre.bias", {c}, find(table, "norm_pre.weight") == nullptr}};
  for (int block = 0; block < depthOf(table); ++block) {
    const std::string at = "blocks." + std::to_string(block);
    expectBlock(list, block, c, axis(table, at + ".mlp.fc1.weight", 0));
  }
  return list;
}

/// Training leftovers and heads may stay; a token, an embedding or a part of a block may not.
bool changesTokens(const std::string& name) {
  if (name.starts_with("decoder") || name == "mask_token" || name.starts_with("head")) {
    return false;
  }
  return name.starts_with("blocks.") || name.find("token") != std::string::npos ||
         name.find("embed") != std::string::npos;
}

std::vector<std::string> unusedTensors(const WeightTable& table) {
  std::set<std::string> known;
  for (const Expected& expected : expectedTensors(table)) {
    known.insert(expected.name);
  }
  std::vector<std::string> unused;
  for (const auto& [name, tensor] : table) {
    if (!known.contains(name)) {
      unused.push_back(name);
    }
  }
  return unused;
}

std::string wanted(const Expected& expected) {
  return std::find(expected.shape.begin(), expected.shape.end(), 0) == expected.shape.end()
             ? expected.name + " (" + shapeText(expected.shape) + ")"
             : expected.name;
}

/// 0 when neither the user, nor the file, nor the width tells.
int headCount(const WeightFile& file, const NetworkSource& source, int width) {
  int heads = source.heads;
  if (const auto found = file.metadata().find("heads");
      heads == 0 && found != file.metadata().end()) {
    const std::string& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), heads);
  }
  if (heads == 0 && width % 64 == 0) {
    heads = width / 64;
  }
  if (heads < 0 || (heads > 0 && width % heads != 0)) {
    throw Error(ErrorKind::unsupported,
                "The weights " + file.name() + " come with " + std::to_string(heads) +
                    " heads for the width " + std::to_string(width) +
                    ", which is not a whole number of channels a head. " + headsHint);
  }
  return heads;
}

} // namespace

FamilyMatch matchVit(const WeightTable& canonical) {
  FamilyMatch match;
  std::size_t needed = 0;
  for (const Expected& expected : expectedTensors(canonical)) {
    const WeightTensor* tensor = find(canonical, expected.name);
    const bool right =
        tensor != nullptr && tensor->shape == expected.shape && !tensor->bytes.empty();
    needed += expected.optional ? 0 : 1;
    if (!right && (tensor != nullptr || !expected.optional)) {
      match.missing.push_back(wanted(expected));
    }
  }
  const std::size_t lacking = std::min(match.missing.size(), needed);
  match.share = static_cast<double>(needed - lacking) / static_cast<double>(needed);
  for (const std::string& name : unusedTensors(canonical)) {
    if (changesTokens(name)) {
      match.unexplained.push_back(name);
    }
  }
  for (const char* name : {"patch_embed.proj.weight", "pos_embed", "blocks.0.attn.qkv.weight"}) {
    if (const WeightTensor* tensor = find(canonical, name)) {
      match.evidence +=
          (match.evidence.empty() ? "" : ", ") + std::string(name) + " " + shapeText(tensor->shape);
    }
  }
  return match;
}

NetworkInfo describeVit(const WeightFile& file,
                        const WeightTable& canonical,
                        const NetworkSource& source,
                        const VitDefaults& defaults) {
  NetworkInfo info;
  info.depth = depthOf(canonical);
  info.width = static_cast<int>(axis(canonical, "patch_embed.proj.weight", 0));
  info.patch = static_cast<int>(axis(canonical, "patch_embed.proj.weight", 2));
  info.imageSize = info.patch * static_cast<int>(gridOf(canonical));
  info.heads = headCount(file, source, info.width);
  info.activation = source.activation.empty() ? defaults.activation : source.activation;
  info.unused = unusedTensors(canonical);
  const std::set<std::string> unused(info.unused.begin(), info.unused.end());
  for (const auto& [name, tensor] : canonical) {
    if (!unused.contains(name)) {
      info.parameters += static_cast<std::int64_t>(tensor.bytes.size() / bytesOf(tensor.type));
    }
  }
  return info;
}

void needHeads(const NetworkInfo& info) {
  if (info.heads == 0) {
    throw Error(ErrorKind::unsupported,
                "The weights " + info.name + " come with no number of heads, and their width " +
                    std::to_string(info.width) + " is no multiple of 64. " + headsHint);
  }
}

} // namespace cortograph
