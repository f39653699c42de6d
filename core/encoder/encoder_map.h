#pragma once

#include "encoder/factortopy.h"
#include "map/brain_map.h"

namespace cortograph {

/// Copies what each vertex selects into the map.
void fillSelection(BrainMap& map, const Selection& selection);

/// Copies readout and all other parameters into the map.
void fillModel(BrainMap& map, const FactorTopy& encoder);

/// The reverse: parameters of the map into the encoder. Throws Error{mismatch} when one is missing
/// or of a wrong shape, Error{format} when one is not finite.
void takeModel(FactorTopy& encoder, const BrainMap& map);

/// The encoder that a map holds. Its selectors see the map's coordinates in the map's encoding
/// frame, so a map of a part of the vertices gives what the whole did. Throws Error{mismatch}
/// when parameters are missing or of a wrong shape.
[[nodiscard]] FactorTopy encoderOf(const BrainMap& map, torch::Device device);

} // namespace cortograph
