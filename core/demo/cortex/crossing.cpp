#include "demo/cortex/crossing.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cortograph::demo {

namespace {

using GridPoint = std::array<std::int64_t, 3>;
using Corners = std::array<GridPoint, 3>;

GridPoint operator-(const GridPoint& a, const GridPoint& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}

/// Returns on which side of the plane a b c the point d is; the sign is exact.
int sideOf(const GridPoint& a, const GridPoint& b, const GridPoint& c, const GridPoint& d) {
  const GridPoint u = b - a;
  const GridPoint v = c - a;
  const GridPoint w = d - a;
  const std::int64_t volume = w[0] * (u[1] * v[2] - u[2] * v[1]) +
                              w[1] * (u[2] * v[0] - u[0] * v[2]) +
                              w[2] * (u[0] * v[1] - u[1] * v[0]);
  return volume > 0 ? 1 : (volume < 0 ? -1 : 0);
}

/// Returns whether the edge p q meets the triangle. An edge in the triangle's plane does not count.
bool pierces(const GridPoint& p, const GridPoint& q, const Corners& t) {
  if (sideOf(t[0], t[1], t[2], p) * sideOf(t[0], t[1], t[2], q) > 0) {
    return false;
  }
  const int ab = sideOf(p, q, t[0], t[1]);
  const int bc = sideOf(p, q, t[1], t[2]);
  const int ca = sideOf(p, q, t[2], t[0]);
  const bool noneNegative = ab >= 0 && bc >= 0 && ca >= 0;
  const bool nonePositive = ab <= 0 && bc <= 0 && ca <= 0;
  return noneNegative != nonePositive;
}

bool cross(const Corners& s, const Corners& t) {
  for (std::size_t k = 0; k < 3; ++k) {
    if (pierces(s[k], s[(k + 1) % 3], t) || pierces(t[k], t[(k + 1) % 3], s)) {
      return true;
    }
  }
  return false;
}

/// The corners that two triangles share: how many and, if it is one, its index in each.
struct SharedCorners {
  int count = 0;
  std::size_t inS = 0;
  std::size_t inT = 0;
};

SharedCorners sharedBy(const Triangle& s, const Triangle& t) {
  SharedCorners shared;
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      if (s[i] == t[k]) {
        shared = {shared.count + 1, i, k};
      }
    }
  }
  return shared;
}

/// Returns whether triangles that share one corner cross: whether the edge opposite to it pierces
/// the other triangle.
bool crossBeyond(const Corners& s, std::size_t inS, const Corners& t, std::size_t inT) {
  return pierces(s[(inS + 1) % 3], s[(inS + 2) % 3], t) ||
         pierces(t[(inT + 1) % 3], t[(inT + 2) % 3], s);
}

struct Box {
  GridPoint low;
  GridPoint high;
};

Box boxOf(const Corners& t) {
  Box box{t[0], t[0]};
  for (const GridPoint& corner : t) {
    for (std::size_t k = 0; k < 3; ++k) {
      box.low[k] = std::min(box.low[k], corner[k]);
      box.high[k] = std::max(box.high[k], corner[k]);
    }
  }
  return box;
}

bool apart(const Box& a, const Box& b) {
  for (std::size_t k = 0; k < 3; ++k) {
    if (a.low[k] > b.high[k] || b.low[k] > a.high[k]) {
      return true;
    }
  }
  return false;
}

/// Sorts triangles into cells by their bounding boxes.
class BoxGrid {
public:
  explicit BoxGrid(const std::vector<Box>& boxes) {
    Box all = boxes.front();
    for (const Box& box : boxes) {
      for (std::size_t k = 0; k < 3; ++k) {
        all.low[k] = std::min(all.low[k], box.low[k]);
        all.high[k] = std::max(all.high[k], box.high[k]);
      }
    }
    corner_ = all.low;
    for (std::size_t k = 0; k < 3; ++k) {
      size_[k] = (all.high[k] - corner_[k]) / cell + 1;
    }
    const auto eachCell = [&](const Box& box, const auto& visit) {
      const GridPoint from = cellOf(box.low);
      const GridPoint to = cellOf(box.high);
      for (std::int64_t z = from[2]; z <= to[2]; ++z) {
        for (std::int64_t y = from[1]; y <= to[1]; ++y) {
          for (std::int64_t x = from[0]; x <= to[0]; ++x) {
            visit(number({x, y, z}));
          }
        }
      }
    };
    first_.assign(static_cast<std::size_t>(size_[0] * size_[1] * size_[2]) + 1, 0);
    for (const Box& box : boxes) {
      eachCell(box, [&](std::size_t c) { ++first_[c + 1]; });
    }
    for (std::size_t c = 1; c < first_.size(); ++c) {
      first_[c] += first_[c - 1];
    }
    members_.resize(first_.back());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t t = 0; t < boxes.size(); ++t) {
      eachCell(boxes[t], [&](std::size_t c) { members_[next[c]++] = t; });
    }
  }
  /// Calls visit(s, t) once for each pair of triangles whose boxes meet.
  template <class Visit> void pairs(const std::vector<Box>& boxes, const Visit& visit) const {
    for (std::size_t c = 0; c + 1 < first_.size(); ++c) {
      for (std::size_t i = first_[c]; i < first_[c + 1]; ++i) {
        const Box& s = boxes[members_[i]];
        for (std::size_t k = i + 1; k < first_[c + 1]; ++k) {
          const Box& t = boxes[members_[k]];
          if (apart(s, t)) {
            continue;
          }
          const GridPoint corner{std::max(s.low[0], t.low[0]),
                                 std::max(s.low[1], t.low[1]),
                                 std::max(s.low[2], t.low[2])};
          if (number(cellOf(corner)) == c) {
            visit(members_[i], members_[k]);
          }
        }
      }
    }
  }

private:
  static constexpr std::int64_t cell = 600; ///< steps: 3 mm
  [[nodiscard]] GridPoint cellOf(const GridPoint& p) const {
    return {(p[0] - corner_[0]) / cell, (p[1] - corner_[1]) / cell, (p[2] - corner_[2]) / cell};
  }
  [[nodiscard]] std::size_t number(const GridPoint& c) const {
    return static_cast<std::size_t>((c[2] * size_[1] + c[1]) * size_[0] + c[0]);
  }
  GridPoint corner_{};
  GridPoint size_{};
  std::vector<std::size_t> first_;
  std::vector<std::size_t> members_;
};

} // namespace

std::vector<std::pair<std::size_t, std::size_t>> crossings(const std::vector<Triangle>& triangles,
                                                           const Points& points) {
  std::vector<Corners> corners(triangles.size());
  std::vector<Box> boxes(triangles.size());
  for (std::size_t t = 0; t < triangles.size(); ++t) {
    for (std::size_t k = 0; k < 3; ++k) {
      const Vec3 p = points[static_cast<std::size_t>(triangles[t][k])];
      corners[t][k] = {std::llround(p.x / placeStepMm),
                       std::llround(p.y / placeStepMm),
                       std::llround(p.z / placeStepMm)};
    }
    boxes[t] = boxOf(corners[t]);
  }
  std::vector<std::pair<std::size_t, std::size_t>> found;
  BoxGrid(boxes).pairs(boxes, [&](std::size_t s, std::size_t t) {
    const SharedCorners shared = sharedBy(triangles[s], triangles[t]);
    if ((shared.count == 0 && cross(corners[s], corners[t])) ||
        (shared.count == 1 && crossBeyond(corners[s], shared.inS, corners[t], shared.inT))) {
      found.emplace_back(s, t);
    }
  });
  return found;
}

Keeper::Keeper(std::vector<const Topology*> topologies, Points points)
    : topologies_(std::move(topologies)), good_(std::move(points)) {
  for (const Topology* topology : topologies_) {
    tolerated_.push_back(crossings(topology->triangles, good_));
    std::sort(tolerated_.back().begin(), tolerated_.back().end());
  }
}

std::size_t Keeper::tolerated() const {
  std::size_t count = 0;
  for (const auto& pairs : tolerated_) {
    count += pairs.size();
  }
  return count;
}

bool Keeper::mark(const Points& points,
                  std::vector<std::uint8_t>& back,
                  std::vector<TrianglePairs>& remaining) const {
  bool fine = true;
  remaining.assign(topologies_.size(), {});
  for (std::size_t k = 0; k < topologies_.size(); ++k) {
    const std::vector<Triangle>& triangles = topologies_[k]->triangles;
    for (const auto& pair : crossings(triangles, points)) {
      if (std::binary_search(tolerated_[k].begin(), tolerated_[k].end(), pair)) {
        remaining[k].push_back(pair);
        continue;
      }
      fine = false;
      for (const std::size_t triangle : {pair.first, pair.second}) {
        for (const std::int32_t corner : triangles[triangle]) {
          back[static_cast<std::size_t>(corner)] = 1;
        }
      }
    }
    std::sort(remaining[k].begin(), remaining[k].end());
  }
  return fine;
}

void Keeper::keep(Points& points) {
  constexpr int rounds = 20;
  std::vector<std::uint8_t> back(points.size());
  std::vector<TrianglePairs> remaining;
  for (int round = 0; round < rounds; ++round) {
    if (mark(points, back, remaining)) {
      good_ = points;
      tolerated_ = std::move(remaining);
      return;
    }
    if (round > 1) { // vertices that move back alone may cross their neighbours
      const std::vector<std::uint8_t> before = back;
      for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i] != 0) {
          for (const std::int32_t j : topologies_.back()->of(i)) {
            back[static_cast<std::size_t>(j)] = 1;
          }
        }
      }
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (back[i] != 0) {
        points[i] = good_[i];
      }
    }
  }
  points = good_;
}

} // namespace cortograph::demo
