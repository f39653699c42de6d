#pragma once

#include "weights/weight_file.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The start of a tensor's name and its canonical form (vit.h). '#' stands for a number. The rest
/// of the name is kept: {"encoder.layer.#.output.dense", "blocks.#.mlp.fc2"} renames weight and
/// bias.
struct NameRule {
  std::string_view from;
  std::string_view to;
};

/// Applies the first rule that matches the start of a name. Without one the name is kept, but a
/// chunk's number is removed: "blocks.0.3" becomes "blocks.3".
[[nodiscard]] std::string canonicalName(std::span<const NameRule> rules, std::string_view name);
/// Returns the name in the file of a tensor with a canonical name.
[[nodiscard]] std::string nameInFile(std::span<const NameRule> rules, std::string_view canonical);

/// Returns the prefixes of all networks in a file: what precedes the anchor in a name, such as
/// "module.base_encoder.". The one to use comes first: teachers and moving averages before others,
/// students last.
[[nodiscard]] std::vector<std::string> prefixesOf(const WeightTable& table,
                                                  std::string_view anchor);

/// Returns the tensors whose names start with a prefix, under their canonical names.
[[nodiscard]] WeightTable
canonicalTable(const WeightTable& table, std::string_view prefix, std::span<const NameRule> rules);

} // namespace cortograph
