#include "encoder/map_network.h"

#include "base/error.h"
#include "base/text.h"
#include "weights/weight_source.h"

namespace cortograph {

namespace {

/// Completes `given` with the properties of the network that the map records.
NetworkSource sourceOf(const BrainMap& map, const NetworkSource& given) {
  NetworkSource source = given;
  if (source.spec.empty()) {
    source.spec = textOf(map.attributes, "network_path");
    if (source.spec.empty()) {
      throw Error(ErrorKind::notFound,
                  "The map does not record its network; give the weights file it was trained with "
                  "(--network).");
    }
  }
  if (source.family == "auto") {
    const std::string family = textOf(map.attributes, "network_family");
    source.family = family.empty() ? "auto" : family;
  }
  if (source.activation.empty()) {
    source.activation = textOf(map.attributes, "network_activation");
  }
  if (source.heads == 0) {
    source.heads = numberIn<int>(textOf(map.attributes, "network_heads")).value_or(0);
  }
  if (const std::string size = textOf(map.attributes, "network_image_size");
      source.imageSize.empty() && !size.empty()) {
    source.imageSize = parseExtent(size);
  }
  return source;
}

std::unique_ptr<const Network> openWithPreparation(NetworkSource& source,
                                                   const std::string& preparation,
                                                   torch::Device device,
                                                   const CancelToken& cancel) {
  for (const Preprocess preprocess : {Preprocess::reference, Preprocess::native}) {
    source.preprocess = preprocess;
    std::unique_ptr<const Network> network = openNetwork(source, device, cancel);
    if (network->info().preprocessing == preparation) {
      return network;
    }
  }
  throw Error(ErrorKind::unsupported,
              "The map's images were prepared as \"" + preparation +
                  "\", which this program cannot repeat; predict with a map trained on images.");
}

/// Throws unless the map was trained with this network. Compares only the hash of the weights,
/// because other weights may not even fit the properties that the map records.
void requireSame(const BrainMap& map, const NetworkSource& source) {
  const std::string wanted = textOf(map.attributes, "network_hash");
  const std::string found = weightsNamed(source.spec).hash();
  if (found != wanted) {
    throw Error(ErrorKind::mismatch,
                "The map was trained with " + map.title() + " (SHA-256 " + wanted + "), but " +
                    source.spec + " has SHA-256 " + found +
                    "; give the weights it was trained with.");
  }
}

} // namespace

TokenSettings tokenSettingsOf(const BrainMap& map) {
  if (textOf(map.attributes, "network_hash").empty()) {
    throw Error(ErrorKind::notFound,
                "The map does not record its network, so it cannot predict; import "
                "its state dict again with --network.");
  }
  TokenSettings settings;
  if (const std::string grid = textOf(map.attributes, "grid"); !grid.empty()) {
    settings.grid = parseExtent(grid);
  }
  const std::string layers = textOf(map.attributes, "layers");
  settings.layers = numbersIn(layers).value_or(std::vector<int>{});
  if (settings.layers.size() != map.layers()) {
    throw Error(ErrorKind::mismatch,
                "The map selects among " + std::to_string(map.layers()) +
                    " layers but records the layers \"" + layers + "\"; the file is damaged.");
  }
  return settings;
}

MapNetwork openMapNetwork(const BrainMap& map,
                          const NetworkSource& given,
                          torch::Device device,
                          const CancelToken& cancel) {
  MapNetwork opened;
  opened.tokens = tokenSettingsOf(map);
  NetworkSource source = sourceOf(map, given);
  requireSame(map, source);
  opened.network =
      openWithPreparation(source, textOf(map.attributes, "preprocessing"), device, cancel);
  return opened;
}

} // namespace cortograph
