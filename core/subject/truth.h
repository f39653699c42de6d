#pragma once

#include "base/array.h"
#include "brain/parcellation.h"
#include "brain/vertex_set.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// What a simulated subject's responses were made from, to hold a map against. N entries, as
/// Subject::vertices.
struct Truth {
  std::vector<std::string> area;   ///< "V1v", "FFA-1"; empty between the named areas
  std::vector<float> x;            ///< where it looks, right, -1..1; nothing when not local
  std::vector<float> y;            ///< down
  std::vector<float> local;        ///< 1 answers to a place, 0 to the whole image
  std::vector<float> noiseCeiling; ///< share of variance 0..1; empty when unknown
  Array<float> testSignal; ///< test images × N: the responses without noise; empty when unknown

  [[nodiscard]] std::size_t size() const { return area.size(); }
  [[nodiscard]] Truth ofVertices(std::span<const std::size_t> columns) const;
  bool operator==(const Truth&) const = default;
};

/// The truth in a subject's folder, null when it has none. Left vertices, then right:
///   truth/place.npy N × 2, local.npy N, noise_ceiling.npy N, test_signal.npy images × N,
///   area.npy N: line of area_names.txt, from 1, 0 for none;
/// or truth.npz, per side lh_ and rh_: xy n × 2, local n, noise_ceiling n, signal_test images × n,
/// area n: number of the challenge's prf-visualrois, where 0 leaves it to the other masks
/// (`regions`) to name the area.
/// Throws Error{file, format, mismatch, notFound}.
[[nodiscard]] std::shared_ptr<const Truth> readTruth(const std::filesystem::path& folder,
                                                     const VertexSet& vertices,
                                                     const Parcellation& regions);
/// As truth/ is read, into this folder itself, which is there. Each file is whole or absent. Throws
/// Error{file}.
void writeTruth(const std::filesystem::path& folder, const Truth& truth);

} // namespace cortograph
