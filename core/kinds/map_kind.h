#pragma once

#include "brain/vertex_data.h"
#include "map/brain_map.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// An image shown to a network and the response its encoder predicts.
struct Probe {
  std::string image;
  std::vector<float> response; ///< N
};

/// What a picture is made of: a map, and what some kinds need besides, or instead.
struct MapSource {
  std::shared_ptr<const BrainMap> map; ///< null: only kinds of the cortex can be painted
  std::shared_ptr<const Probe> probe;  ///< null when no image is probed
  int layer = 1;                       ///< whose weight is shown, from 1
  std::shared_ptr<const BrainMap> other =
      nullptr; ///< the reference: what the map is compared with; may be null
  std::vector<std::shared_ptr<const BrainMap>> runs = {}; ///< further runs of the same training
  /// The map's clusters under another map's labels, instead of its own; may be null.
  std::shared_ptr<const ChannelClusters> clusters = nullptr;
  std::shared_ptr<const VertexData> data = nullptr; ///< loaded numbers; may be null
  std::shared_ptr<const Cortex> cortex = nullptr;   ///< that is painted; may be null
  bool operator==(const MapSource&) const = default;
};

/// What is painted: one or two numbers for each of N vertices; NaN is "no data".
struct VertexValues {
  std::vector<float> first;
  std::vector<float> second = {};   ///< empty for one-dimensional kinds
  std::vector<float> strength = {}; ///< 0 the bare cortex shows, 1 the map; empty: 1 everywhere
};

struct Axis {
  std::string title; ///< "selected layer"
  std::string unit;  ///< "" when it has none
  float low = 0;
  float high = 1;
  std::vector<float> ticks;
  std::vector<std::string> tickLabels;
};

/// A bar has one axis; a square has two; so has the image, whose sides are where a place lies in
/// it; a list names each colour by itself.
enum class LegendForm { bar, square, image, list };
[[nodiscard]] constexpr std::size_t axisCount(LegendForm form) {
  return form == LegendForm::square || form == LegendForm::image ? 2 : 1;
}

/// One of the things that a kind of labels tells apart.
struct KindLabel {
  std::string name;         ///< "3", "V1v"
  float value = 0;          ///< what is painted on its vertices
  std::size_t vertices = 0; ///< of both hemispheres
  bool operator==(const KindLabel&) const = default;
};

/// A picture that can be made of a map. An entry is one .cpp in kinds/ and one word in
/// CMakeLists.txt.
struct MapKind {
  std::string_view name;  ///< "layer"
  std::string_view title; ///< "Layer"
  std::string_view
      colormap; ///< default, by the viewer's name: "coolwarm-certainty", "place", "puor", "tab20"
  LegendForm legend = LegendForm::bar;
  bool labels = false; ///< numbers of things in no order between which no colour may be made
  /// Throws Error{unsupported} when the map lacks what it needs (no prediction yet, no score),
  /// Error{mismatch} when maps that are compared are of different vertices.
  VertexValues (*values)(const MapSource&) = nullptr;
  /// As many as the legend's form has. Depends on the map (number of layers).
  std::vector<Axis> (*axes)(const MapSource&) = nullptr;
  /// A vertex's value in words: "layer 9 of 12, 71 % sure". Says what is missing, and never throws.
  std::string (*inWords)(const MapSource&, std::size_t vertex) = nullptr;
  bool ofLayer = false; ///< paints MapSource::layer, and is typed "layer-weight:3"
  /// Of a list: every label that a vertex has, in their own order.
  std::vector<KindLabel> (*labelled)(const MapSource&) = nullptr;
  bool ofData = false; ///< paints MapSource::data, and is typed "data:thickness"
  /// Needs no map: values, and the vertex of inWords, are those of the left mesh, then of the
  /// right.
  bool ofCortex = false;
  /// Instead of `colormap`, where it depends on the range that is shown.
  std::string_view (*colormapOn)(const Axis&) = nullptr;
};

using MapKindEntry = const MapKind& (*)();
[[nodiscard]] std::span<const MapKindEntry> mapKindTable();
/// Throws Error{notFound} with the names there are.
[[nodiscard]] const MapKind& mapKindNamed(std::string_view name);

/// A kind as it is typed: "r2", "layer-weight:3", "data:thickness".
struct KindChoice {
  const MapKind* kind = nullptr;
  int layer = 1; ///< for MapSource::layer; whether the map has it is seen when it is painted
  std::string data = {}; ///< name of what is to be MapSource::data; empty: what there is
  bool operator==(const KindChoice&) const = default;
};
/// Layer 1 when a kind of one layer is typed without. Throws Error{notFound} as mapKindNamed(),
/// Error{format} where the layer is not a number from 1 or the name is empty, Error{unsupported}
/// for a kind of neither layer nor data.
[[nodiscard]] KindChoice parseKind(std::string_view text);

} // namespace cortograph
