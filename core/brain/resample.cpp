#include "brain/resample.h"

#include "base/enum_words.h"
#include "base/error.h"
#include "base/parallel.h"
#include "brain/sphere_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace cortograph {

namespace {

constexpr EnumWords methodWords{
    std::to_array<EnumWord<ResampleMethod>>({{ResampleMethod::nearest, "nearest"},
                                             {ResampleMethod::barycentric, "barycentric"},
                                             {ResampleMethod::adaptive, "adaptive"}})};
static_assert(methodWords.have(allResampleMethods));

constexpr float negligible = 1e-6F; ///< a weight that is rounding error

/// Returns where each vertex of a mesh lies on another.
std::vector<MeshPlace> placesOn(const Surface& mesh, const Surface& vertices) {
  const SphereIndex index(mesh);
  std::vector<MeshPlace> places(vertices.verticesRas.size());
  inParallel(places.size(),
             [&](std::size_t i) { places[i] = index.nearest(vertices.verticesRas[i]); });
  return places;
}

/// Divides the weights of each new vertex by their sum, and leaves out those of vertices without
/// any.
Resampling normalized(const Resampling& raw) {
  Resampling result{.from = raw.from, .first = {0}, .vertex = {}, .weight = {}};
  result.first.reserve(raw.first.size());
  for (std::size_t i = 0; i < raw.to(); ++i) {
    double sum = 0;
    for (std::size_t at = raw.first[i]; at < raw.first[i + 1]; ++at) {
      sum += raw.weight[at];
    }
    for (std::size_t at = raw.first[i]; at < raw.first[i + 1]; ++at) {
      if (raw.weight[at] > negligible * sum) {
        result.vertex.push_back(raw.vertex[at]);
        result.weight.push_back(static_cast<float>(raw.weight[at] / sum));
      }
    }
    result.first.push_back(result.vertex.size());
  }
  return result;
}

/// Gathers the corners of the triangle around each new vertex.
Resampling gathered(const std::vector<MeshPlace>& places, std::size_t from) {
  Resampling result{.from = from, .first = {0}, .vertex = {}, .weight = {}};
  result.first.reserve(places.size() + 1);
  for (const MeshPlace& place : places) {
    for (std::size_t corner = 0; corner < 3; ++corner) {
      if (place.weights.at(corner) > negligible) {
        result.vertex.push_back(place.corners.at(corner));
        result.weight.push_back(static_cast<float>(place.weights.at(corner)));
      }
    }
    result.first.push_back(result.vertex.size());
  }
  return result;
}

/// Keeps the corner with the largest weight.
Resampling nearestOf(const std::vector<MeshPlace>& places, std::size_t from) {
  Resampling result{.from = from,
                    .first = std::vector<std::size_t>(places.size() + 1),
                    .vertex = {},
                    .weight = std::vector<float>(places.size(), 1)};
  std::iota(result.first.begin(), result.first.end(), std::size_t{0});
  for (const MeshPlace& place : places) {
    const auto* const largest = std::ranges::max_element(place.weights);
    result.vertex.push_back(
        place.corners.at(static_cast<std::size_t>(largest - place.weights.begin())));
  }
  return result;
}

/// Exchanges the roles of the meshes: each vertex gives its value to those that it took one from.
Resampling reversed(const Resampling& weights) {
  Resampling result{.from = weights.to(),
                    .first = std::vector<std::size_t>(weights.from + 1, 0),
                    .vertex = std::vector<std::int32_t>(weights.vertex.size()),
                    .weight = std::vector<float>(weights.vertex.size())};
  for (const std::int32_t vertex : weights.vertex) {
    ++result.first[static_cast<std::size_t>(vertex) + 1];
  }
  std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
  std::vector<std::size_t> next(result.first.begin(), result.first.end() - 1);
  for (std::size_t i = 0; i < weights.to(); ++i) {
    for (std::size_t at = weights.first[i]; at < weights.first[i + 1]; ++at) {
      const std::size_t to = next[static_cast<std::size_t>(weights.vertex[at])]++;
      result.vertex[to] = static_cast<std::int32_t>(i);
      result.weight[to] = weights.weight[at];
    }
  }
  return result;
}

std::span<const std::int32_t> verticesOf(const Resampling& weights, std::size_t i) {
  return {weights.vertex.data() + weights.first[i], weights.first[i + 1] - weights.first[i]};
}

/// Takes for each new vertex the triangle around it when that holds all old vertices that give to
/// it, else those old vertices.
Resampling chosen(const Resampling& gathering, const Resampling& giving) {
  Resampling result{.from = gathering.from, .first = {0}, .vertex = {}, .weight = {}};
  for (std::size_t i = 0; i < gathering.to(); ++i) {
    const auto around = verticesOf(gathering, i);
    const bool enough = std::ranges::all_of(verticesOf(giving, i), [around](std::int32_t giver) {
      return std::ranges::find(around, giver) != around.end();
    });
    const Resampling& taken = enough ? gathering : giving;
    for (std::size_t at = taken.first[i]; at < taken.first[i + 1]; ++at) {
      result.vertex.push_back(taken.vertex[at]);
      result.weight.push_back(taken.weight[at]);
    }
    result.first.push_back(result.vertex.size());
  }
  return result;
}

/// Scales the weights so that each old vertex gives its whole area, in shares of the areas of the
/// new vertices.
void weighByArea(Resampling& weights, const ResampleAreas& areas) {
  std::vector<double> given(weights.from, 0);
  for (std::size_t i = 0; i < weights.to(); ++i) {
    for (std::size_t at = weights.first[i]; at < weights.first[i + 1]; ++at) {
      weights.weight[at] *= areas.to[i];
      given[static_cast<std::size_t>(weights.vertex[at])] += weights.weight[at];
    }
  }
  for (std::size_t at = 0; at < weights.vertex.size(); ++at) {
    const auto vertex = static_cast<std::size_t>(weights.vertex[at]);
    const double share = given[vertex] > 0 ? weights.weight[at] / given[vertex] : 0;
    weights.weight[at] = static_cast<float>(areas.from[vertex] * share);
  }
}

void requireAreas(const std::vector<float>& areas, const Surface& sphere, const char* which) {
  const auto bad = [](float area) { return !(area >= 0 && std::isfinite(area)); };
  if (areas.size() != sphere.verticesRas.size() || std::ranges::any_of(areas, bad)) {
    throw Error(ErrorKind::mismatch,
                "The adaptive method needs the area of each of the " +
                    std::to_string(sphere.verticesRas.size()) + " vertices of the " + which +
                    " mesh, not negative, but " + std::to_string(areas.size()) +
                    " are given; give them, or choose another method.");
  }
}

/// Returns the label with the largest sum of weights, the first found of equal ones.
float majority(const std::vector<std::pair<float, float>>& votes) {
  const auto largest = std::ranges::max_element(
      votes, {}, [](const std::pair<float, float>& vote) { return vote.second; });
  return largest == votes.end() ? std::numeric_limits<float>::quiet_NaN() : largest->first;
}

float labelOf(const Resampling& resampling, std::size_t i, std::span<const float> keys) {
  std::vector<std::pair<float, float>> votes; // label, sum of weights
  for (std::size_t at = resampling.first[i]; at < resampling.first[i + 1]; ++at) {
    const float key = keys[static_cast<std::size_t>(resampling.vertex[at])];
    if (std::isnan(key)) {
      continue;
    }
    auto vote = std::ranges::find(votes, key, &std::pair<float, float>::first);
    if (vote == votes.end()) {
      vote = votes.insert(votes.end(), {key, 0.0F});
    }
    vote->second += resampling.weight[at];
  }
  return majority(votes);
}

float numberOf(const Resampling& resampling, std::size_t i, std::span<const float> values) {
  double sum = 0;
  double weights = 0;
  for (std::size_t at = resampling.first[i]; at < resampling.first[i + 1]; ++at) {
    const float value = values[static_cast<std::size_t>(resampling.vertex[at])];
    if (!std::isnan(value)) {
      sum += double{value} * resampling.weight[at];
      weights += resampling.weight[at];
    }
  }
  return weights > 0 ? static_cast<float>(sum / weights) : std::numeric_limits<float>::quiet_NaN();
}

} // namespace

std::string_view toString(ResampleMethod method) noexcept {
  return methodWords.of(method);
}

Resampling resampling(const Surface& from,
                      const Surface& to,
                      ResampleMethod method,
                      const ResampleAreas& areas) {
  requireSphere(to);
  const std::size_t count = from.verticesRas.size();
  const std::vector<MeshPlace> places = placesOn(from, to);
  if (method == ResampleMethod::nearest) {
    return nearestOf(places, count);
  }
  const Resampling gathering = gathered(places, count);
  if (method == ResampleMethod::barycentric) {
    return normalized(gathering);
  }
  requireAreas(areas.from, from, "old");
  requireAreas(areas.to, to, "new");
  Resampling weights =
      chosen(gathering, reversed(gathered(placesOn(to, from), to.verticesRas.size())));
  weighByArea(weights, areas);
  return normalized(weights);
}

Resampling nestedResampling(std::size_t from, std::size_t to) {
  if (to > from) {
    throw Error(ErrorKind::mismatch,
                "The new mesh has " + std::to_string(to) + " vertices and the old one only " +
                    std::to_string(from) +
                    "; give the sphere of the new mesh, so that values can be interpolated.");
  }
  Resampling result{.from = from,
                    .first = std::vector<std::size_t>(to + 1),
                    .vertex = std::vector<std::int32_t>(to),
                    .weight = std::vector<float>(to, 1)};
  std::iota(result.first.begin(), result.first.end(), std::size_t{0});
  std::iota(result.vertex.begin(), result.vertex.end(), std::int32_t{0});
  return result;
}

std::vector<float>
resampled(const Resampling& resampling, std::span<const float> values, VertexDataKind kind) {
  if (values.size() != resampling.from) {
    throw Error(ErrorKind::mismatch,
                "There are " + std::to_string(values.size()) +
                    " values, but the mesh to resample from has " +
                    std::to_string(resampling.from) + " vertices; give data of that mesh.");
  }
  const bool labels = kind == VertexDataKind::labels;
  std::vector<float> result(resampling.to());
  inParallel(result.size(), [&](std::size_t i) {
    result[i] = labels ? labelOf(resampling, i, values) : numberOf(resampling, i, values);
  });
  return result;
}

VertexData resampled(const VertexData& data, const std::array<Resampling, 2>& resamplings) {
  VertexData result = data;
  std::array<std::size_t, 2> vertices{};
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    if (!data.mesh.has(side)) {
      continue;
    }
    vertices.at(s) = resamplings.at(s).to();
    for (VertexColumn& column : result.columns) {
      column.values.at(s) = resampled(resamplings.at(s), column.values.at(s), data.kind);
    }
  }
  result.mesh = meshOfCounts(vertices);
  return result;
}

} // namespace cortograph
