#include "analysis/ward.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

namespace cortograph {

namespace {

/// Holds the remaining clusters and the squared Ward distances between them.
class Distances {
public:
  explicit Distances(const Array<double>& points)
      : count_(points.rows()), squares_(count_ * count_), sizes_(count_, 1) {
    for (std::size_t i = 0; i < count_; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < points.rowSize(); ++k) {
          const double difference = points.row(i)[k] - points.row(j)[k];
          sum += difference * difference;
        }
        set(i, j, sum);
      }
    }
  }

  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return squares_[i * count_ + j]; }
  [[nodiscard]] bool isLeft(std::size_t i) const { return sizes_[i] > 0; }
  [[nodiscard]] std::size_t firstLeft() const {
    return static_cast<std::size_t>(
        std::find_if(sizes_.begin(), sizes_.end(), [](double size) { return size > 0; }) -
        sizes_.begin());
  }

  /// Returns the cluster nearest to i; on ties `favored`, else the lowest.
  [[nodiscard]] std::size_t nearest(std::size_t i, std::size_t favored) const {
    std::size_t best = favored;
    double least = favored < count_ ? at(i, favored) : std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < count_; ++j) {
      if (j != i && isLeft(j) && at(i, j) < least) {
        best = j;
        least = at(i, j);
      }
    }
    return best;
  }

  /// Joins `second` into `first`.
  void join(std::size_t first, std::size_t second) {
    const double between = at(first, second);
    const double a = sizes_[first];
    const double b = sizes_[second];
    sizes_[first] = a + b;
    sizes_[second] = 0;
    for (std::size_t k = 0; k < count_; ++k) {
      if (k != first && isLeft(k)) {
        const double c = sizes_[k];
        const double joined = (a + c) * at(k, first) + (b + c) * at(k, second) - c * between;
        set(k, first, joined / (a + b + c));
      }
    }
  }

private:
  void set(std::size_t i, std::size_t j, double square) {
    squares_[i * count_ + j] = square;
    squares_[j * count_ + i] = square;
  }

  std::size_t count_;
  std::vector<double> squares_; ///< count × count
  std::vector<double> sizes_;   ///< points of each cluster; 0 once joined into another
};

std::size_t rootOf(const std::vector<std::size_t>& parents, std::size_t i) {
  while (parents[i] != i) {
    i = parents[i];
  }
  return i;
}

} // namespace

std::vector<WardMerge> wardLinkage(const Array<double>& points) {
  const std::size_t count = points.rows();
  Distances distances(points);
  std::vector<WardMerge> merges;
  std::vector<std::size_t> chain; // the nearest neighbour of each element is the next element
  while (merges.size() + 1 < count) {
    if (chain.empty()) {
      chain.push_back(distances.firstLeft());
    }
    const std::size_t last = chain.back();
    const std::size_t before = chain.size() > 1 ? chain[chain.size() - 2] : count;
    const std::size_t next = distances.nearest(last, before);
    if (next != before) {
      chain.push_back(next);
      continue;
    }
    const auto [first, second] = std::minmax(last, before);
    merges.push_back({first, second, std::sqrt(std::max(0.0, distances.at(first, second)))});
    distances.join(first, second);
    chain.resize(chain.size() - 2);
  }
  std::stable_sort(merges.begin(), merges.end(), [](const WardMerge& a, const WardMerge& b) {
    return std::tie(a.height, a.first, a.second) < std::tie(b.height, b.first, b.second);
  });
  return merges;
}

std::vector<int> wardClusters(const Array<double>& points, int clusters) {
  std::vector<std::size_t> parents(points.rows());
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  const std::vector<WardMerge> merges = wardLinkage(points);
  const std::size_t kept = static_cast<std::size_t>(std::max(1, clusters)) - 1;
  for (std::size_t i = 0; i + kept < merges.size(); ++i) {
    parents[rootOf(parents, merges[i].second)] = rootOf(parents, merges[i].first);
  }
  std::vector<int> numbers(points.rows(), -1);
  std::vector<int> groups;
  int next = 0;
  for (std::size_t i = 0; i < parents.size(); ++i) {
    int& number = numbers[rootOf(parents, i)];
    if (number < 0) {
      number = next++;
    }
    groups.push_back(number);
  }
  return groups;
}

} // namespace cortograph
