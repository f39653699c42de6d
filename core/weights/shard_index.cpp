#include "weights/shard_index.h"

#include "base/error.h"
#include "base/strict_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace cortograph {

namespace {

using nlohmann::json;

constexpr std::size_t largestIndex = 100'000'000;

[[noreturn]] void refuse(const std::string& file, const std::string& what) {
  throw Error(ErrorKind::format, file + " " + what + " Fetch the index and its shards again.");
}

/// Returns whether a shard's name stays inside the index's folder. Names come from the internet and
/// are not trusted.
bool staysInside(const std::string& shard) {
  const std::filesystem::path path(shard);
  return !shard.empty() && shard.find('\0') == std::string::npos && path.is_relative() &&
         std::find(path.begin(), path.end(), "..") == path.end();
}

json parseIndex(const std::string& file, std::span<const std::byte> bytes) {
  if (bytes.size() > largestIndex) {
    refuse(file,
           "has " + std::to_string(bytes.size()) + " bytes, too many for an index of shards.");
  }
  std::string fault;
  json index = parseStrictJson({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, fault);
  if (!fault.empty()) {
    refuse(file, "begins like an index of shards, but " + fault);
  }
  const auto map = index.find("weight_map");
  if (map == index.end() || !map->is_object()) {
    throw Error(ErrorKind::format,
                file + " is JSON, but not an index of shards: it has no \"weight_map\". Name the "
                       ".safetensors or .pth file, or the .index.json beside the shards.");
  }
  return index;
}

/// Returns the names of the tensors that the index places in each shard.
std::map<std::string, std::vector<std::string>> shardsOf(const std::string& file,
                                                         const json& index) {
  std::map<std::string, std::vector<std::string>> shards;
  for (const auto& [tensor, shard] : index["weight_map"].items()) {
    if (!shard.is_string()) {
      refuse(file, "names no file for the tensor " + inQuotes(tensor) + ".");
    }
    const auto name = shard.get<std::string>();
    if (!staysInside(name)) {
      refuse(file, "names the shard " + inQuotes(name) + ", which is not in its own folder.");
    }
    shards[name].push_back(tensor);
  }
  if (shards.empty()) {
    refuse(file, "names no shards.");
  }
  return shards;
}

void merge(const std::string& file,
           const std::string& shard,
           WeightContent from,
           WeightContent& to) {
  for (auto& [name, tensor] : from.tensors) {
    if (!to.tensors.emplace(name, std::move(tensor)).second) {
      refuse(file,
             "has the tensor " + inQuotes(name) + " both in " + inQuotes(shard) +
                 " and in another shard.");
    }
  }
  to.metadata.merge(from.metadata);
}

} // namespace

ShardedWeights readShards(const std::string& file,
                          std::span<const std::byte> bytes,
                          const std::function<WeightShard(const std::string& shard)>& open) {
  const json index = parseIndex(file, bytes);
  ShardedWeights weights;
  weights.content.container = WeightContainer::shards;
  if (const auto found = index.find("metadata"); found != index.end() && found->is_object()) {
    for (const auto& [key, value] : found->items()) {
      weights.content.metadata[key] = value.is_string() ? value.get<std::string>() : value.dump();
    }
  }
  for (const auto& [name, tensors] : shardsOf(file, index)) {
    WeightShard shard = open(name);
    for (const std::string& tensor : tensors) {
      if (!shard.content.tensors.contains(tensor)) {
        refuse(file,
               "says that " + inQuotes(tensor) + " is in " + inQuotes(name) + ", which lacks it.");
      }
    }
    merge(file, name, std::move(shard.content), weights.content);
    weights.shards.push_back(std::move(shard.from));
  }
  return weights;
}

} // namespace cortograph
