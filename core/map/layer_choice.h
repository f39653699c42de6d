#pragma once

#include "base/array.h"

#include <cstddef>
#include <vector>

namespace cortograph {

/// Row n alone, 1 × L.
[[nodiscard]] Array<float> oneRow(const Array<float>& layer, std::size_t n);
/// Normalised entropy of each row: 0 one layer, 1 all alike. N values.
[[nodiscard]] std::vector<float> layerEntropy(const Array<float>& layer);
/// Index from 0 of the largest weight, lowest index on ties.
[[nodiscard]] std::vector<int> argmaxLayer(const Array<float>& layer);

} // namespace cortograph
