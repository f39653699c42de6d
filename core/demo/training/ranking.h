#pragma once

#include "compute/torch.h"

namespace cortograph {

/// Scales each row to length 1.
[[nodiscard]] torch::Tensor unitRows(const torch::Tensor& x);

/// Returns the average precision of each column: the mean over the positives of the precision at
/// their rank. Scores and labels (0 or 1) are rows × columns. NaN for a column without positives.
[[nodiscard]] torch::Tensor averagePrecision(const torch::Tensor& scores,
                                             const torch::Tensor& labels);
/// Returns the mean of averagePrecision() over the columns that have positives.
[[nodiscard]] double meanAveragePrecision(const torch::Tensor& scores, const torch::Tensor& labels);

/// Returns the share of rows whose largest score is in the column of their label.
[[nodiscard]] double accuracyOf(const torch::Tensor& scores, const torch::Tensor& labels);

/// Returns the accuracy of classifying each `tested` row by a vote of the `neighbors` most similar
/// `known` rows (cosine similarity). A vote weighs exp(similarity / 0.07) (Wu et al. 2018, arXiv
/// 1805.01978).
[[nodiscard]] double neighborAccuracy(const torch::Tensor& known,
                                      const torch::Tensor& knownLabels,
                                      const torch::Tensor& tested,
                                      const torch::Tensor& testedLabels,
                                      int neighbors = 10);

} // namespace cortograph
