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
  DemoTensors (*tensors)() = nullptr; ///< null for a trained network, which is read from its file
  DemoVitSize size{};
};

constexpr std::uint64_t controlSeed = 20240617;

DemoTensors randomTensors() {
  return initialVit(smallDemoVit, controlSeed);
}

constexpr DemoNetwork table[] = {
    {.spec = "demo:supervised",
     .name = "",
     .description = "a small Vision Transformer trained to name the things in a picture, their "
                    "places and the setting"},
    {.spec = "demo:clip",
     .name = "",
     .description = "a small Vision Transformer trained to match pictures with captions"},
    {.spec = "demo:sam",
     .name = "",
     .description = "a small Vision Transformer trained to segment the thing at a point; it has no "
                    "class token"},
    {.spec = "demo:mae",
     .name = "",
     .description = "a small Vision Transformer trained to fill in masked patches"},
    {.spec = "demo:dino",
     .name = "",
     .description = "a small Vision Transformer trained by self-distillation between crops"},
    {.spec = "demo:moco",
     .name = "",
     .description = "a small Vision Transformer trained by momentum contrast between crops"},
    {.spec = "demo:supervised-large",
     .name = "",
     .description = "a deeper and wider network trained like demo:supervised"},
    {.spec = "demo:clip-large",
     .name = "",
     .description = "a deeper and wider network trained like demo:clip"},
    {.spec = "demo:supervised-textures",
     .name = "",
     .description = "demo:supervised, fine-tuned on a few pictures of textures"},
    {.spec = "demo:supervised-aerial",
     .name = "",
     .description = "demo:supervised, fine-tuned on a few aerial pictures"},
    {.spec = "demo:clip-textures",
     .name = "",
     .description = "demo:clip, fine-tuned on a few pictures of textures"},
    {.spec = "demo:clip-aerial",
     .name = "",
     .description = "demo:clip, fine-tuned on a few aerial pictures"},
    {.spec = "demo:dino-textures",
     .name = "",
     .description = "demo:dino, fine-tuned on a few pictures of textures"},
    {.spec = "demo:dino-aerial",
     .name = "",
     .description = "demo:dino, fine-tuned on a few aerial pictures"},
    {.spec = "demo:gabor",
     .name = "Gabor ViT (demo)",
     .description = "a small Vision Transformer computed from formulas: oriented edges, their "
                    "energy, texture, the whole image",
     .tensors = &gaborTensors,
     .size = gaborVit},
    {.spec = "demo:random",
     .name = "Random ViT (demo)",
     .description = "a control: the shape of the trained networks, with random weights",
     .tensors = &randomTensors,
     .size = smallDemoVit}};

/// Returns the file of a trained network; nothing when it is not installed.
std::optional<std::filesystem::path> fileOf(const DemoNetwork& network) {
  const std::string name(network.spec.substr(network.spec.find(':') + 1));
  try {
    return resourcePath("demo/networks/" + name + ".safetensors");
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool isAvailable(const DemoNetwork& network) {
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
    if (isAvailable(network)) {
      list.emplace_back(network.spec, network.description);
    }
  }
  return list;
}

WeightFile demoWeights(const std::string& spec) {
  std::string specs;
  for (const DemoNetwork& network : table) {
    if (!isAvailable(network)) {
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
