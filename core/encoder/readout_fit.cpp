#include "encoder/readout_fit.h"

#include "compute/threads.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

using torch::Tensor;

constexpr std::int64_t tileVertices = 128;
constexpr std::size_t imagesAtOnce = 128;

/// Accumulates the sums of all vertices over batches of images. Values are shifted by their means
/// over the first batch, so that float32 is precise enough.
class Sums {
public:
  Sums(std::int64_t vertices, std::int64_t channels, torch::Device device)
      : device_(device),
        all_{.x = torch::zeros({vertices, channels}, device),
             .xx = torch::zeros({vertices, channels, channels}, device),
             .y = torch::zeros({vertices}, device),
             .xy = torch::zeros({vertices, channels}, device),
             .yy = torch::zeros({vertices}, device)},
        shift_(torch::zeros({vertices, channels}, device)) {}

  /// Adds a batch; `responses` are B × N.
  void add(const TokenTable& table,
           const Selection& selection,
           const Tensor& responses,
           const CancelToken& cancel) {
    const bool isFirst = all_.count == 0;
    all_.count += responses.size(0);
    eachTile(cancel, [&](std::int64_t first, std::int64_t count) {
      const auto tile = [&](const Tensor& of) { return of.narrow(0, first, count); };
      Tensor x = selected(table,
                          {.space = tile(selection.space),
                           .layer = tile(selection.layer),
                           .scale = tile(selection.scale)});
      if (isFirst) {
        tile(shift_).copy_(x.mean(1));
      }
      x = x - tile(shift_).unsqueeze(1);
      const Tensor y = tile(responses.t()).contiguous();
      const Tensor transposed = x.transpose(1, 2);
      tile(all_.x).add_(x.sum(1));
      tile(all_.xx).add_(torch::bmm(transposed, x));
      tile(all_.y).add_(y.sum(1));
      tile(all_.xy).add_(torch::bmm(transposed, y.unsqueeze(2)).squeeze(2));
      tile(all_.yy).add_(y.square().sum(1));
    });
  }

  [[nodiscard]] RidgeFit fit(const CancelToken& cancel) const {
    RidgeFit fit{.slope = torch::zeros_like(all_.x), .intercept = torch::zeros_like(all_.y)};
    eachTile(cancel, [&](std::int64_t first, std::int64_t count) {
      const auto tile = [&](const Tensor& of) { return of.narrow(0, first, count); };
      const RidgeFit here = ridgeFit({.x = tile(all_.x),
                                      .xx = tile(all_.xx),
                                      .y = tile(all_.y),
                                      .xy = tile(all_.xy),
                                      .yy = tile(all_.yy),
                                      .count = all_.count});
      tile(fit.slope).copy_(here.slope);
      tile(fit.intercept).copy_(here.intercept - (here.slope * tile(shift_)).sum(1));
    });
    return fit;
  }

private:
  /// Works on tiles of vertices, in parallel on the CPU. The tiles do not depend on the number of
  /// threads.
  template <class Work> void eachTile(const CancelToken& cancel, const Work& work) const {
    const std::int64_t vertices = all_.y.size(0);
    const std::int64_t tiles = (vertices + tileVertices - 1) / tileVertices;
    const auto one = [&](std::int64_t tile) {
      cancel.throwIfCanceled();
      const torch::NoGradGuard noGrad;
      const std::int64_t first = tile * tileVertices;
      work(first, std::min(tileVertices, vertices - first));
    };
    if (device_.is_cpu()) {
      const OwnProducts ownProducts;
      inParallel(tiles, one);
    } else {
      for (std::int64_t tile = 0; tile < tiles; ++tile) {
        one(tile);
      }
    }
  }

  torch::Device device_;
  RidgeSums all_;
  Tensor shift_;
};

} // namespace

RidgeFit ridgeFit(const RidgeSums& sums) {
  constexpr double quartersOfDecade = 4;
  constexpr int lowest = -24;
  constexpr int highest = 4;
  const auto count = static_cast<double>(sums.count);
  const Tensor x = sums.x.to(torch::kFloat64) / count;
  const Tensor y = sums.y.to(torch::kFloat64) / count;
  const Tensor covariance = sums.xx.to(torch::kFloat64) / count - x.unsqueeze(2) * x.unsqueeze(1);
  const Tensor shared = sums.xy.to(torch::kFloat64) / count - x * y.unsqueeze(1);
  const Tensor variance = sums.yy.to(torch::kFloat64) / count - y.square();

  const auto [eigenvalues, vectors] = torch::linalg_eigh(covariance, "L");
  const Tensor strengths = eigenvalues.clamp_min(0);
  const Tensor total = strengths.sum(1, true);
  // Channels that do not vary get no slope; their variance is only a rounding error.
  const Tensor varies = total > 1e-10 * x.square().sum(1, true);
  const Tensor along = torch::bmm(vectors.transpose(1, 2), shared.unsqueeze(2)).squeeze(2) * varies;
  Tensor best;
  Tensor slope = torch::zeros_like(along);
  for (int quarter = lowest; quarter <= highest; ++quarter) {
    const double share = std::pow(10.0, quarter / quartersOfDecade);
    const Tensor penalized = strengths + share * total.clamp_min(1e-30);
    const Tensor shrunk = along / penalized;
    const Tensor freedom = (strengths / penalized).sum(1) + 1; // 1 for the intercept
    const Tensor left =
        variance - 2 * (along * shrunk).sum(1) + (strengths * shrunk.square()).sum(1);
    const Tensor error = left / (1 - freedom / count).clamp_min(1e-3).square();
    const Tensor better = best.defined() ? error < best : torch::ones_like(error, torch::kBool);
    best = best.defined() ? torch::where(better, error, best) : error;
    slope = torch::where(better.unsqueeze(1), shrunk, slope);
  }
  slope = torch::bmm(vectors, slope.unsqueeze(2)).squeeze(2);
  const Tensor intercept = y - (slope * x).sum(1);
  return {.slope = slope.to(sums.x.scalar_type()), .intercept = intercept.to(sums.x.scalar_type())};
}

void fitReadout(FactorTopy& encoder,
                const Selection& selection,
                const TrainingData& data,
                const Responses& responses,
                const Control& control) {
  const torch::NoGradGuard noGrad;
  const EncoderShape& shape = encoder.shape();
  Sums sums(shape.vertices, shape.bottleneck, encoder.device());
  for (std::size_t first = 0; first < data.train.size(); first += imagesAtOnce) {
    control.cancel.throwIfCanceled();
    control.report({.what = "fitting the readout",
                    .done = static_cast<double>(first),
                    .total = static_cast<double>(data.train.size()),
                    .unit = "images",
                    .secondsLeft = std::nullopt});
    const auto begin = data.train.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<std::int64_t> images(
        begin,
        begin + static_cast<std::ptrdiff_t>(std::min(imagesAtOnce, data.train.size() - first)));
    const TokenPack tokens = data.tokens->of(images, control.cancel).to(encoder.device());
    sums.add(encoder.aligned(tokens),
             selection,
             responsesTo(responses, images, data.usable).to(encoder.device()),
             control.cancel);
  }
  const RidgeFit fit = sums.fit(control.cancel);
  const Tensor usable = data.usable.to(encoder.device()) > 0;
  Tensor weight = encoder.parameters().at("weight").detach();
  Tensor bias = encoder.parameters().at("bias").detach();
  // The readout is a mean over the channels.
  weight.copy_(torch::where(usable.unsqueeze(1), fit.slope * shape.bottleneck, weight));
  bias.copy_(torch::where(usable, fit.intercept, bias));
}

} // namespace cortograph
