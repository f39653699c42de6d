#include "network/demo_networks.h"

#include "base/error.h"
#include "network/demo_vit.h"

#include <array>
#include <string_view>

namespace cortograph {

namespace {

struct DemoNetwork {
  std::string_view spec;
  std::string_view name;
  std::string_view description;
  DemoTensors (*tensors)() = nullptr;
};

constexpr std::array<DemoNetwork, 2> table{
    {{"demo:gabor",
      "Gabor ViT (demo)",
      "a small Vision Transformer computed from formulas: oriented edges, their energy, texture, "
      "the whole image",
      &gaborTensors},
     {"demo:random",
      "Random ViT (demo)",
      "the same shape with random weights: the control",
      &randomTensors}}};

} // namespace

std::vector<std::pair<std::string, std::string>> demoNetworkList() {
  std::vector<std::pair<std::string, std::string>> list;
  for (const DemoNetwork& network : table) {
    list.emplace_back(network.spec, network.description);
  }
  return list;
}

bool isDemoNetwork(const std::string& spec) {
  return spec.starts_with("demo:");
}

WeightFile demoWeights(const std::string& spec) {
  std::string specs;
  for (const DemoNetwork& network : table) {
    if (network.spec == spec) {
      return WeightFile::fromBytes(spec,
                                   serializeWeights(network.tensors(),
                                                    {{"family", "timm"},
                                                     {"heads", std::to_string(demoVitHeads)},
                                                     {"name", std::string(network.name)},
                                                     {"format", "pt"}}));
    }
    specs += (specs.empty() ? "" : ", ") + std::string(network.spec);
  }
  throw Error(ErrorKind::notFound,
              "There is no demo network \"" + spec + "\"; choose one of " + specs +
                  ", or name a .safetensors file.");
}

} // namespace cortograph
