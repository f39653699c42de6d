#include "demo/networks/demo_networks.h"

#include "base/error.h"
#include "base/resources.h"
#include "demo/networks/demo_vit.h"

#include <optional>
#include <string_view>

namespace cortograph {

namespace {

struct DemoNetwork {
  std::string_view spec;
  std::string_view name;
  std::string_view description;
  DemoTensors (*tensors)() = nullptr; ///< null: trained, read from its file
  DemoVitSize size{};
};

constexpr std::uint64_t controlSeed = 20240617;

DemoTensors randomTensors() {
  return initialVit(smallDemoVit, controlSeed);
}

constexpr DemoNetwork table[] = {
    {"demo:supervised",
     "",
     "a small Vision Transformer trained to name things, where they are, and the setting"},
    {"demo:clip", "", "the same trained to match pictures with captions"},
    {"demo:sam", "", "the same trained to segment what a point is on; no class token"},
    {"demo:mae", "", "the same trained to fill in masked patches"},
    {"demo:dino", "", "the same trained by self-distillation between crops"},
    {"demo:moco", "", "the same trained by momentum contrast between crops"},
    {"demo:supervised-large", "", "deeper and wider, trained as demo:supervised"},
    {"demo:clip-large", "", "deeper and wider, trained as demo:clip"},
    {"demo:supervised-textures", "", "demo:supervised fine-tuned on few pictures of textures"},
    {"demo:supervised-aerial", "", "demo:supervised fine-tuned on few aerial pictures"},
    {"demo:clip-textures", "", "demo:clip fine-tuned on few pictures of textures"},
    {"demo:clip-aerial", "", "demo:clip fine-tuned on few aerial pictures"},
    {"demo:dino-textures", "", "demo:dino fine-tuned on few pictures of textures"},
    {"demo:dino-aerial", "", "demo:dino fine-tuned on few aerial pictures"},
    {"demo:gabor",
     "Gabor ViT (demo)",
     "a small Vision Transformer computed from formulas: oriented edges, their energy, texture, "
     "the whole image",
     &gaborTensors,
     gaborVit},
    {"demo:random",
     "Random ViT (demo)",
     "the shape of the trained ones with random weights: the control",
     &randomTensors,
     smallDemoVit}};

/// Nothing when the trained network was not shipped.
std::optional<std::filesystem::path> fileOf(const DemoNetwork& network) {
  const std::string name(network.spec.substr(network.spec.find(':') + 1));
  try {
    return resourcePath("demo/networks/" + name + ".safetensors");
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool isThere(const DemoNetwork& network) {
  return network.tensors != nullptr || fileOf(network).has_value();
}

WeightFile made(const DemoNetwork& network) {
  return WeightFile::fromBytes(std::string(network.spec),
                               serializeWeights(network.tensors(),
                                                {{"family", "timm"},
                                                 {"heads", std::to_string(network.size.heads)},
                                                 {"name", std::string(network.name)},
                                                 {"format", "pt"}}));
}

} // namespace

std::vector<std::pair<std::string, std::string>> demoNetworkList() {
  std::vector<std::pair<std::string, std::string>> list;
  for (const DemoNetwork& network : table) {
    if (isThere(network)) {
      list.emplace_back(network.spec, network.description);
    }
  }
  return list;
}

WeightFile demoWeights(const std::string& spec) {
  std::string specs;
  for (const DemoNetwork& network : table) {
    if (!isThere(network)) {
      continue;
    }
    if (network.spec == spec) {
      return network.tensors != nullptr ? made(network) : WeightFile::open(*fileOf(network));
    }
    specs += (specs.empty() ? "" : ", ") + std::string(network.spec);
  }
  throw Error(ErrorKind::notFound,
              "There is no demo network \"" + spec + "\"; choose one of " + specs +
                  ", or name a .safetensors file.");
}

void writeDemoNetwork(const std::string& spec, const std::filesystem::path& out) {
  inContext("writing the network " + spec, [&] { writeWeights(out, demoWeights(spec).bytes()); });
}

} // namespace cortograph
