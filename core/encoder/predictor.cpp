#include "encoder/predictor.h"

#include "base/error.h"
#include "encoder/compute.h"
#include "encoder/encoder_map.h"
#include "encoder/map_network.h"
#include "network/token_batches.h"

namespace cortograph {

Array<float> predictResponses(const PredictJob& job, const Control& control) {
  return inContext("predicting responses with " + job.map->title(), [&] {
    const torch::NoGradGuard noGrad;
    useThreads(job.compute.threads);
    const torch::Device device = deviceOf(job.compute);
    const MapNetwork source = openMapNetwork(*job.map, job.network, device);
    const Network& network = *source.network;
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
    forEachTokenBatch(network,
                      picturesInBatches(job.images, network.info(), source.preprocess),
                      source.tokens,
                      control,
                      take);
    return responses;
  });
}

} // namespace cortograph
