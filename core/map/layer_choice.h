#pragma once

#include "base/array.h"

#include <cstddef>
#include <vector>

namespace cortograph {

/// Returns row n of the weights as an array of its own, 1 × L.
[[nodiscard]] Array<float> oneRow(const Array<float>& layer, std::size_t n);
/// Returns the normalised entropy of each row, N values: 0 for one layer alone, 1 for equal
/// weights; NaN for a row of NaN.
[[nodiscard]] std::vector<float> layerEntropy(const Array<float>& layer);
/// Returns the index, from 0, of each row's largest weight, the lowest index on ties; -1
/// for a row of NaN.
[[nodiscard]] std::vector<int> argmaxLayer(const Array<float>& layer);

} // namespace cortograph
