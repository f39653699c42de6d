#include "map/layer_choice.h"

#include "base/parallel.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

Array<float> oneRow(const Array<float>& layer, std::size_t n) {
  const auto row = layer.row(n);
  return {{1, row.size()}, {row.begin(), row.end()}};
}

std::vector<float> layerEntropy(const Array<float>& layer) {
  const std::size_t layers = layer.rowSize();
  std::vector<float> entropy(layer.rows());
  if (layers < 2) {
    return entropy;
  }
  const float most = std::log(static_cast<float>(layers));
  constexpr std::size_t block = 8192; // vertices
  inParallel((entropy.size() + block - 1) / block, [&](std::size_t b) {
    const std::size_t end = std::min((b + 1) * block, entropy.size());
    for (std::size_t n = b * block; n < end; ++n) {
      const auto row = layer.row(n);
      float sum = std::isnan(row.front()) ? row.front() : 0.0F;
      for (const float weight : row) {
        // x log x tends to 0: a weight that underflowed must not become NaN.
        sum -= weight > 0 ? weight * std::log(weight) : 0.0F;
      }
      entropy[n] = std::clamp(sum / most, 0.0F, 1.0F);
    }
  });
  return entropy;
}

std::vector<int> argmaxLayer(const Array<float>& layer) {
  std::vector<int> best(layer.rows());
  for (std::size_t n = 0; n < best.size(); ++n) {
    const auto row = layer.row(n);
    best[n] = std::isnan(row.front())
                  ? -1
                  : static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
  }
  return best;
}

} // namespace cortograph
