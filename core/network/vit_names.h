#pragma once

#include "weights/weight_file.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// Part of a tensor's name and its canonical form (vit.h). '#' stands for a number; what follows is
/// carried over: {"encoder.layer.#.output.dense", "blocks.#.mlp.fc2"} renames weight and bias.
struct NameRule {
  std::string_view from;
  std::string_view to;
};

/// The first rule that begins a name, applied; the name itself where none does.
[[nodiscard]] std::string canonicalName(std::span<const NameRule> rules, std::string_view name);
/// The other way: what a canonical name is called in the file.
[[nodiscard]] std::string nameInFile(std::span<const NameRule> rules, std::string_view canonical);

/// Where a network hangs in a file: beginnings of names before the anchor ("module.base_encoder."),
/// the one to use first: a teacher's or a moving average before others, a student's last.
[[nodiscard]] std::vector<std::string> prefixesOf(const WeightTable& table,
                                                  std::string_view anchor);

/// The tensors under a prefix, by canonical names.
[[nodiscard]] WeightTable
canonicalTable(const WeightTable& table, std::string_view prefix, std::span<const NameRule> rules);

} // namespace cortograph
