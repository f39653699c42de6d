#pragma once

#include "compute/optimizer.h"

namespace cortograph {

/// Optimises the matrices of blocks with Muon (Jordan et al. 2024,
/// kellerjordan.github.io/posts/muon) and all other parameters with AdamW. Muon makes the momentum
/// orthogonal; its updates are scaled so that AdamW's learning rates can be used (Liu et al. 2025,
/// arXiv 2502.16982). Small networks need about two thirds of the steps that they need with AdamW.
/// The result does not depend on the number of threads.
class Muon {
public:
  Muon(ParameterSet& parameters, double weightDecay);

  /// Makes one step along the gradients of the parameter set, which are overwritten.
  void step(double learningRate);

private:
  /// Matrices of the same shape that are updated together.
  struct Group {
    std::vector<torch::Tensor> values; ///< each is rows × columns
    std::vector<torch::Tensor> gradients;
    torch::Tensor momentum; ///< count × rows × columns
  };

  AdamW rest_;
  std::vector<Group> groups_;
};

/// Returns approximately the nearest matrices with orthonormal rows or columns: singular values
/// become 0.7 to 1.2. `matrices` is count × rows × columns.
[[nodiscard]] torch::Tensor orthogonalised(const torch::Tensor& matrices);

} // namespace cortograph
