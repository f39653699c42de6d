#pragma once

#include "compute/torch.h"
#include "jobs/map_jobs.h"

namespace cortograph {

/// Represents the rows of the kernel K = W Wᵀ (N × N) by D numbers each: r_n = (Wᵀ W)^(1/2) w_n.
/// These have the same inner products as the rows, because K Kᵀ = W (Wᵀ W) Wᵀ. `weight` is N × D,
/// finite, on the CPU; the result is N × D, float64. Cost: 4 N D² operations.
[[nodiscard]] torch::Tensor kernelRows(const torch::Tensor& weight);

/// Clusters vertices by their readout weights W, as the public implementation of Yang, Gee and Shi
/// (CVPR 2024) does: cosine k-means on the rows of W Wᵀ, then Ward's linkage of the centroids, each
/// described by its cosines with all centroids, cut into clusters. Two details differ. The public
/// implementation averages rows of any length; this one averages directions, which lowers the cost
/// function of k-means in each step. The public one sets a centroid's cosine with itself to 0; this
/// one keeps the 1.
///
/// Clusters are numbered along the main axis of the rows' directions, which is the eigenvector of
/// their second moments with the largest eigenvalue, in descending order of their mean on the axis;
/// the axis points to the side where the sum of the directions is positive. Ties are broken by the
/// first vertex. The axis does not depend on the seed, so that a cluster that is found again mostly
/// keeps its number and colour. A vertex whose weights are all zero is in no cluster (-1). Where
/// the weights have fewer directions than clusters were asked for, there are fewer clusters, and a
/// warning is logged.
///
/// The same seed gives the same labels on any number of threads. Throws Error{mismatch} for invalid
/// settings, Error{unsupported} when the map has no weights or only zeros, Error{format} when they
/// are not finite. Cost: that of cosineMeans; for N = 37,984 and D = 128 about 9 s of processor
/// time, summed over threads, and 0.3 GB.
[[nodiscard]] ChannelClusters clusterChannels(const ClusterJob& job, const Control& control);

} // namespace cortograph
