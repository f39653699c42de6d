#pragma once

#include "brain/surface.h"
#include "demo/cortex/mesh.h"

#include <array>
#include <filesystem>
#include <vector>

namespace cortograph::demo {

inline constexpr int coarseLevel = 5; ///< of the sphere: 10,242 vertices
inline constexpr int fineLevel = 6;   ///< 40,962

/// The cortex as its file keeps it: every hemisphere as a right one, one value a vertex of the
/// sphere; those of a coarser sphere are the first. Places in mm.
struct GrownCortex {
  struct Side {
    Points pial;
    Points white;
    std::vector<double> depth;     ///< mm below the hull
    std::vector<double> curvature; ///< mean, 1/mm, positive in sulci
  };
  std::array<Side, 2> sides; ///< left, right
  Points inflated;           ///< alike on both sides
  Points flat;
  Points young; ///< growthAfter(Side::left, youngSteps), to check that the code grows what is kept
};

inline constexpr int youngSteps = 80; ///< of growthSteps

/// Grows it anew, always the same. Cost: 40 s a hemisphere, both at once.
[[nodiscard]] GrownCortex growCortex();
/// The middle of a sheet of growCortex() after the first `steps` of its growth, at coarseLevel.
[[nodiscard]] Points growthAfter(Side side, int steps);
/// The parts that both sides share, without the rest: inflated and flat.
[[nodiscard]] GrownCortex shapesOfHull();

/// HDF5, whole steps of placeStepMm less the mean of the parents. Throws Error{file}.
void writeGrownCortex(const std::filesystem::path& file, const GrownCortex& cortex);
/// The first vertices alone, up to `level`. Throws Error{format}.
[[nodiscard]] GrownCortex
readGrownCortex(const std::filesystem::path& file, const Icosphere& sphere, int level);

} // namespace cortograph::demo
