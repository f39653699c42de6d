#include "network/vit_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <tuple>
#include <utility>

namespace cortograph {

namespace {

bool isDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

struct Match {
  std::string_view number; ///< the number that '#' stood for
  std::string_view rest;
};

/// Matches a pattern with the start of a name. The match must end at the end of the name or at a
/// dot.
std::optional<Match> matched(std::string_view pattern, std::string_view name) {
  Match match;
  std::size_t at = 0;
  for (const char c : pattern) {
    if (c != '#') {
      if (at == name.size() || name[at++] != c) {
        return std::nullopt;
      }
      continue;
    }
    const std::size_t first = at;
    while (at < name.size() && isDigit(name[at])) {
      ++at;
    }
    match.number = name.substr(first, at - first);
    if (match.number.empty()) {
      return std::nullopt;
    }
  }
  match.rest = name.substr(at);
  return match.rest.empty() || match.rest.front() == '.' ? std::optional(match) : std::nullopt;
}

std::string filled(std::string_view pattern, const Match& match) {
  std::string name;
  for (const char c : pattern) {
    name += c == '#' ? std::string(match.number) : std::string(1, c);
  }
  return name.append(match.rest);
}

/// Turns "blocks.0.3.norm1" into "blocks.3.norm1": some training code keeps its blocks in chunks
/// and numbers the blocks continuously.
std::string withoutChunk(std::string name) {
  if (const auto match = matched("blocks.#.#", name)) {
    return "blocks." + std::string(match->number) + std::string(match->rest);
  }
  return name;
}

/// Ranks a prefix; lower is better.
int rankOf(const std::string& prefix) {
  static constexpr std::array<std::string_view, 5> better{
      "teacher.", "state_dict_ema.", "model_ema.", "ema.", "base_encoder."};
  static constexpr std::array<std::string_view, 3> worse{
      "student.", "momentum_encoder.", "predictor."};
  const auto named = [&prefix](std::string_view part) {
    const std::size_t at = prefix.find(part);
    return at != std::string::npos && (at == 0 || prefix[at - 1] == '.');
  };
  if (std::any_of(better.begin(), better.end(), named)) {
    return 0;
  }
  return std::any_of(worse.begin(), worse.end(), named) ? 2 : 1;
}

} // namespace

std::string canonicalName(std::span<const NameRule> rules, std::string_view name) {
  for (const NameRule& rule : rules) {
    if (const auto match = matched(rule.from, name)) {
      return filled(rule.to, *match);
    }
  }
  return withoutChunk(std::string(name));
}

std::string nameInFile(std::span<const NameRule> rules, std::string_view canonical) {
  for (const NameRule& rule : rules) {
    if (const auto match = matched(rule.to, canonical)) {
      return filled(rule.from, *match);
    }
  }
  return std::string(canonical);
}

std::vector<std::string> prefixesOf(const WeightTable& table, std::string_view anchor) {
  std::vector<std::string> prefixes;
  for (const auto& [name, tensor] : table) {
    if (!name.ends_with(anchor)) {
      continue;
    }
    std::string prefix = name.substr(0, name.size() - anchor.size());
    if (prefix.empty() || prefix.back() == '.') {
      prefixes.push_back(std::move(prefix));
    }
  }
  std::sort(prefixes.begin(), prefixes.end(), [](const std::string& a, const std::string& b) {
    return std::tuple(rankOf(a), a.size(), a) < std::tuple(rankOf(b), b.size(), b);
  });
  return prefixes;
}

WeightTable
canonicalTable(const WeightTable& table, std::string_view prefix, std::span<const NameRule> rules) {
  WeightTable canonical;
  for (const auto& [name, tensor] : table) {
    if (name.starts_with(prefix)) {
      canonical.emplace(canonicalName(rules, std::string_view(name).substr(prefix.size())), tensor);
    }
  }
  return canonical;
}

} // namespace cortograph
