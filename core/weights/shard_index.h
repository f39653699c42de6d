#pragma once

#include "base/mapped_file.h"
#include "weights/weight_table.h"

#include <functional>

namespace cortograph {

/// One file of sharded weights: its bytes and its tensors.
struct WeightShard {
  SharedBytes from;
  WeightContent content;
};

struct ShardedWeights {
  WeightContent content;           ///< tensors and metadata of all shards
  std::vector<SharedBytes> shards; ///< sorted by file name
};

/// Reads weights in several files through their index, Hugging Face's *.index.json:
/// {"metadata": …, "weight_map": {tensor: file}}. `open` opens a shard by its name, a relative path
/// that stays inside the index's folder. Every tensor of the map must be in its shard, and none in
/// two. Throws Error{format} and what `open` throws; `file` names the index in errors.
[[nodiscard]] ShardedWeights
readShards(const std::string& file,
           std::span<const std::byte> bytes,
           const std::function<WeightShard(const std::string& shard)>& open);

} // namespace cortograph
