#include "encoder/selection.h"

#include <torch/nn/functional/vision.h>

#include <vector>

namespace cortograph {

torch::Tensor selectAndReadPlainly(const TokenTable& table,
                                   const Selection& selection,
                                   const torch::Tensor& weight,
                                   const torch::Tensor& bias) {
  const std::int64_t layers = selection.layer.size(1);
  const std::int64_t cells = static_cast<std::int64_t>(table.height) * table.width;
  const std::int64_t images = table.rows.size(1);
  const std::int64_t channels = table.rows.size(2);
  const torch::Tensor rows = table.rows.view({layers, cells + 1, images, channels});
  const torch::Tensor places = selection.space.view({1, 1, -1, 2}).expand({images, 1, -1, 2});
  const torch::Tensor scale = selection.scale.view({1, -1, 1});
  const auto bilinear = torch::nn::functional::GridSampleFuncOptions()
                            .mode(torch::kBilinear)
                            .padding_mode(torch::kZeros)
                            .align_corners(false);
  std::vector<torch::Tensor> perLayer;
  for (std::int64_t layer = 0; layer < layers; ++layer) {
    const torch::Tensor grid = rows[layer]
                                   .narrow(0, 0, cells)
                                   .permute({1, 2, 0})
                                   .reshape({images, channels, table.height, table.width});
    const torch::Tensor local = torch::nn::functional::grid_sample(grid, places, bilinear)
                                    .squeeze(2)
                                    .transpose(1, 2); // B × N × D
    const torch::Tensor global = rows[layer][cells].unsqueeze(1);
    perLayer.push_back((1 - scale) * local + scale * global);
  }
  const torch::Tensor selected =
      (torch::stack(perLayer, 3) * selection.layer.view({1, -1, 1, layers})).sum(3);
  return (selected * weight).mean(2) + bias;
}

} // namespace cortograph
