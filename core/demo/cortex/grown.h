#pragma once

#include "brain/surface.h"
#include "demo/cortex/mesh.h"

#include <array>
#include <filesystem>
#include <vector>

namespace cortograph::demo {

inline constexpr int coarseLevel = 5; ///< level of an icosphere with 10,242 vertices
inline constexpr int fineLevel = 6;   ///< level of an icosphere with 40,962 vertices

/// The cortex as its file stores it. Both hemispheres are stored as right ones, with one value per
/// vertex of the sphere; the vertices of a coarser sphere come first. Positions are in mm.
struct GrownCortex {
  struct Side {
    Points pial;
    Points white;
    std::vector<double> depth;     ///< mm below the hull
    std::vector<double> curvature; ///< mean curvature, 1/mm, positive in sulci
  };
  std::array<Side, 2> sides; ///< left, right
  Points inflated;           ///< the same for both sides
  Points flat;               ///< the same for both sides
  Points
      young; ///< growthAfter(Side::left, youngSteps): tests that the code still grows this cortex
};

inline constexpr int youngSteps = 80; ///< number of steps after which `young` is stored

/// Grows the cortex; the result is always the same. Cost: 40 s per hemisphere, both in parallel.
[[nodiscard]] GrownCortex growCortex();
/// Returns the middle of the sheet that growCortex() grows after its first `steps`, at coarseLevel.
[[nodiscard]] Points growthAfter(Side side, int steps);
/// Returns only the parts that both sides share: inflated and flat.
[[nodiscard]] GrownCortex shapesOfHull();

/// Writes a cortex as HDF5: positions in whole steps of placeStepMm, as differences from the mean
/// of each vertex's parents. Throws Error{file}.
void writeGrownCortex(const std::filesystem::path& file, const GrownCortex& cortex);
/// Reads the vertices up to `level` only. Throws Error{format}.
[[nodiscard]] GrownCortex
readGrownCortex(const std::filesystem::path& file, const Icosphere& sphere, int level);

} // namespace cortograph::demo
