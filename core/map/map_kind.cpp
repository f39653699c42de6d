#include "map/map_kind.h"

#include "base/error.h"

#include <cmath>

namespace cortograph {

const MapKind& mapKindNamed(std::string_view name) {
  std::string names;
  for (const MapKindEntry entry : mapKindTable()) {
    if (entry().name == name) {
      return entry();
    }
    names += (names.empty() ? "" : ", ") + std::string(entry().name);
  }
  throw Error(ErrorKind::notFound,
              "There is no map kind \"" + std::string(name) + "\"; choose one of " + names + ".");
}

std::vector<float> layerEntropy(const Array<float>& layer) {
  const std::size_t layers = layer.rowSize();
  std::vector<float> entropy(layer.rows());
  if (layers < 2) {
    return entropy;
  }
  const double most = std::log(static_cast<double>(layers));
  for (std::size_t n = 0; n < entropy.size(); ++n) {
    double sum = 0;
    for (const float weight : layer.row(n)) {
      // x log x tends to 0: a weight that underflowed must not become NaN.
      sum -= weight > 0 ? weight * std::log(static_cast<double>(weight)) : 0.0;
    }
    entropy[n] = static_cast<float>(std::clamp(sum / most, 0.0, 1.0));
  }
  return entropy;
}

std::vector<int> argmaxLayer(const Array<float>& layer) {
  std::vector<int> best(layer.rows());
  for (std::size_t n = 0; n < best.size(); ++n) {
    const auto row = layer.row(n);
    best[n] = static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
  }
  return best;
}

} // namespace cortograph
