#include "viewer/scene/borders.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cortograph {

namespace {

/// Computes middle and radius of a region on a shape.
void measure(RegionShape& region, const ShapeGeometry& shape) {
  const auto place = [&shape](std::int32_t vertex) {
    const float* at = shape.points->GetPointer(0) + static_cast<std::size_t>(vertex) * 3;
    return std::array<double, 3>{at[0], at[1], at[2]};
  };
  const auto count = static_cast<double>(region.vertices.size());
  std::array<double, 3> mean{};
  for (const std::int32_t vertex : region.vertices) {
    const auto at = place(vertex);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      mean[axis] += at[axis] / count;
    }
  }
  const auto distance = [&](std::int32_t vertex) {
    const auto at = place(vertex);
    return std::hypot(at[0] - mean[0], at[1] - mean[1], at[2] - mean[2]);
  };
  region.middle = *std::ranges::min_element(region.vertices, {}, distance);
  double squares = 0;
  for (const std::int32_t vertex : region.vertices) {
    squares += distance(vertex) * distance(vertex) / count;
  }
  region.radius = std::sqrt(squares);
}

/// A set of regions that hold a vertex, one bit per region.
using Membership = std::uint64_t;
constexpr std::size_t regionsAtOnce = 64;

/// Adds a piece for each region that holds some but not all of the triangle's corners.
void addPieces(std::vector<BorderPiece>& pieces,
               const Triangle& triangle,
               const std::array<Membership, 3>& of) {
  for (Membership mixed = (of[0] ^ of[1]) | (of[1] ^ of[2]); mixed != 0; mixed &= mixed - 1) {
    const int region = std::countr_zero(mixed);
    BorderPiece piece{};
    std::size_t crossings = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const std::size_t next = (k + 1) % 3;
      if (((of[k] ^ of[next]) >> static_cast<unsigned>(region) & 1U) != 0) {
        piece.at(crossings++) = {triangle[k], triangle[next]};
      }
    }
    pieces.push_back(piece);
  }
}

} // namespace

std::vector<BorderPiece> bordersOf(std::span<const RegionShape> regions,
                                   std::size_t vertices,
                                   std::span<const Triangle> triangles) {
  std::vector<BorderPiece> pieces;
  std::vector<Membership> memberships(vertices);
  for (std::size_t first = 0; first < regions.size(); first += regionsAtOnce) {
    std::ranges::fill(memberships, 0);
    const auto some = regions.subspan(first, std::min(regionsAtOnce, regions.size() - first));
    for (std::size_t r = 0; r < some.size(); ++r) {
      for (const std::int32_t vertex : some[r].vertices) {
        memberships[static_cast<std::size_t>(vertex)] |= Membership{1} << r;
      }
    }
    for (const Triangle& triangle : triangles) {
      addPieces(pieces,
                triangle,
                {memberships[static_cast<std::size_t>(triangle[0])],
                 memberships[static_cast<std::size_t>(triangle[1])],
                 memberships[static_cast<std::size_t>(triangle[2])]});
    }
  }
  return pieces;
}

std::vector<RegionShape> regionsOn(Side side,
                                   const BrainMap& map,
                                   const std::optional<RegionNames>& names,
                                   const ShapeGeometry& shape) {
  const std::vector<std::int32_t>& of = map.vertices.of(side);
  const std::size_t offset = map.vertices.offset(side);
  std::vector<RegionShape> shapes;
  for (const Region& region : map.regions) {
    const bool wanted = names ? std::ranges::find(*names, region.name) != names->end()
                              : isOutlinedByDefault(region);
    RegionShape outlined;
    outlined.name = region.name;
    for (std::size_t i = 0; wanted && i < of.size(); ++i) {
      if (region.member[offset + i] != 0) {
        outlined.vertices.push_back(of[i]);
      }
    }
    if (!outlined.vertices.empty()) {
      measure(outlined, shape);
      shapes.push_back(std::move(outlined));
    }
  }
  std::ranges::stable_sort(shapes, [](const RegionShape& a, const RegionShape& b) {
    return a.vertices.size() > b.vertices.size();
  });
  return shapes;
}

} // namespace cortograph
