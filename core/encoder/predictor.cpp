#include "encoder/predictor.h"

#include "base/error.h"
#include "encoder/compute.h"
#include "encoder/encoder_map.h"
#include "network/token_batches.h"
#include "network/token_file.h"

#include <algorithm>
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

void requireKnownNetwork(const BrainMap& map) {
  if (textOf(map.attributes, "network_hash").empty()) {
    throw Error(ErrorKind::notFound,
                "The map does not record its network, so nothing can be predicted from it; import "
                "its state dict again with --network.");
  }
}

using TakeTokens = std::function<void(std::int64_t first, const Tokens&)>;

/// Makes sure that the file's tokens were taken as the map's were.
void requireTokensOf(const BrainMap& map, const TokenFileInfo& info, const std::string& file) {
  const auto requireSame = [&](const char* key, const std::string& what) {
    const std::string wanted = textOf(map.attributes, key);
    const std::string found = textOf(info.attributes, key);
    if (wanted != found) {
      throw Error(ErrorKind::mismatch,
                  "The tokens " + file + " are of another " + what + " than the map's: " + found +
                      " instead of " + wanted + "; take tokens of the map's network.");
    }
  };
  requireSame("network_hash", "network (SHA-256)");
  requireSame("preprocessing", "preparation of images");
  requireSame("grid", "grid");
}

void forEachBatchInFile(const PredictJob& job,
                        const TokenSettings& settings,
                        const Control& control,
                        const TakeTokens& take) {
  const TokenFile file(job.tokens);
  requireTokensOf(*job.map, file.info(), job.tokens.string());
  const std::vector<std::size_t> rows =
      rowsOf(file.info(), job.images, hashesOf(job.images, control.cancel));
  const auto together = static_cast<std::size_t>(settings.batch);
  for (std::size_t first = 0; first < rows.size(); first += together) {
    control.cancel.throwIfCancelled();
    const std::size_t count = std::min(together, rows.size() - first);
    take(static_cast<std::int64_t>(first),
         file.read(std::span(rows).subspan(first, count), settings.layers));
    Progress progress{"predicting", static_cast<double>(first + count), 0, "images", {}};
    progress.total = static_cast<double>(rows.size());
    control.report(progress);
  }
}

void forEachBatch(const PredictJob& job,
                  torch::Device device,
                  const Control& control,
                  const TakeTokens& take) {
  const TokenSettings settings = tokenSettingsOf(*job.map);
  if (!job.tokens.empty()) {
    forEachBatchInFile(job, settings, control, take);
    return;
  }
  NetworkSource source = sourceOf(job);
  const std::unique_ptr<const Network> network = networkOf(job, source, device);
  forEachTokenBatch(*network,
                    picturesInBatches(job.images, network->info(), source.preprocess),
                    settings,
                    control,
                    take);
}

} // namespace

void forEachPrediction(const PredictJob& job, const Control& control, const TakePrediction& take) {
  inContext("predicting responses with " + job.map->title(), [&] {
    requireKnownNetwork(*job.map);
    const torch::NoGradGuard noGrad;
    useThreads(job.compute.threads);
    const torch::Device device = deviceOf(job.compute);
    const FactorTopy encoder = encoderOf(*job.map, device);
    const Selection selection = encoder.select();
    forEachBatch(job, device, control, [&](std::int64_t first, const Tokens& tokens) {
      TokenPacker packer(tokens.images());
      packer.add(0, tokens);
      const TokenPack batch = packer.take();
      if (batch.widths() != encoder.shape().widths) {
        throw Error(ErrorKind::mismatch,
                    "The network's layers differ in width from those the map was trained with.");
      }
      take(first, encoder.predict(batch.to(device), selection).to(torch::kCPU).contiguous());
    });
  });
}

Array<float> predictResponses(const PredictJob& job, const Control& control) {
  Array<float> responses({job.images.size(), job.map->size()});
  forEachPrediction(job, control, [&](std::int64_t first, const torch::Tensor& predicted) {
    std::copy_n(predicted.data_ptr<float>(),
                predicted.numel(),
                responses.row(static_cast<std::size_t>(first)).data());
  });
  return responses;
}

} // namespace cortograph
