#pragma once

#include "base/attributes.h"
#include "brain/vertex_set.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// The scores of an encoder's predictions of the responses of N vertices to some images.
struct Scores {
  std::size_t images = 0;
  std::vector<float> r2;           ///< N, 1 - SS_res / SS_tot; NaN where the response is constant
  std::vector<float> correlation;  ///< N, Pearson's r; NaN where either is constant
  std::vector<float> noiseCeiling; ///< N, share of variance that can be explained; empty: unknown
  std::vector<float> normalizedR2; ///< N, normalizeByCeiling(r2, noiseCeiling); empty: unknown
  /// N, Pearson's r with the noise-free responses of a simulated subject; empty: unknown.
  std::vector<float> signalCorrelation;
};

/// Noise ceiling at or below which R2 / ceiling is mostly noise.
inline constexpr float leastNoiseCeiling = 0.05F;

/// Returns r2 / ceiling where the ceiling is above `least`, else NaN. Throws Error{mismatch} when
/// their sizes differ.
[[nodiscard]] std::vector<float> normalizeByCeiling(const std::vector<float>& r2,
                                                    const std::vector<float>& ceiling,
                                                    float least = leastNoiseCeiling);

/// A summary of the finite values; NaN when there are none.
struct ScoreSummary {
  double mean = 0;
  double median = 0;
  double shareAboveZero = 0;
};
[[nodiscard]] ScoreSummary summarize(std::vector<float> values);
/// Summarises the values of a region's vertices: `member` is N, 0 or 1.
[[nodiscard]] ScoreSummary summarize(const std::vector<float>& values,
                                     const std::vector<std::uint8_t>& member);

/// Writes the scores, whole or not at all, as .csv with one row per vertex, or as .h5 with the root
/// attributes cortograph_kind="scores", schema=1, mesh and `attributes`, /vertex/index and
/// hemisphere as in a map, and /score/r2 and r; where the ceiling is known also noise_ceiling and
/// r2_normalised, for a simulated subject also r_noise_free. Throws Error{unsupported} for any
/// other extension, Error{file}.
void writeScores(const std::filesystem::path& file,
                 const Scores& scores,
                 const VertexSet& vertices,
                 const Attributes& attributes);
/// Throws Error{unsupported} when writeScores() does not know the extension of `file`.
void requireScoresEnding(const std::filesystem::path& file);

} // namespace cortograph
