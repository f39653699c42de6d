#pragma once

#include "base/attributes.h"
#include "brain/vertex_set.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// How well an encoder predicts the responses of N vertices to some images.
struct Scores {
  std::size_t images = 0;
  std::vector<float> r2;           ///< N, 1 - SS_res / SS_tot; NaN where the response never changes
  std::vector<float> correlation;  ///< N, Pearson's r; NaN where either never changes
  std::vector<float> noiseCeiling; ///< N, share of variance that can be explained; empty: unknown
  std::vector<float> normalisedR2; ///< N, normaliseByCeiling(r2, noiseCeiling); empty: unknown
  /// N, r with what a simulated subject would have answered without noise; empty: unknown.
  std::vector<float> signalCorrelation;
};

/// Below this share of explainable variance a score over its ceiling is mostly noise.
inline constexpr float leastNoiseCeiling = 0.05F;

/// r2 / ceiling where the ceiling is above `least`, else NaN.
[[nodiscard]] std::vector<float> normaliseByCeiling(const std::vector<float>& r2,
                                                    const std::vector<float>& ceiling,
                                                    float least = leastNoiseCeiling);

/// Over the finite values; NaN when there are none.
struct ScoreSummary {
  double mean = 0;
  double median = 0;
  double shareAboveZero = 0;
};
[[nodiscard]] ScoreSummary summarise(std::vector<float> values);
/// Of a region's vertices: `member` is N, 0 or 1.
[[nodiscard]] ScoreSummary summarise(const std::vector<float>& values,
                                     const std::vector<std::uint8_t>& member);

/// One row a vertex as .csv, or .h5: root attributes cortograph_kind="scores", schema=1, mesh and
/// `attributes`; /vertex/index and hemisphere as in a map, /score/r2, r and, where the ceiling is
/// known, noise_ceiling and r2_normalised, and of a simulated subject r_noise_free. Whole or
/// absent. Throws Error{unsupported} for any other ending, Error{file}.
void writeScores(const std::filesystem::path& file,
                 const Scores& scores,
                 const VertexSet& vertices,
                 const Attributes& attributes);
/// Throws Error{unsupported} when `file` has an ending that writeScores does not know.
void requireScoresEnding(const std::filesystem::path& file);

} // namespace cortograph
