#pragma once

#include "compute/torch.h"

namespace cortograph {

/// Each row over its length.
[[nodiscard]] torch::Tensor unitRows(const torch::Tensor& x);

/// Average precision of each column, scores ranked against labels (0 or 1), both rows × columns:
/// the mean over the positives of the precision at their rank. NaN where a column has none.
[[nodiscard]] torch::Tensor averagePrecision(const torch::Tensor& scores,
                                             const torch::Tensor& labels);
/// Their mean, but for columns without positives.
[[nodiscard]] double meanAveragePrecision(const torch::Tensor& scores, const torch::Tensor& labels);

/// Share of rows whose largest score is at its label.
[[nodiscard]] double accuracyOf(const torch::Tensor& scores, const torch::Tensor& labels);

/// Share of `tested` rows whose label most of the `neighbours` most similar rows (cosine) of
/// `known` have; nearer ones count more, as exp(similarity / 0.07) (Wu et al. 2018, arXiv
/// 1805.01978).
[[nodiscard]] double neighbourAccuracy(const torch::Tensor& known,
                                       const torch::Tensor& knownLabels,
                                       const torch::Tensor& tested,
                                       const torch::Tensor& testedLabels,
                                       int neighbours = 10);

} // namespace cortograph
