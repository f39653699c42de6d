#pragma once

#include "compute/torch.h"
#include "jobs/map_jobs.h"

namespace cortograph {

/// Computes the three mixtures of channels that explain most of what a region's vertices read out.
/// `weight` is n × D, the vertices' readout weights; the result is D × 3, float64. The mixtures are
/// weightᵀ V, where V (n × 3) are the leading singular vectors over vertices of the weights, each
/// vertex's weights centred over the channels. The sign of a mixture makes its largest magnitude
/// (the first on ties) positive. Where the centred weights have fewer than three dimensions (always
/// for fewer than three vertices), the other mixtures are 0.
[[nodiscard]] torch::Tensor channelMixtures(const torch::Tensor& weight);

/// Renders the channels that regions read out, after Yang, Gee and Shi (CVPR 2024): each region's
/// mixtures of the aligned local tokens, on the network's native grid, averaged over layers with
/// the region's mean layer weights. The 5th to 95th percentile of a picture's three channels
/// together, or of all pictures with `oneScale`, becomes 0..1; a picture of one value is 0. Throws
/// Error{mismatch} when no region is named or the network is not the map's, Error{notFound} for a
/// region that is not in the map or has no vertex in the hemisphere, Error{unsupported} when the
/// layers differ in their grids. Cost: that of the network, and 6 R C operations per token and
/// layer for R regions.
[[nodiscard]] TopChannels topChannels(const TopChannelsJob& job, const Control& control);

} // namespace cortograph
