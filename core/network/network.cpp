#include "network/network.h"

#include "base/error.h"
#include "network/demo_networks.h"
#include "network/family.h"

#include <filesystem>
#include <utility>

namespace cortograph {

namespace {

WeightFile openWeights(const std::string& spec) {
  return isDemoNetwork(spec) ? demoWeights(spec) : WeightFile::open(spec);
}

std::string titleOf(const WeightFile& file, const NetworkInfo& info) {
  if (const auto found = file.metadata().find("name"); found != file.metadata().end()) {
    return found->second;
  }
  static constexpr std::pair<int, const char*> sizes[] = {
      {192, "Ti"}, {384, "S"}, {768, "B"}, {1024, "L"}, {1280, "H"}};
  std::string size = std::to_string(info.width);
  for (const auto& [width, letters] : sizes) {
    if (width == info.width) {
      size = letters;
    }
  }
  return "ViT-" + size + "/" + std::to_string(info.patch) + " " + info.family;
}

Preparation preparationOf(const NetworkInfo& info, Preprocess preprocess) {
  return preprocess == Preprocess::reference ? referencePreparation()
                                             : familyNamed(info.family).nativePreparation;
}

NetworkInfo describe(const WeightFile& file, const Family& family, const NetworkSource& source) {
  NetworkInfo info = family.describe(file, source);
  info.family = family.name;
  info.evidence = family.match(file.tensors()).evidence;
  info.name = titleOf(file, info);
  const std::string size = std::to_string(info.imageSize);
  info.preprocessing = size + "x" + size + ", " + toString(preparationOf(info, source.preprocess));
  info.bytes = file.bytes().size();
  info.hash = file.hash();
  return info;
}

} // namespace

NetworkInfo describeNetwork(const NetworkSource& source) {
  return inContext("reading the network " + source.spec, [&source] {
    const WeightFile file = openWeights(source.spec);
    return describe(file, recogniseFamily(file, source.family), source);
  });
}

std::unique_ptr<const Network> openNetwork(const NetworkSource& source, torch::Device device) {
  return inContext("opening the network " + source.spec, [&source, device] {
    const WeightFile file = openWeights(source.spec);
    const Family& family = recogniseFamily(file, source.family);
    return family.build(file, describe(file, family, source), device);
  });
}

torch::Tensor prepareImage(const Picture& picture, const NetworkInfo& info, Preprocess preprocess) {
  torch::Tensor image = torch::empty({3, info.imageSize, info.imageSize});
  prepareInto(picture,
              info.imageSize,
              preparationOf(info, preprocess),
              {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
  return image;
}

} // namespace cortograph
