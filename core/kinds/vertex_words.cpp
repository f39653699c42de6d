#include "kinds/vertex_words.h"

#include "map/left_out.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cortograph {

namespace {

constexpr std::array<std::string_view, 4> alwaysSaid{"layer", "space", "scale", "r2"};

/// Returns whether vertexInWords() always states this kind's value, or its own words would repeat
/// it.
bool isSaidAlready(std::string_view kind) {
  return kind == "place-used" || kind == "region" ||
         std::find(alwaysSaid.begin(), alwaysSaid.end(), kind) != alwaysSaid.end();
}

} // namespace

std::optional<std::size_t>
modeledVertex(const VertexSet& vertices, Side side, std::int32_t vertex) {
  const std::vector<std::int32_t>& of = vertices.of(side);
  const auto found = std::lower_bound(of.begin(), of.end(), vertex);
  if (found == of.end() || *found != vertex) {
    return std::nullopt;
  }
  return vertices.offset(side) + static_cast<std::size_t>(found - of.begin());
}

std::string regionsInWords(const BrainMap& map, std::size_t n) {
  std::string words;
  for (const Region& region : map.regions) {
    if (region.member[n] != 0) {
      words += (words.empty() ? "" : ", ") + region.name;
    }
  }
  return words;
}

std::string
vertexInWords(const MapSource& source, std::size_t n, std::span<const std::string> shownKinds) {
  if (isLeftOut(*source.map, n)) {
    return "left out of the training, because its responses are not finite numbers or never change";
  }
  std::string words;
  const auto say = [&](std::string_view typed) {
    const KindChoice choice = parseKind(std::string(typed));
    MapSource shown = source;
    shown.layer = choice.kind->ofLayer ? choice.layer : source.layer;
    words += (words.empty() ? "" : "; ") + choice.kind->inWords(shown, n);
  };
  std::for_each(alwaysSaid.begin(), alwaysSaid.end(), say);
  for (const std::string& kind : shownKinds) {
    if (!isSaidAlready(kind)) {
      say(kind);
    }
  }
  return words;
}

} // namespace cortograph
