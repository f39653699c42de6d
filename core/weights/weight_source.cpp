#include "weights/weight_source.h"

namespace cortograph {

namespace {

const WeightSource* sourceOf(const std::string& spec) {
  for (const WeightSourceEntry entry : weightSourceTable()) {
    if (spec.starts_with(entry().prefix)) {
      return &entry();
    }
  }
  return nullptr;
}

} // namespace

bool isBuiltInNetwork(const std::string& spec) {
  return sourceOf(spec) != nullptr;
}

std::vector<std::pair<std::string, std::string>> builtInNetworks() {
  std::vector<std::pair<std::string, std::string>> networks;
  for (const WeightSourceEntry entry : weightSourceTable()) {
    for (auto& network : entry().list()) {
      networks.push_back(std::move(network));
    }
  }
  return networks;
}

WeightFile weightsNamed(const std::string& spec) {
  const WeightSource* source = sourceOf(spec);
  return source != nullptr ? source->open(spec) : WeightFile::open(spec);
}

} // namespace cortograph
