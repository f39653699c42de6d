#pragma once

#include "compute/selection_kernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace cortograph {

/// The place of a vertex on the grid of tokens.
template <class T> struct GridPlace {
  int left = -1;  ///< column of the two left corners, -1 .. width - 1
  int top = -1;   ///< row of the two upper corners, -1 .. height - 1
  T right = 0;    ///< weight of the right corners
  T down = 0;     ///< weight of the lower corners
  T presence = 1; ///< 0 where no corner is on the grid; NaN where the place is
};

/// Finds the place of a vertex by the convention of grid_sample with align_corners=false.
template <class T> GridPlace<T> placeOf(const T* space, int height, int width) {
  const T column = ((space[0] + 1) * static_cast<T>(width) - 1) / 2;
  const T row = ((space[1] + 1) * static_cast<T>(height) - 1) / 2;
  const bool near =
      column > -1 && column < static_cast<T>(width) && row > -1 && row < static_cast<T>(height);
  if (!near) { // no cell is within reach; NaN is preserved
    return {.left = -1, .top = -1, .right = 0, .down = 0, .presence = (column + row) * 0};
  }
  const T left = std::floor(column);
  const T top = std::floor(row);
  return {.left = static_cast<int>(left),
          .top = static_cast<int>(top),
          .right = column - left,
          .down = row - top,
          .presence = 1};
}

/// Some vertices that are between the same four cells.
struct SelectionTile {
  int left = 0;
  int top = 0;
  std::size_t first = 0; ///< index of the first vertex in SelectionTiles::order
  int count = 0;         ///< 1 .. the requested size
};

/// All vertices, sorted by place and divided into tiles.
template <class T> struct SelectionTiles {
  std::vector<GridPlace<T>> place; ///< of each vertex
  std::vector<std::int64_t> order; ///< vertex numbers, tile by tile
  std::vector<SelectionTile> tiles;

  SelectionTiles(const SelectionArrays<T>& in, int size)
      : place(static_cast<std::size_t>(in.vertices)), order(place.size()) {
    const int across = in.width + 1;
    const auto groupOf = [&](std::size_t n) {
      return static_cast<std::size_t>(place[n].top + 1) * static_cast<std::size_t>(across) +
             static_cast<std::size_t>(place[n].left + 1);
    };
    std::vector<std::size_t> start(static_cast<std::size_t>(across) * (in.height + 1) + 1);
    for (std::size_t n = 0; n < place.size(); ++n) {
      place[n] = placeOf(in.space + 2 * n, in.height, in.width);
      ++start[groupOf(n) + 1];
    }
    for (std::size_t group = 1; group < start.size(); ++group) {
      start[group] += start[group - 1];
    }
    std::vector<std::size_t> next(start.begin(), start.end() - 1);
    for (std::size_t n = 0; n < place.size(); ++n) {
      order[next[groupOf(n)]++] = static_cast<std::int64_t>(n);
    }
    for (std::size_t group = 0; group + 1 < start.size(); ++group) {
      for (std::size_t first = start[group]; first < start[group + 1];
           first += static_cast<std::size_t>(size)) {
        const auto count =
            std::min<std::size_t>(static_cast<std::size_t>(size), start[group + 1] - first);
        tiles.push_back({.left = static_cast<int>(group) % across - 1,
                         .top = static_cast<int>(group) / across - 1,
                         .first = first,
                         .count = static_cast<int>(count)});
      }
    }
  }
};

} // namespace cortograph
