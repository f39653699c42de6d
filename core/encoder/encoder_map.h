#pragma once

#include "encoder/factortopy.h"
#include "map/brain_map.h"

namespace cortograph {

/// Copies the selection of each vertex into the map.
void fillSelection(BrainMap& map, const Selection& selection);

/// Copies the readout and all other parameters of the encoder into the map.
void fillModel(BrainMap& map, const FactorTopy& encoder);

/// Copies the parameters of the map into the encoder. Throws Error{unsupported} when the map has no
/// readout, Error{mismatch} when a parameter is missing or has a wrong shape, Error{format} when
/// one is not finite.
void takeModel(FactorTopy& encoder, const BrainMap& map);

/// Builds the encoder stored in a map. Its selectors get the map's coordinates in the map's
/// encoding frame, so that a map of a subset of vertices predicts the same as the whole map. Throws
/// Error{format} when the encoding frame has no extent, and what takeModel() throws.
[[nodiscard]] FactorTopy encoderOf(const BrainMap& map, torch::Device device);

} // namespace cortograph
