#include "encoder/predictor.h"

#include "base/error.h"
#include "encoder/compute.h"
#include "encoder/encoder_map.h"
#include "network/token_batches.h"

#include <charconv>

namespace cortograph {

namespace {

std::int64_t numberOf(const BrainMap& map, const std::string& key, std::int64_t otherwise) {
  const std::string text = textOf(map.attributes, key);
  std::int64_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The network that the map records, as far as the job does not say otherwise.
NetworkSource sourceOf(const PredictJob& job) {
  const BrainMap& map = *job.map;
  NetworkSource source = job.network;
  if (source.spec.empty()) {
    source.spec = textOf(map.attributes, "network_path");
    if (source.spec.empty()) {
      throw Error(ErrorKind::notFound,
                  "The map does not record its network; name the weights file it was trained with "
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
    source.heads = static_cast<int>(numberOf(map, "network_heads", 0));
  }
  return source;
}

std::unique_ptr<const Network>
openWithPreparation(NetworkSource& source, const std::string& preparation, torch::Device device) {
  for (const Preprocess preprocess : {Preprocess::reference, Preprocess::native}) {
    source.preprocess = preprocess;
    std::unique_ptr<const Network> network = openNetwork(source, device);
    if (network->info().preprocessing == preparation) {
      return network;
    }
  }
  throw Error(ErrorKind::unsupported,
              "The map's images were prepared as \"" + preparation +
                  "\", which this program can't repeat; predict from a map trained on images.");
}

/// Opens the network and makes sure that it is the one the map was trained with.
std::unique_ptr<const Network>
networkOf(const PredictJob& job, NetworkSource& source, torch::Device device) {
  const BrainMap& map = *job.map;
  const std::string wanted = textOf(map.attributes, "network_hash");
  const std::string found = describeNetwork(source).hash;
  if (found != wanted) {
    throw Error(ErrorKind::mismatch,
                "The map was trained with " + map.title() + " (SHA-256 " + wanted + "), but " +
                    source.spec + " has SHA-256 " + found +
                    "; name the weights it was trained with.");
  }
  return openWithPreparation(source, textOf(map.attributes, "preprocessing"), device);
}

TokenSettings tokenSettingsOf(const BrainMap& map) {
  TokenSettings settings;
  settings.grid = static_cast<int>(numberOf(map, "grid", settings.grid));
  const std::string layers = textOf(map.attributes, "layers");
  const char* at = layers.data();
  const char* end = at + layers.size();
  while (at < end) {
    int layer = -1;
    at = std::from_chars(at, end, layer).ptr + 1;
    settings.layers.push_back(layer);
  }
  if (settings.layers.size() != map.layers()) {
    throw Error(ErrorKind::mismatch,
                "The map selects among " + std::to_string(map.layers()) +
                    " layers but records the layers \"" + layers + "\"; the file is damaged.");
  }
  return settings;
}

} // namespace

Array<float> predictResponses(const PredictJob& job, const Control& control) {
  return inContext("predicting responses with " + job.map->title(), [&] {
    const torch::NoGradGuard noGrad;
    useThreads(job.compute.threads);
    const torch::Device device = deviceOf(job.compute);
    NetworkSource source = sourceOf(job);
    const TokenSettings settings = tokenSettingsOf(*job.map);
    const std::unique_ptr<const Network> network = networkOf(job, source, device);
    const FactorTopy encoder = encoderOf(*job.map, device);
    const Selection selection = encoder.select();
    Array<float> responses({job.images.size(), job.map->size()});
    const auto take = [&](std::int64_t first, const Tokens& tokens) {
      TokenPacker packer(tokens.images());
      packer.add(0, tokens);
      const TokenPack batch = packer.take();
      if (batch.widths() != encoder.shape().widths) {
        throw Error(ErrorKind::mismatch,
                    "The network's layers differ in width from those the map was trained with.");
      }
      const torch::Tensor predicted =
          encoder.predict(batch.to(device), selection).to(torch::kCPU).contiguous();
      std::copy_n(predicted.data_ptr<float>(),
                  predicted.numel(),
                  responses.row(static_cast<std::size_t>(first)).data());
    };
    forEachTokenBatch(*network,
                      picturesInBatches(job.images, network->info(), source.preprocess),
                      settings,
                      control,
                      take);
    return responses;
  });
}

} // namespace cortograph
