#pragma once

#include "compute/optimizer.h"

namespace cortograph {

/// Muon (Jordan et al. 2024, kellerjordan.github.io/posts/muon) for the matrices of blocks, whose
/// momentum is made orthogonal, scaled so that it takes AdamW's learning rates (Liu et al. 2025,
/// arXiv 2502.16982); AdamW for all else. Small networks need about two thirds of the steps.
/// The same values on any number of threads.
class Muon {
public:
  Muon(ParameterSet& parameters, double weightDecay);

  /// One step along the set's gradients, which are spent.
  void step(double learningRate);

private:
  /// Matrices of one shape, one below the other.
  struct Group {
    std::vector<torch::Tensor> values; ///< each rows × columns
    std::vector<torch::Tensor> gradients;
    torch::Tensor momentum; ///< count × rows × columns
  };

  AdamW rest_;
  std::vector<Group> groups_;
};

/// The nearest matrices with orthonormal rows or columns, about: singular values become 0.7 to 1.2.
/// matrices: count × rows × columns.
[[nodiscard]] torch::Tensor orthogonalised(const torch::Tensor& matrices);

} // namespace cortograph
