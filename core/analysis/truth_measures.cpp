#include "analysis/truth_measures.h"

#include "analysis/statistics.h"
#include "base/random.h"
#include "brain/parcellation.h"
#include "map/scores.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace cortograph {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct Means {
  double sum = 0;
  double count = 0;
  void add(double value) {
    sum += value;
    ++count;
  }
  [[nodiscard]] double mean() const { return count > 0 ? sum / count : none; }
};

/// Holds two labels for each vertex.
struct Labels {
  std::vector<std::int32_t> cluster;
  std::vector<std::int32_t> region;
  [[nodiscard]] double agreement() const { return adjustedRand(cluster, region); }
};

/// Numbers equal names alike, from 0 by first appearance; -1 for an empty name.
std::vector<std::int32_t> numbered(const std::vector<std::string>& names) {
  std::map<std::string, std::int32_t> numbers;
  std::vector<std::int32_t> out;
  for (const std::string& name : names) {
    const auto next = static_cast<std::int32_t>(numbers.size());
    out.push_back(name.empty() ? -1 : numbers.emplace(name, next).first->second);
  }
  return out;
}

/// Returns the p-value of a result that `asGood` of the trials reached.
double chance(int asGood, std::size_t trials) {
  return trials == 0 ? none : (1.0 + asGood) / (1.0 + static_cast<double>(trials));
}

/// Returns whether `found` reaches `wanted`; equal values do, whatever their rounding error.
bool asGood(double found, double wanted) {
  return found >= wanted - 1e-12;
}

double
permutedChance(const Labels& labels, double agreement, int permutations, std::uint64_t seed) {
  Labels dealt = labels;
  int better = 0;
  SplitMix random(seed);
  for (int trial = 0; trial < permutations; ++trial) {
    random.shuffle(dealt.cluster);
    better += asGood(dealt.agreement(), agreement) ? 1 : 0;
  }
  return chance(better, static_cast<std::size_t>(std::max(permutations, 0)));
}

void addRotations(const std::vector<std::int32_t>& cluster,
                  const std::vector<std::int32_t>& region,
                  const Rotations& rotations,
                  ClusterMatch& match) {
  int better = 0;
  Means agreements;
  for (const std::vector<std::int32_t>& onto : rotations) {
    Labels here;
    Labels rotated;
    for (std::size_t n = 0; n < region.size(); ++n) {
      const std::int32_t moved = onto[n] < 0 ? -1 : cluster[static_cast<std::size_t>(onto[n])];
      if (region[n] >= 0 && cluster[n] >= 0 && moved >= 0) {
        here.cluster.push_back(cluster[n]);
        here.region.push_back(region[n]);
        rotated.cluster.push_back(moved);
      }
    }
    rotated.region = here.region;
    const double found = rotated.agreement();
    const double wanted = here.agreement();
    if (!std::isnan(found) && !std::isnan(wanted)) {
      agreements.add(found);
      better += asGood(found, wanted) ? 1 : 0;
    }
  }
  match.rotations = static_cast<std::size_t>(agreements.count);
  match.rotatedAgreement = agreements.mean();
  match.rotatedP = chance(better, match.rotations);
}

} // namespace

PlaceMatch matchPlaces(const Array<float>& space,
                       const std::vector<float>& x,
                       const std::vector<float>& y,
                       const std::vector<std::uint8_t>& member) {
  std::array<std::vector<float>, 2> found;
  std::array<std::vector<float>, 2> wanted;
  std::vector<float> distance;
  for (std::size_t n = 0; n < member.size(); ++n) {
    if (member[n] != 0) {
      const auto place = space.row(n);
      found[0].push_back(place[0]);
      found[1].push_back(place[1]);
      wanted[0].push_back(x[n]);
      wanted[1].push_back(y[n]);
      distance.push_back(std::hypot(place[0] - x[n], place[1] - y[n]));
    }
  }
  const std::size_t vertices = distance.size();
  return {.vertices = vertices,
          .rX = pearson(found[0], wanted[0]),
          .rY = pearson(found[1], wanted[1]),
          .displacement = summarize(std::move(distance)).median};
}

std::vector<float> expectedLayer(const Array<float>& layer) {
  std::vector<float> expected;
  const auto last = static_cast<double>(layer.rowSize()) - 1;
  for (std::size_t n = 0; n < layer.rows(); ++n) {
    double sum = 0;
    const auto weights = layer.row(n);
    for (std::size_t l = 0; l < weights.size(); ++l) {
      sum += static_cast<double>(l) * weights[l];
    }
    expected.push_back(static_cast<float>(last > 0 ? sum / last : none));
  }
  return expected;
}

std::optional<int> hierarchyRank(const std::string& region) {
  static const std::map<std::string, int> ranks = [] {
    std::map<std::string, int> table{{"V1", 0}, {"V2", 1}, {"V3", 2}, {"hV4", 3}};
    for (const char* category : {"EBA",
                                 "FBA",
                                 "mTL-bodies",
                                 "OFA",
                                 "FFA",
                                 "mTL-faces",
                                 "aTL-faces",
                                 "OPA",
                                 "PPA",
                                 "RSC",
                                 "OWFA",
                                 "VWFA",
                                 "mfs-words",
                                 "mTL-words"}) {
      table[category] = hierarchyRanks - 1;
    }
    return table;
  }();
  const auto found = ranks.find(wholeRegion(region));
  return found == ranks.end() ? std::nullopt : std::optional(found->second);
}

Hierarchy hierarchyOf(const std::vector<float>& expected, const std::vector<std::string>& region) {
  std::array<Means, hierarchyRanks> byRank;
  std::map<std::string, Means> byRegion;
  std::vector<float> layers;
  std::vector<float> ranks;
  for (std::size_t n = 0; n < expected.size(); ++n) {
    if (const auto rank = hierarchyRank(region[n]); rank && std::isfinite(expected[n])) {
      byRank.at(static_cast<std::size_t>(*rank)).add(expected[n]);
      byRegion[wholeRegion(region[n])].add(expected[n]);
      layers.push_back(expected[n]);
      ranks.push_back(static_cast<float>(*rank));
    }
  }
  Hierarchy hierarchy;
  std::transform(byRank.begin(), byRank.end(), hierarchy.layer.begin(), [](const Means& means) {
    return means.mean();
  });
  hierarchy.rise = hierarchy.layer.back() - hierarchy.layer.front();
  hierarchy.rho = spearman(layers, ranks);
  std::vector<float> x;
  std::vector<float> y;
  for (const auto& [name, means] : byRegion) {
    x.push_back(static_cast<float>(*hierarchyRank(name)));
    y.push_back(static_cast<float>(means.mean()));
  }
  const Line line = fitLine(x, y);
  hierarchy.slope = line.slope;
  hierarchy.early = line.intercept;
  hierarchy.late = line.intercept + (hierarchyRanks - 1) * line.slope;
  return hierarchy;
}

double shareOfCeiling(const std::vector<float>& r2,
                      const std::vector<float>& ceiling,
                      const std::vector<std::uint8_t>& member) {
  double explained = 0;
  double explainable = 0;
  for (std::size_t n = 0; n < ceiling.size(); ++n) {
    if (member[n] != 0 && std::isfinite(r2[n]) && std::isfinite(ceiling[n])) {
      explained += r2[n];
      explainable += ceiling[n];
    }
  }
  return explainable > 0 ? explained / explainable : none;
}

ClusterMatch matchClusters(const std::vector<std::int32_t>& cluster,
                           const std::vector<std::string>& region,
                           int permutations,
                           std::uint64_t seed,
                           const Rotations& rotations) {
  const std::vector<std::int32_t> regions = numbered(region);
  Labels labels;
  for (std::size_t n = 0; n < cluster.size(); ++n) {
    if (cluster[n] >= 0 && regions[n] >= 0) {
      labels.cluster.push_back(cluster[n]);
      labels.region.push_back(regions[n]);
    }
  }
  ClusterMatch match;
  match.vertices = labels.cluster.size();
  match.agreement = labels.agreement();
  match.permutedP = std::isnan(match.agreement)
                        ? none
                        : permutedChance(labels, match.agreement, permutations, seed);
  addRotations(cluster, regions, rotations, match);
  return match;
}

} // namespace cortograph
