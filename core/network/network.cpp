#include "network/network.h"

#include "base/error.h"
#include "network/family.h"
#include "weights/weight_source.h"

#include <filesystem>
#include <utility>

namespace cortograph {

namespace {

std::string titleOf(const WeightFile& file, const NetworkInfo& info) {
  if (const auto found = file.metadata().find("name"); found != file.metadata().end()) {
    return found->second;
  }
  static constexpr std::pair<int, const char*> sizes[] = {{192, "Ti"},
                                                          {384, "S"},
                                                          {768, "B"},
                                                          {1024, "L"},
                                                          {1280, "H"},
                                                          {1408, "g"},
                                                          {1536, "g"},
                                                          {1664, "G"}};
  std::string size = std::to_string(info.width());
  for (const auto& [width, letters] : sizes) {
    if (width == info.width()) {
      size = letters;
    }
  }
  return "ViT-" + size + "/" + std::to_string(info.patch) + " " + info.family;
}

/// Returns the consent to run this file. Throws Error{mismatch} when it was given to another
/// content.
Trust trustIn(const std::string& name, const NetworkInfo& info, const NetworkSource& source) {
  if (info.program && source.trust != Trust::none && !source.trustedHash.empty() &&
      source.trustedHash != info.hash) {
    throw Error(ErrorKind::mismatch,
                "The file " + name + " has changed since you agreed to run it (SHA-256 " +
                    info.hash + " instead of " + source.trustedHash +
                    "); open it again if you trust what it holds now.");
  }
  return source.trust;
}

/// Describes a network completely: adds to the family's description the name, the file's facts and
/// the preparation that was asked for.
Description described(const WeightFile& file, const Family& family, const NetworkSource& source) {
  Description description = family.describe(file, source);
  NetworkInfo& info = description.info;
  info.family = family.name();
  info.evidence = family.match(file).evidence;
  if (info.name.empty()) {
    info.name = titleOf(file, info);
  }
  if (source.preprocess == Preprocess::reference) {
    description.preparation = referencePreparation();
  }
  const std::string size =
      std::to_string(info.image.rows) + "x" + std::to_string(info.image.columns);
  info.preprocessing = size + ", " + toString(description.preparation);
  info.bytes = file.size();
  info.metadata = file.metadata();
  info.hash = file.hash();
  description.trust = trustIn(file.name(), info, source);
  return description;
}

} // namespace

NetworkInfo describeNetwork(const NetworkSource& source, const CancelToken& cancel) {
  return inContext("reading the network " + source.spec, [&] {
    const WeightFile file = weightsNamed(source.spec);
    const Family& family = recognizeFamily(file, source.family);
    Description description = described(file, family, source);
    if (description.info.program && description.trust != Trust::none) {
      return family.build(file, std::move(description), torch::kCPU, cancel)->info();
    }
    return description.info;
  });
}

std::unique_ptr<const Network>
openNetwork(const NetworkSource& source, torch::Device device, const CancelToken& cancel) {
  return inContext("opening the network " + source.spec, [&] {
    const WeightFile file = weightsNamed(source.spec);
    const Family& family = recognizeFamily(file, source.family);
    return family.build(file, described(file, family, source), device, cancel);
  });
}

void requireTrust(const std::string& name, Trust trust) {
  if (trust == Trust::none) {
    throw Error(ErrorKind::unsupported,
                "The TorchScript module " + name +
                    " is a program, which runs only with your consent; give --trust if you trust "
                    "where it comes from.");
  }
}

void Network::requireInput(const torch::Tensor& images) const {
  const Extent& size = info_.image;
  if (images.dim() != 4 || images.size(1) != 3 || images.size(2) != size.rows ||
      images.size(3) != size.columns) {
    throw Error(ErrorKind::mismatch,
                "Images of shape " + shapeText(images.sizes().vec()) + " were given to " +
                    info_.name + ", which expects Bx3x" + std::to_string(size.rows) + "x" +
                    std::to_string(size.columns) +
                    "; prepare them at that size, or give their size with --image-size.");
  }
}

torch::Tensor prepareImage(const Picture& picture, const Network& network) {
  const Extent& size = network.info().image;
  torch::Tensor image = torch::empty({3, size.rows, size.columns});
  prepareInto(picture,
              size,
              network.preparation(),
              {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
  return image;
}

} // namespace cortograph
