#pragma once

#include "base/array.h"
#include "base/attributes.h"
#include "brain/parcellation.h"
#include "brain/surface.h"
#include "brain/vertex_set.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cortograph {

class Hdf5File;

/// The course of a training, one entry per record.
struct History {
  std::vector<std::int64_t> step;
  std::vector<float> loss;
  std::vector<float> r2; ///< mean over vertices on the validation images; NaN where not measured
};

/// The vertices clustered by their readout weights.
struct ChannelClusters {
  /// N, from 0; -1: in no cluster, because all its readout weights are zero. Empty: not clustered.
  std::vector<std::int32_t> label;
  int count = 0;       ///< number of clusters; labels are below it
  Attributes settings; ///< centres, seed, command, software_version
};

/// The saved result of one encoder: the selection, readout and score of each of N vertices.
struct BrainMap {
  /// software_version, command, seed, subject, simulated (0 or 1), network, network_name,
  /// network_path, network_hash, network_family, network_activation, network_heads, preprocessing,
  /// images_hash, responses_hash, grid, bottleneck, and every training setting.
  Attributes attributes;
  VertexSet vertices;
  std::vector<Point> coordinates; ///< N; inputs of the selectors
  /// Frame of the positional encoding: minimum of x, y and z, and the longest extent.
  std::array<float, 4> encodingFrame{};

  Array<float> layer;         ///< N × L, rows sum to 1
  Array<float> space;         ///< N × 2, x right, y down, -1..1
  Array<float> scale;         ///< N, 0 local .. 1 global
  Array<float> readoutWeight; ///< N × D; empty, like the parameters, in a map that is only painted
  Array<float> readoutBias;   ///< N

  std::vector<float> r2; ///< N, on validation images; empty before scoring; NaN where undefined
  std::vector<float> noiseCeiling; ///< N; empty when unknown
  ChannelClusters clusters;
  Parcellation regions;
  std::vector<std::string> trainImages;
  std::vector<std::string> validationImages;
  History history;
  /// The encoder's parameters by the public implementation's names, without its `weight` and
  /// `bias`, which are the readout above.
  std::map<std::string, Array<float>> parameters;

  [[nodiscard]] std::size_t size() const { return vertices.size(); }
  [[nodiscard]] std::size_t layers() const { return layer.rowSize(); }
  [[nodiscard]] bool simulated() const;
  [[nodiscard]] bool hasReadout() const { return !readoutWeight.values.empty(); }
  /// Returns the network's name as shown in titles, "CLIP ViT-B/16", or the attribute `network`.
  [[nodiscard]] std::string title() const;
};

/// Reads a map file: HDF5 with the root attributes cortograph_kind="map", schema=1, mesh,
/// mesh_left, mesh_right and BrainMap::attributes. Each dataset is explained by its attribute
/// `meaning`:
///   /vertex/index, hemisphere N; coordinate N×3; encoding_frame 4
///   /select/layer N×L; space N×2; scale N       /readout/weight N×D; bias N; or neither
///   /score/r2, noise_ceiling N                  /region/<name> N, 0 or 1, attribute `group`
///   /channel/cluster N, attributes clusters, centres, seed, command; absent when not clustered
///   /split/train, validation: image names       /history/step, loss, r2
///   /model/<parameter>: names and shapes of the public implementation
/// Throws Error{file, format, mismatch}, and Error{unsupported} that names the version to use for
/// another schema.
[[nodiscard]] BrainMap readMap(const std::filesystem::path& path);
/// Writes a map file, whole or not at all. `more` writes additional contents into the same file.
void writeMap(const std::filesystem::path& path,
              const BrainMap& map,
              const std::function<void(Hdf5File&)>& more = {});
/// Returns whether the file is a map, by its attribute cortograph_kind. Never throws.
[[nodiscard]] bool isMap(const std::filesystem::path& path);

} // namespace cortograph
