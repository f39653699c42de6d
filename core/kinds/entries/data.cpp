#include "base/error.h"
#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/range.h"

#include <limits>

namespace cortograph::kinds {

namespace {

const VertexData& dataOf(const MapSource& source) {
  if (source.data == nullptr) {
    throw Error(ErrorKind::unsupported,
                "No vertex data are loaded for this brain; open a file with a number for each "
                "vertex, such as lh.thickness.gii.");
  }
  return *source.data;
}

/// Vertices of a side of what is painted.
std::size_t countOf(const MapSource& source, Side side) {
  return source.cortex == nullptr ? source.data->mesh.of(side)
                                  : source.cortex->hemisphere(side).vertexCount();
}

VertexValues values(const MapSource& source) {
  const VertexData& data = dataOf(source);
  std::vector<float> all;
  for (const Side side : bothSides) {
    const std::vector<float>& of = data.of(side);
    const std::size_t end = all.size() + countOf(source, side);
    all.insert(all.end(), of.begin(), of.end());
    if (of.empty()) {
      all.resize(end, std::numeric_limits<float>::quiet_NaN());
    }
  }
  return {std::move(all)};
}

std::vector<Axis> axes(const MapSource& source) {
  const VertexData& data = dataOf(source);
  return {axisOfData(
      {data.name, data.unit, 0, 1, {0, 1}, {"0", "1"}}, Zero::asDataHave, values(source).first)};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  if (source.data == nullptr) {
    return "no data loaded";
  }
  const VertexData& data = *source.data;
  const std::size_t left = countOf(source, Side::left);
  const std::vector<float>& of = data.of(vertex < left ? Side::left : Side::right);
  const std::size_t place = vertex < left ? vertex : vertex - left;
  const float value = place < of.size() ? of[place] : std::numeric_limits<float>::quiet_NaN();
  return data.name + " " + inThreeDigits(value) + (data.unit.empty() ? "" : " " + data.unit);
}

/// Returns a diverging colour map where the range is symmetric about zero.
std::string_view colormapOn(const Axis& axis) {
  return axis.low == -axis.high ? "coolwarm" : "inferno";
}

} // namespace

/// Paints a number for each vertex, loaded from a file.
const MapKind& data() {
  static const MapKind kind{.name = "data",
                            .title = "Data",
                            .colormap = "inferno",
                            .values = values,
                            .axes = axes,
                            .inWords = inWords,
                            .ofData = true,
                            .ofCortex = true,
                            .colormapOn = colormapOn};
  return kind;
}

} // namespace cortograph::kinds
