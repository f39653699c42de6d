#include "demo/training/ranking.h"

namespace cortograph {

using torch::Tensor;

Tensor unitRows(const Tensor& x) {
  return x / x.norm(2, -1, true).clamp_min(1e-8);
}

Tensor averagePrecision(const Tensor& scores, const Tensor& labels) {
  const Tensor order = std::get<1>(torch::sort(scores, /*stable=*/true, /*dim=*/0, true));
  const Tensor hits = labels.to(torch::kFloat64).gather(0, order);
  const Tensor ranks = torch::arange(1, scores.size(0) + 1, torch::kFloat64).unsqueeze(1);
  return (hits.cumsum(0) / ranks * hits).sum(0) / hits.sum(0);
}

double meanAveragePrecision(const Tensor& scores, const Tensor& labels) {
  return averagePrecision(scores, labels).nanmean().item<double>();
}

double accuracyOf(const Tensor& scores, const Tensor& labels) {
  return (scores.argmax(1) == labels).to(torch::kFloat64).mean().item<double>();
}

double neighborAccuracy(const Tensor& known,
                        const Tensor& knownLabels,
                        const Tensor& tested,
                        const Tensor& testedLabels,
                        int neighbors) {
  constexpr double temperature = 0.07;
  const Tensor similarity = torch::matmul(unitRows(tested), unitRows(known).t());
  const auto [nearest, index] = similarity.topk(neighbors, 1);
  const Tensor votes = torch::zeros({tested.size(0), knownLabels.max().item<std::int64_t>() + 1});
  const Tensor sums = votes.scatter_add(1,
                                        knownLabels.index_select(0, index.flatten()).view_as(index),
                                        (nearest / temperature).exp());
  return accuracyOf(sums, testedLabels);
}

} // namespace cortograph
