#include "encoder/top_channels.h"

#include "base/error.h"
#include "base/quantile.h"
#include "compute/arrays.h"
#include "compute/compute.h"
#include "encoder/encoder_map.h"
#include "encoder/map_network.h"
#include "map/left_out.h"
#include "tokens/token_batches.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace cortograph {

namespace {

constexpr std::int64_t colors = 3;

/// Returns the indices of the region's vertices in the job's hemispheres.
std::vector<std::int64_t> verticesOf(const TopChannelsJob& job, const std::string& name) {
  const VertexSet& vertices = job.map->vertices;
  const Region region = regionNamed(job.map->regions, name);
  std::vector<std::int64_t> members;
  for (const Side side : bothSides) {
    if (job.hemisphere && *job.hemisphere != side) {
      continue;
    }
    for (std::size_t i = 0; i < vertices.of(side).size(); ++i) {
      const std::size_t n = vertices.offset(side) + i;
      if (region.member[n] != 0 && !isLeftOut(*job.map, n)) {
        members.push_back(static_cast<std::int64_t>(n));
      }
    }
  }
  if (members.empty()) {
    throw Error(ErrorKind::notFound,
                "The region " + name + " has no trained vertex" +
                    (job.hemisphere
                         ? " in the " + std::string(toString(*job.hemisphere)) + " hemisphere"
                         : std::string()) +
                    " of this map; choose another region or hemisphere.");
  }
  return members;
}

/// Computes what a region reads out, from the readout weights (N × D) and layer weights (N × L) of
/// all the map's vertices.
RegionChannels channelsOf(const TopChannelsJob& job,
                          const std::string& name,
                          const torch::Tensor& weight,
                          const torch::Tensor& layer) {
  const torch::Tensor members = torch::tensor(verticesOf(job, name));
  return {.name = name,
          .vertices = static_cast<std::size_t>(members.numel()),
          .layer = toArray(layer.index_select(0, members).mean(0)).values,
          .mixture = toArray(channelMixtures(weight.index_select(0, members)).to(torch::kFloat32))};
}

/// Returns for each layer the 3R × C matrix that turns its tokens into the colours of all R
/// regions: the regions' mixtures of the aligned channels, times their weights of the layer.
std::vector<torch::Tensor> projections(const FactorTopy& encoder,
                                       const std::vector<RegionChannels>& regions) {
  std::vector<torch::Tensor> all;
  for (std::size_t l = 0; l < encoder.shape().widths.size(); ++l) {
    std::vector<torch::Tensor> shares;
    shares.reserve(regions.size());
    for (const RegionChannels& region : regions) {
      shares.push_back(toTensor(region.mixture).t() * region.layer[l]);
    }
    all.push_back(torch::mm(torch::cat(shares), encoder.localAlignment(l)));
  }
  return all;
}

/// Computes the colours of one image's tokens, regions × h × w × 3.
torch::Tensor colorsOf(const Tokens& tokens, const std::vector<torch::Tensor>& projections) {
  const torch::Tensor& any = tokens.local.front(); // 1 × C × h × w
  torch::Tensor sum;
  for (std::size_t l = 0; l < projections.size(); ++l) {
    const torch::Tensor part = torch::mm(projections[l], tokens.local[l][0].flatten(1));
    sum = l == 0 ? part : sum + part;
  }
  return sum.view({-1, colors, any.size(2), any.size(3)}).permute({0, 2, 3, 1}).contiguous();
}

/// Scales the values so that their 5th to 95th percentile becomes 0..1, and returns these two.
std::array<float, 2> toUnitRange(std::span<float> values) {
  std::vector<float> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  const auto low = static_cast<float>(quantile<float>(sorted, 0.05));
  const auto high = static_cast<float>(quantile<float>(sorted, 0.95));
  for (float& value : values) {
    value = high > low ? std::clamp((value - low) / (high - low), 0.0F, 1.0F) : 0.0F;
  }
  return {low, high};
}

void scalePictures(TopChannels& channels, bool oneScale) {
  const ArrayShape& shape = channels.pictures.shape;
  const std::size_t pictures = shape[0] * shape[1];
  const std::span<float> values(channels.pictures.values);
  channels.range = Array<float>({shape[0], shape[1], 2});
  std::array<float, 2> range{};
  for (std::size_t picture = 0; picture < pictures; ++picture) {
    if (!oneScale) {
      const std::size_t size = values.size() / pictures;
      range = toUnitRange(values.subspan(picture * size, size));
    } else if (picture == 0) {
      range = toUnitRange(values);
    }
    std::copy(range.begin(),
              range.end(),
              channels.range.values.begin() + static_cast<std::ptrdiff_t>(2 * picture));
  }
}

void requireFinite(const torch::Tensor& values, const Stimulus& image) {
  if (!torch::isfinite(values).all().item<bool>()) {
    throw Error(ErrorKind::mismatch,
                "The image " + image.name +
                    " gives tokens that are not finite numbers; the network's weights are damaged "
                    "or overflow.");
  }
}

} // namespace

torch::Tensor channelMixtures(const torch::Tensor& weight) {
  const torch::Tensor rows = weight.to(torch::kFloat64);
  const torch::Tensor centered = rows - rows.mean(1, /*keepdim=*/true);
  const auto [u, s, vh] = at::linalg_svd(centered, /*full_matrices=*/false);
  torch::Tensor mixtures = torch::zeros({rows.size(1), colors}, torch::kFloat64);
  for (std::int64_t c = 0; c < std::min(colors, s.size(0)); ++c) {
    constexpr double negligible = 1e-6; // of float32 weights
    if (s[c].item<double>() <= negligible * s[0].item<double>()) {
      break;
    }
    const torch::Tensor mixture = torch::mv(rows.t(), u.select(1, c));
    const torch::Tensor largest = mixture[mixture.abs().argmax()];
    mixtures.select(1, c).copy_(mixture * largest.sign());
  }
  return mixtures;
}

/// Returns the grid of the layers, which must be the same for all, because their channels are
/// averaged cell by cell.
Extent requireSharedGrid(const MapNetwork& source) {
  const Extent grid = chosenGrid(source.tokens, source.network->info());
  if (grid.empty()) {
    throw Error(
        ErrorKind::unsupported,
        "The layers of " + source.network->info().name +
            " differ in their grids, so their channels cannot be averaged into one picture; use a "
            "map of layers that share a grid.");
  }
  return grid;
}

TopChannels topChannels(const TopChannelsJob& job, const Control& control) {
  return inContext("finding the top channels of " + job.map->title(), [&] {
    const torch::NoGradGuard noGrad;
    useThreads(job.compute.threads);
    if (job.regions.empty()) {
      throw Error(ErrorKind::mismatch, "No region was named; give one or more.");
    }
    MapNetwork source = openMapNetwork(*job.map, job.network, deviceOf(job.compute));
    source.tokens.grid = {}; // the network's own
    source.tokens.batch = 1; // the native grid may have many tokens
    const FactorTopy encoder = encoderOf(*job.map, torch::kCPU);
    const torch::Tensor layer = toTensor(job.map->layer);
    TopChannels channels;
    for (const std::string& name : job.regions) {
      channels.regions.push_back(channelsOf(job, name, encoder.parameters().at("weight"), layer));
    }
    const NetworkInfo& info = source.network->info();
    channels.image = info.image;
    const Extent grid = requireSharedGrid(source);
    channels.pictures = Array<float>({job.images.size(),
                                      job.regions.size(),
                                      static_cast<std::size_t>(grid.rows),
                                      static_cast<std::size_t>(grid.columns),
                                      colors});
    const std::vector<torch::Tensor> all = projections(encoder, channels.regions);
    const auto take = [&](std::int64_t first, const Tokens& tokens) {
      const torch::Tensor values = colorsOf(tokens, all);
      const auto image = static_cast<std::size_t>(first);
      requireFinite(values, job.images[image]);
      std::copy_n(values.data_ptr<float>(), values.numel(), channels.pictures.row(image).data());
    };
    forEachTokenBatch(*source.network,
                      picturesInBatches(job.images, *source.network),
                      source.tokens,
                      control,
                      take);
    scalePictures(channels, job.oneScale);
    return channels;
  });
}

} // namespace cortograph
