#include "demo/cortex/contact.h"

#include <algorithm>
#include <limits>

namespace cortograph::demo {

namespace {

std::size_t index(std::int32_t vertex) {
  return static_cast<std::size_t>(vertex);
}

} // namespace

PointGrid::PointGrid(const Points& points, double cellMm) : cellMm_(cellMm) {
  constexpr double far = std::numeric_limits<double>::max();
  Vec3 low{far, far, far};
  Vec3 high{-far, -far, -far};
  for (const Vec3& p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  corner_ = low;
  const Vec3 extent = high - low;
  size_ = {static_cast<int>(extent.x / cellMm) + 1,
           static_cast<int>(extent.y / cellMm) + 1,
           static_cast<int>(extent.z / cellMm) + 1};
  std::vector<std::size_t> cells(points.size());
  first_.assign(index(size_[0] * size_[1] * size_[2]) + 1, 0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::array<int, 3> cell = cellOf(points[i]);
    cells[i] = index((cell[2] * size_[1] + cell[1]) * size_[0] + cell[0]);
    ++first_[cells[i] + 1];
  }
  for (std::size_t c = 1; c < first_.size(); ++c) {
    first_[c] += first_[c - 1];
  }
  std::vector<std::int32_t> next(first_.begin(), first_.end() - 1);
  order_.resize(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    order_[index(next[cells[i]]++)] = static_cast<std::int32_t>(i);
  }
}

std::array<int, 3> PointGrid::cellOf(Vec3 place) const {
  const auto cell = [&](double p, double low) {
    return static_cast<int>(std::floor((p - low) / cellMm_));
  };
  return {cell(place.x, corner_.x), cell(place.y, corner_.y), cell(place.z, corner_.z)};
}

Pairs opposedPairs(const Topology& topology,
                   const Points& points,
                   const Points& normals,
                   double reachMm) {
  constexpr double opposed = -0.3;
  const PointGrid grid(points, reachMm);
  Pairs pairs;
  for (std::size_t i = 0; i < points.size(); ++i) {
    grid.near(points[i], [&](std::int32_t j) {
      if (index(j) <= i || dot(normals[i], normals[index(j)]) > opposed) {
        return;
      }
      const Vec3 way = points[index(j)] - points[i];
      const auto around = topology.of(i);
      if (dot(way, way) < reachMm * reachMm &&
          std::find(around.begin(), around.end(), j) == around.end()) {
        pairs.emplace_back(static_cast<std::int32_t>(i), j);
      }
    });
  }
  return pairs;
}

} // namespace cortograph::demo
