#pragma once

#include "compute/torch.h"
#include "jobs/map_jobs.h"

namespace cortograph {

/// The three mixtures of channels that carry most of what a region's vertices read out. `weight`:
/// n × D, their readout weights; the result is D × 3, float64. With each vertex's weights centred
/// over the channels and V (n × 3) the leading singular vectors over vertices, they are weightᵀ V.
/// The number of largest magnitude of a mixture is positive, the first of equals. Where the centred
/// weights have fewer than three dimensions (always for fewer than three vertices), the rest is 0.
[[nodiscard]] torch::Tensor channelMixtures(const torch::Tensor& weight);

/// What regions look at in images, after Yang, Gee and Shi (CVPR 2024): each region's mixtures of
/// the aligned local tokens, at the network's native grid, averaged over layers by the region's
/// mean layer distribution. The 5th to 95th percentile of a picture's three channels together, or
/// of all pictures on one scale, becomes 0..1; a picture of one value is 0.
/// Throws Error{mismatch} when no region is named or the network is not the map's, Error{notFound}
/// for a region that the map does not name or that has no vertex in the hemisphere.
/// Cost: the network's, and 6 R C operations a token and layer for R regions.
[[nodiscard]] TopChannels topChannels(const TopChannelsJob& job, const Control& control);

} // namespace cortograph
