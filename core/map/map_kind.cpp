#include "map/map_kind.h"

#include "base/error.h"
#include "base/in_parallel.h"

#include <algorithm>
#include <charconv>
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

KindChoice parseKind(std::string_view text) {
  const std::size_t colon = text.find(':');
  KindChoice choice{&mapKindNamed(text.substr(0, colon))};
  if (colon == std::string_view::npos) {
    return choice;
  }
  const std::string name(choice.kind->name);
  if (choice.kind->ofData) {
    choice.data = text.substr(colon + 1);
    if (choice.data.empty()) {
      throw Error(ErrorKind::format,
                  name + ": is followed by the name of what was loaded, as in " + name +
                      ":thickness.");
    }
    return choice;
  }
  if (!choice.kind->ofLayer) {
    throw Error(ErrorKind::unsupported,
                "The map kind " + name + " is of no one layer; write \"" + name +
                    "\" without the colon.");
  }
  const std::string_view number = text.substr(colon + 1);
  const char* const end = number.data() + number.size();
  const auto [stop, fault] = std::from_chars(number.data(), end, choice.layer);
  if (fault != std::errc{} || stop != end || choice.layer < 1) {
    throw Error(ErrorKind::format,
                inQuotes(number) + " is not a layer; " + name +
                    ": is followed by its number from 1, as in " + name + ":3.");
  }
  return choice;
}

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
      float sum = 0;
      for (const float weight : layer.row(n)) {
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
    best[n] = static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
  }
  return best;
}

} // namespace cortograph
