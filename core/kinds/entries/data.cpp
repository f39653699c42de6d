#include "base/error.h"
#include "base/number_words.h"
#include "kinds/map_kind.h"
#include "kinds/range.h"

#include <limits>

namespace cortograph::kinds {

namespace {

const CortexData& dataOf(const MapSource& source) {
  if (source.data == nullptr) {
    throw Error(ErrorKind::unsupported,
                "No vertex data are loaded for this brain; open a file with a number for each "
                "vertex, such as lh.thickness.gii.");
  }
  return *source.data;
}

VertexValues values(const MapSource& source) {
  const CortexData& data = dataOf(source);
  std::vector<float> all;
  for (const Side side : bothSides) {
    const std::vector<float>& of = data.values.at(static_cast<std::size_t>(side));
    all.insert(all.end(), of.begin(), of.end());
    all.resize(all.size() + (of.empty() ? data.vertexCount(side) : 0),
               std::numeric_limits<float>::quiet_NaN());
  }
  return {std::move(all)};
}

std::vector<Axis> axes(const MapSource& source) {
  const CortexData& data = dataOf(source);
  return {axisOfData(
      {data.name, data.unit, 0, 1, {0, 1}, {"0", "1"}}, Zero::asDataHave, values(source).first)};
}

std::string inWords(const MapSource& source, std::size_t vertex) {
  if (source.data == nullptr) {
    return "no data loaded";
  }
  const CortexData& data = *source.data;
  const std::size_t left = data.vertexCount(Side::left);
  const std::vector<float>& of = data.values.at(vertex < left ? 0 : 1);
  const std::size_t place = vertex < left ? vertex : vertex - left;
  const float value = place < of.size() ? of[place] : std::numeric_limits<float>::quiet_NaN();
  return data.name + " " + inThreeDigits(value) + (data.unit.empty() ? "" : " " + data.unit);
}

/// Two colours from zero where the range is alike on both sides of it.
std::string_view colormapOn(const Axis& axis) {
  return axis.low == -axis.high ? "coolwarm" : "inferno";
}

} // namespace

/// What a file holds for each vertex.
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
