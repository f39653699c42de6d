#pragma once

#include "base/mapped_file.h"
#include "weights/weight_table.h"

#include <functional>

namespace cortograph {

/// One shard: its bytes and what they hold.
struct WeightShard {
  SharedBytes from;
  WeightContent content;
};

struct ShardedWeights {
  WeightContent content;           ///< of all shards
  std::vector<SharedBytes> shards; ///< in order of their names
};

/// The index of weights in several files, Hugging Face's *.index.json:
/// {"metadata": …, "weight_map": {tensor: file}}. `open` gives a shard by its name, which has no
/// way out of the index's folder. Every tensor of the map must be in its shard, and none in two.
/// Throws Error{format, notFound} and what `open` throws; `file` stands for the index in errors.
[[nodiscard]] ShardedWeights
readShards(const std::string& file,
           std::span<const std::byte> bytes,
           const std::function<WeightShard(const std::string& shard)>& open);

} // namespace cortograph
