#pragma once

#include "compute/torch.h"
#include "jobs/map_jobs.h"

namespace cortograph {

/// The rows of the kernel K = W Wᵀ (N × N) in D numbers each: r_n = (Wᵀ W)^(1/2) w_n, for K Kᵀ =
/// W (Wᵀ W) Wᵀ gives them the same inner products. `weight` is N × D, finite, on the CPU; the
/// result N × D float64. Cost: 4 N D² operations.
[[nodiscard]] torch::Tensor kernelRows(const torch::Tensor& weight);

/// Groups vertices by their readout weights W as the public implementation of Yang, Gee and Shi
/// (CVPR 2024) does: k-means by cosine on the rows of W Wᵀ, Ward's linkage of the centroids, each
/// described by its cosines with all of them, cut into clusters. Where that implementation averages
/// rows of any length and sets a centroid's cosine with itself to 0, this one averages directions,
/// which lowers the k-means' own cost in each step, and keeps the 1.
///
/// Clusters are numbered along the main axis of the rows' directions, the eigenvector of their
/// second moments that has the largest eigenvalue, from the side where most of their sum lies;
/// equal ones by their first vertex. The axis does not depend on the seed, so that a cluster that
/// is found again mostly keeps its number and colour. A vertex whose weights are all zero is in
/// none (-1). Where the weights have fewer directions than clusters were asked for, there are
/// fewer, and a warning says so.
///
/// The same seed gives the same labels, on any number of threads. Throws Error{mismatch} for
/// settings that make no sense, Error{unsupported} when the map has no weights or only zeros,
/// Error{format} when they are not finite. Cost: that of cosineMeans; for N = 37,984, D = 128 about
/// 9 s of processor time on all threads together, and 0.3 GB.
[[nodiscard]] ChannelClusters clusterChannels(const ClusterJob& job, const Control& control);

} // namespace cortograph
