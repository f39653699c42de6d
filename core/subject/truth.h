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

/// The ground truth of a simulated subject, from which its responses were made; maps are compared
/// with it. All members have N entries, in the order of Subject::vertices.
struct Truth {
  std::vector<std::string> area; ///< "V1v", "FFA-1"; empty between the named areas
  std::vector<float> x;     ///< place in the image, right, -1..1; without meaning when not local
  std::vector<float> y;     ///< down
  std::vector<float> local; ///< 1 responds to a place, 0 to the whole image
  std::vector<float> noiseCeiling; ///< share of variance 0..1; empty when unknown
  Array<float> testSignal; ///< test images × N, the responses without noise; empty when unknown

  [[nodiscard]] std::size_t size() const { return area.size(); }
  /// Returns the truth of only these vertices, in this order.
  [[nodiscard]] Truth ofVertices(std::span<const std::size_t> columns) const;
  bool operator==(const Truth&) const = default;
};

/// Reads the truth in a subject's folder; null when there is none. It is stored, left before right,
/// in the folder truth/:
///   place.npy N × 2, local.npy N, noise_ceiling.npy N, test_signal.npy images × N,
///   area.npy N: the line of area_names.txt, from 1, or 0 for none;
/// or in truth.npz, with the prefixes lh_ and rh_ for the sides: xy n × 2, local n, noise_ceiling
/// n, signal_test images × n, area n: the number in the challenge's prf-visualrois, or 0 when one
/// of the other masks (`regions`) names the area. Throws Error{file, format, mismatch, notFound}.
[[nodiscard]] std::shared_ptr<const Truth> readTruth(const std::filesystem::path& folder,
                                                     const VertexSet& vertices,
                                                     const Parcellation& regions);
/// Writes the files of truth/ into this folder, which must exist, each whole or not at all. Throws
/// Error{file}.
void writeTruth(const std::filesystem::path& folder, const Truth& truth);

} // namespace cortograph
