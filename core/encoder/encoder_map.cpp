#include "encoder/encoder_map.h"

#include "base/error.h"
#include "compute/arrays.h"
#include "encoder/positional_encoding.h"
#include "map/left_out.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

const Array<float>& parameterOf(const BrainMap& map, const std::string& name) {
  if (!map.hasReadout()) {
    throw Error(ErrorKind::unsupported,
                "The map contains only what is painted, not the readout needed for predictions; "
                "use a map that "
                "`cortograph train` wrote.");
  }
  if (name == "weight") {
    return map.readoutWeight;
  }
  if (name == "bias") {
    return map.readoutBias;
  }
  const auto found = map.parameters.find(name);
  if (found == map.parameters.end()) {
    throw Error(ErrorKind::mismatch,
                "The map has no parameter " + name + ", so it cannot predict; train it again.");
  }
  return found->second;
}

EncoderShape shapeOf(const BrainMap& map) {
  EncoderShape shape;
  shape.vertices = static_cast<std::int64_t>(map.size());
  shape.bottleneck = static_cast<std::int64_t>(map.readoutWeight.rowSize());
  shape.selectors =
      map.parameters.contains("space_selector") ? Selectors::free : Selectors::coordinate;
  for (std::size_t layer = 0; layer < map.layers(); ++layer) {
    const std::string name = "local_token_bottleneck." + std::to_string(layer) + ".weight";
    shape.widths.push_back(static_cast<std::int64_t>(parameterOf(map, name).rowSize()));
  }
  return shape;
}

/// Returns whether a stored parameter is finite; the readout of vertices left out of the training
/// is NaN.
bool isUsable(const Array<float>& stored, const std::string& name, const BrainMap& map) {
  const bool isReadout = name == "weight" || name == "bias";
  for (std::size_t row = 0; row < stored.rows(); ++row) {
    const bool exempt = isReadout && isLeftOut(map, row);
    if (!exempt &&
        !std::ranges::all_of(stored.row(row), [](float value) { return std::isfinite(value); })) {
      return false;
    }
  }
  return true;
}

} // namespace

void fillSelection(BrainMap& map, const Selection& selection) {
  map.layer = toArray(selection.layer);
  map.space = toArray(selection.space);
  map.scale = toArray(selection.scale);
}

void fillModel(BrainMap& map, const FactorTopy& encoder) {
  for (const NamedParameter& parameter : encoder.parameters().all()) {
    Array<float> values = toArray(parameter.value);
    if (parameter.name == "weight") {
      map.readoutWeight = std::move(values);
    } else if (parameter.name == "bias") {
      map.readoutBias = std::move(values);
    } else {
      map.parameters[parameter.name] = std::move(values);
    }
  }
}

void takeModel(FactorTopy& encoder, const BrainMap& map) {
  const torch::NoGradGuard noGrad;
  for (const NamedParameter& parameter : encoder.parameters().all()) {
    const Array<float>& stored = parameterOf(map, parameter.name);
    const std::vector<std::int64_t> shape(stored.shape.begin(), stored.shape.end());
    if (parameter.value.sizes() != at::IntArrayRef(shape)) {
      throw Error(ErrorKind::mismatch,
                  "The map's parameter " + parameter.name + " is " + toString(stored.shape) +
                      ", which does not fit its " + std::to_string(map.size()) + " vertices and " +
                      std::to_string(map.layers()) + " layers; the file is damaged.");
    }
    if (!isUsable(stored, parameter.name, map)) {
      throw Error(ErrorKind::format,
                  "The map's parameter " + parameter.name +
                      " has values that are not finite numbers; the file is damaged.");
    }
    torch::Tensor value = parameter.value;
    value.copy_(toTensor(stored));
  }
}

FactorTopy encoderOf(const BrainMap& map, torch::Device device) {
  EncoderShape wanted = shapeOf(map);
  if (wanted.selectors == Selectors::coordinate && !(map.encodingFrame[3] > 0)) {
    throw Error(ErrorKind::format, "The map's encoding frame has no extent; the file is damaged.");
  }
  FactorTopy encoder(
      std::move(wanted), positionalEncoding(map.coordinates, map.encodingFrame), device, 0);
  takeModel(encoder, map);
  return encoder;
}

} // namespace cortograph
