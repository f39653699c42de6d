#pragma once

#include "brain/vertex_data.h"
#include "map/brain_map.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// An image shown to a network, and the response that its encoder predicts.
struct Probe {
  std::string image;
  std::vector<float> response; ///< N
};

/// The data of a picture: a map, and what some kinds need in addition or instead.
struct MapSource {
  std::shared_ptr<const BrainMap> map; ///< null: only kinds with `ofCortex` can be painted
  std::shared_ptr<const Probe> probe;  ///< null when no image is probed
  int layer = 1;                       ///< the layer whose weight is shown, from 1
  std::shared_ptr<const BrainMap> other =
      nullptr; ///< the reference that the map is compared with; may be null
  std::vector<std::shared_ptr<const BrainMap>> runs = {}; ///< further runs of the same training
  /// The map's clusters under another map's labels, instead of its own; may be null.
  std::shared_ptr<const ChannelClusters> clusters = nullptr;
  std::shared_ptr<const VertexData> data = nullptr; ///< loaded numbers; may be null
  std::shared_ptr<const Cortex> cortex = nullptr;   ///< the cortex that is painted; may be null
  bool operator==(const MapSource&) const = default;
};

/// The numbers to paint: one or two for each of N vertices; NaN means "no data".
struct VertexValues {
  std::vector<float> first;
  std::vector<float> second = {};   ///< empty for one-dimensional kinds
  std::vector<float> strength = {}; ///< opacity, 0 bare cortex .. 1 map; empty: 1 everywhere
};

/// An axis of a legend.
struct Axis {
  std::string title;     ///< "selected layer"
  std::string unit = {}; ///< "" for a number without unit
  float low = 0;
  float high = 1;
  std::vector<float> ticks = {};
  std::vector<std::string> tickLabels = {}; ///< one per tick
};

/// The shape of a legend: a bar has one axis; a square has two; an image also has two, the
/// horizontal and the vertical position in the stimulus; a list names each colour separately.
enum class LegendForm { bar, square, image, list };
[[nodiscard]] constexpr std::size_t axisCount(LegendForm form) {
  return form == LegendForm::square || form == LegendForm::image ? 2 : 1;
}

/// One entry of the legend of a kind that paints labels, such as a region or a cluster.
struct KindLabel {
  std::string name;         ///< "3", "V1v"
  float value = 0;          ///< number painted on its vertices
  std::size_t vertices = 0; ///< vertices with this label, in both hemispheres
  bool operator==(const KindLabel&) const = default;
};

/// A kind of picture of a map. An entry is one .cpp in kinds/entries/ and one word in
/// CMakeLists.txt.
struct MapKind {
  std::string_view name;  ///< "layer"
  std::string_view title; ///< "Layer"
  /// Name of the default colour map in the viewer: "coolwarm-certainty", "place", "puor", "tab20".
  std::string_view colormap;
  LegendForm legend = LegendForm::bar;
  bool labels = false; ///< values are labels: colours are never interpolated between them
  /// Computes the numbers to paint. Throws Error{unsupported} when the source lacks what the kind
  /// needs (no prediction yet, no score), Error{mismatch} when compared maps have different
  /// vertices.
  VertexValues (*values)(const MapSource&) = nullptr;
  /// Returns axisCount(legend) axes; they may depend on the map (number of layers).
  std::vector<Axis> (*axes)(const MapSource&) = nullptr;
  /// Returns a vertex's value in words: "layer 9 of 12, 71 % sure". Never throws: where data are
  /// missing, the words say so.
  std::string (*inWords)(const MapSource&, std::size_t vertex) = nullptr;
  bool ofLayer = false; ///< paints MapSource::layer; typed with it: "layer-weight:3"
  /// Returns the entries of a list legend: every label that at least one vertex has, in ascending
  /// order. Null for other legends.
  std::vector<KindLabel> (*labeled)(const MapSource&) = nullptr;
  bool ofData = false; ///< paints MapSource::data; typed with its name: "data:thickness"
  /// The kind needs no map: values() and the vertex of inWords() count all vertices of the left
  /// mesh, then all of the right mesh, instead of the modelled vertices.
  bool ofCortex = false;
  /// Returns the colour map for the range that is shown; null: always `colormap`.
  std::string_view (*colormapOn)(const Axis&) = nullptr;
};

using MapKindEntry = const MapKind& (*)();
[[nodiscard]] std::span<const MapKindEntry> mapKindTable();
/// Returns the kind of this name. Throws Error{notFound} that lists the known names.
[[nodiscard]] const MapKind& mapKindNamed(std::string_view name);

/// A kind and its argument as the user types them: "r2", "layer-weight:3", "data:thickness".
struct KindChoice {
  const MapKind* kind = nullptr;
  int layer = 1;         ///< for MapSource::layer; checked against the map only when painted
  std::string data = {}; ///< name of the data for MapSource::data; empty: those that are loaded
  bool operator==(const KindChoice&) const = default;
};
/// Parses a kind as the user types it; the layer defaults to 1. Throws Error{notFound} as
/// mapKindNamed(), Error{format} where the layer is not a number from 1 or the name of the data is
/// empty, Error{unsupported} where a colon follows a kind that takes neither layer nor data.
[[nodiscard]] KindChoice parseKind(std::string_view text);

} // namespace cortograph
