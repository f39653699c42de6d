#include "encoder/predictor.h"

#include "base/error.h"
#include "compute/compute.h"
#include "encoder/encoder_map.h"
#include "encoder/map_network.h"
#include "tokens/token_batches.h"
#include "tokens/token_file.h"

#include <algorithm>

namespace cortograph {

namespace {

using TakeTokens = std::function<void(std::int64_t first, const Tokens&)>;

/// Throws unless the file's tokens were extracted in the same way as the map's.
void requireTokensOf(const BrainMap& map, const TokenFileInfo& info, const std::string& file) {
  const auto requireSame = [&](const char* key, const std::string& what) {
    const std::string wanted = textOf(map.attributes, key);
    const std::string found = textOf(info.attributes, key);
    if (wanted != found) {
      throw Error(ErrorKind::mismatch,
                  "The tokens in " + file + " have another " + what + " than the map's: " + found +
                      " instead of " + wanted +
                      "; extract the tokens with the map's network and settings.");
    }
  };
  requireSame("network_hash", "network (SHA-256)");
  requireSame("preprocessing", "image preprocessing");
  requireSame("grid", "grid");
}

void forEachBatchInFile(const PredictJob& job,
                        const TokenSettings& settings,
                        const Control& control,
                        const TakeTokens& take) {
  const TokenFile file(job.tokens);
  requireTokensOf(*job.map, file.info(), job.tokens.string());
  const std::vector<std::size_t> rows =
      file.rowsOf(job.images, hashesOf(job.images, control.cancel));
  const auto together = static_cast<std::size_t>(settings.batch);
  for (std::size_t first = 0; first < rows.size(); first += together) {
    control.cancel.throwIfCanceled();
    const std::size_t count = std::min(together, rows.size() - first);
    take(static_cast<std::int64_t>(first),
         file.read(std::span(rows).subspan(first, count), settings.layers));
    control.report({.what = "predicting",
                    .done = static_cast<double>(first + count),
                    .total = static_cast<double>(rows.size()),
                    .unit = "images",
                    .secondsLeft = std::nullopt});
  }
}

void forEachBatch(const PredictJob& job,
                  torch::Device device,
                  const Control& control,
                  const TakeTokens& take) {
  if (!job.tokens.empty()) {
    forEachBatchInFile(job, tokenSettingsOf(*job.map), control, take);
    return;
  }
  const MapNetwork source = openMapNetwork(*job.map, job.network, device, control.cancel);
  forEachTokenBatch(*source.network,
                    picturesInBatches(job.images, *source.network),
                    source.tokens,
                    control,
                    take);
}

} // namespace

void forEachPrediction(const PredictJob& job, const Control& control, const TakePrediction& take) {
  inContext("predicting responses with " + job.map->title(), [&] {
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
                    "The network's layers differ in width from those the map was trained with; "
                    "give the network it was trained with (--network).");
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
