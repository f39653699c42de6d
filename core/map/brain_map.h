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

/// The history of a training.
struct History {
  std::vector<std::int64_t> step;
  std::vector<float> loss;
  std::vector<float> r2; ///< mean over vertices on validation; NaN where not measured
};

/// Clusters of vertices with similar readout of the network's channels.
struct ChannelClusters {
  /// N, from 0; -1: in no cluster, because all its readout weights are zero. Empty: not clustered.
  std::vector<std::int32_t> label;
  int count = 0;       ///< labels are below it
  Attributes settings; ///< centres, seed, command, software_version
};

/// The saved result of an encoder: for each of N vertices its selection, its readout and its score.
struct BrainMap {
  /// software_version, command, seed, subject, simulated (0 or 1), network, network_name,
  /// network_path, network_hash, network_family, network_activation, network_heads, preprocessing,
  /// images_hash, responses_hash, grid, bottleneck, and every training setting.
  Attributes attributes;
  VertexSet vertices;
  std::vector<Point> coordinates; ///< N, of the selectors
  /// low and extent of the positional encoding: x, y, z minimum and the longest extent.
  std::array<float, 4> encodingFrame{};

  Array<float> layer;         ///< N × L, rows sum to 1
  Array<float> space;         ///< N × 2, x right, y down, -1..1
  Array<float> scale;         ///< N, 0 local .. 1 global
  Array<float> readoutWeight; ///< N × D; empty, like the parameters, when a map can't predict
  Array<float> readoutBias;   ///< N

  std::vector<float> r2; ///< N, on validation images; empty before scoring; NaN where undefined
  std::vector<float> noiseCeiling; ///< N; empty when unknown
  ChannelClusters clusters;
  Parcellation regions;
  std::vector<std::string> trainImages;
  std::vector<std::string> validationImages;
  History history;
  /// All parameters by the public implementation's names, except `weight` and `bias`, the readout.
  std::map<std::string, Array<float>> parameters;

  [[nodiscard]] std::size_t size() const { return vertices.size(); }
  [[nodiscard]] std::size_t layers() const { return layer.rowSize(); }
  [[nodiscard]] bool simulated() const;
  [[nodiscard]] bool hasReadout() const { return !readoutWeight.values.empty(); }
  /// Returns the title of panes with this map: "CLIP ViT-B/16", or the name of the network's file.
  [[nodiscard]] std::string title() const;
};

/// Reads a map file: HDF5 with the root attributes cortograph_kind="map", schema=2, those of
/// attributesOf(MeshSpace) and BrainMap::attributes. The attribute `meaning` of each dataset
/// describes it:
///   /vertex/index, hemisphere N; coordinate N×3; encoding_frame 4
///   /select/layer N×L; space N×2; scale N       /readout/weight N×D; bias N; or neither
///   /score/r2, noise_ceiling N                  /region/<name> N, 0 or 1, attribute `group`
///   /channel/cluster N, attributes clusters, centres, seed, command; absent when not clustered
///   /split/train, validation: image names       /history/step, loss, r2
///   /model/<parameter>: names and shapes of the public implementation
/// Throws Error{file, format, mismatch}; refuses another schema by its number.
[[nodiscard]] BrainMap readMap(const std::filesystem::path& path);
/// Writes a map file, whole or not at all. `more` may add further data. Throws Error{file}.
void writeMap(const std::filesystem::path& path,
              const BrainMap& map,
              const std::function<void(Hdf5File&)>& more = {});
/// Returns whether a file is a map, by its HDF5 attribute. Never throws.
[[nodiscard]] bool isMap(const std::filesystem::path& path);

} // namespace cortograph
