#include "analysis/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace cortograph {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct Moments {
  double meanX = 0;
  double meanY = 0;
  double xx = 0; ///< sums of products about the means
  double xy = 0;
  double yy = 0;
};

Moments momentsOf(std::span<const float> x, std::span<const float> y) {
  const auto count = static_cast<double>(x.size());
  Moments moments{std::accumulate(x.begin(), x.end(), 0.0) / count,
                  std::accumulate(y.begin(), y.end(), 0.0) / count};
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double dx = x[i] - moments.meanX;
    const double dy = y[i] - moments.meanY;
    moments.xx += dx * dx;
    moments.xy += dx * dy;
    moments.yy += dy * dy;
  }
  return moments;
}

/// Returns the rank of each value, from 1; equal values share the mean of their ranks.
std::vector<float> ranksOf(std::span<const float> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [values](std::size_t a, std::size_t b) {
    return values[a] < values[b];
  });
  std::vector<float> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && !(values[order[first]] < values[order[end]])) {
      ++end;
    }
    for (std::size_t i = first; i < end; ++i) {
      ranks[order[i]] = static_cast<float>(first + end + 1) / 2;
    }
    first = end;
  }
  return ranks;
}

double pairs(double count) {
  return count * (count - 1) / 2;
}

} // namespace

double pearson(std::span<const float> a, std::span<const float> b) {
  if (a.size() < 2) {
    return none;
  }
  const Moments moments = momentsOf(a, b);
  const double both = moments.xx * moments.yy;
  return both > 0 ? std::clamp(moments.xy / std::sqrt(both), -1.0, 1.0) : none;
}

double spearman(std::span<const float> a, std::span<const float> b) {
  return pearson(ranksOf(a), ranksOf(b));
}

double areaUnderRoc(std::span<const float> values, std::span<const std::uint8_t> positive) {
  const std::vector<float> ranks = ranksOf(values);
  double sum = 0;
  double positives = 0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    if (positive[i] != 0) {
      sum += ranks[i];
      ++positives;
    }
  }
  const double others = static_cast<double>(ranks.size()) - positives;
  // Mann and Whitney's U over all pairs.
  return positives > 0 && others > 0
             ? (sum - positives * (positives + 1) / 2) / (positives * others)
             : none;
}

Line fitLine(std::span<const float> x, std::span<const float> y) {
  if (x.size() < 2) {
    return {none, none};
  }
  const Moments moments = momentsOf(x, y);
  const double slope = moments.xx > 0 ? moments.xy / moments.xx : none;
  return {moments.meanY - slope * moments.meanX, slope};
}

double adjustedRand(std::span<const std::int32_t> a, std::span<const std::int32_t> b) {
  if (a.size() < 2) {
    return none;
  }
  const auto groupsOf = [](std::span<const std::int32_t> labels) {
    return static_cast<std::size_t>(*std::max_element(labels.begin(), labels.end())) + 1;
  };
  const std::size_t columns = groupsOf(b);
  std::vector<double> table(groupsOf(a) * columns);
  std::vector<double> inA(groupsOf(a));
  std::vector<double> inB(columns);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto row = static_cast<std::size_t>(a[i]);
    const auto column = static_cast<std::size_t>(b[i]);
    ++table[row * columns + column];
    ++inA[row];
    ++inB[column];
  }
  const auto pairsIn = [](const std::vector<double>& counts) {
    return std::accumulate(counts.begin(), counts.end(), 0.0, [](double sum, double count) {
      return sum + pairs(count);
    });
  };
  const double pairsA = pairsIn(inA);
  const double pairsB = pairsIn(inB);
  const double all = pairs(static_cast<double>(a.size()));
  const double expected = pairsA * pairsB / all;
  const double most = (pairsA + pairsB) / 2;
  const bool trivial = [&] {
    const auto isTrivial = [all](double within) { return within == 0 || within == all; };
    return isTrivial(pairsA) || isTrivial(pairsB);
  }();
  return trivial ? none : (pairsIn(table) - expected) / (most - expected);
}

} // namespace cortograph
