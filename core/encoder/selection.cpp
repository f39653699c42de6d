#include "encoder/selection.h"

#include <vector>

namespace cortograph {

namespace {

struct Corners {
  torch::Tensor cell;   ///< N × 4, int64, inside the grid
  torch::Tensor weight; ///< N × 4, zero for corners outside the grid
};

/// The four cells around each place and their bilinear weights.
Corners cornersOf(const torch::Tensor& space, int height, int width) {
  const torch::Tensor column = ((space.select(1, 0) + 1) * width - 1) / 2;
  const torch::Tensor row = ((space.select(1, 1) + 1) * height - 1) / 2;
  const torch::Tensor left = column.detach().floor();
  const torch::Tensor top = row.detach().floor();
  const torch::Tensor right = column - left;
  const torch::Tensor down = row - top;
  std::vector<torch::Tensor> cells;
  std::vector<torch::Tensor> weights;
  for (const int dy : {0, 1}) {
    for (const int dx : {0, 1}) {
      const torch::Tensor x = left + dx;
      const torch::Tensor y = top + dy;
      const torch::Tensor inside =
          (x >= 0).logical_and(x < width).logical_and(y >= 0).logical_and(y < height);
      const torch::Tensor share = (dx == 0 ? 1 - right : right) * (dy == 0 ? 1 - down : down);
      cells.push_back((y.clamp(0, height - 1) * width + x.clamp(0, width - 1)).to(torch::kInt64));
      weights.push_back(share * inside.to(share.scalar_type()));
    }
  }
  return {torch::stack(cells, 1), torch::stack(weights, 1)};
}

} // namespace

torch::Tensor selectAndRead(const TokenTable& table,
                            const Selection& selection,
                            const torch::Tensor& weight,
                            const torch::Tensor& bias) {
  const std::int64_t vertices = weight.size(0);
  const std::int64_t layers = selection.layer.size(1);
  const std::int64_t perLayer = static_cast<std::int64_t>(table.height) * table.width + 1;
  const Corners corners = cornersOf(selection.space, table.height, table.width);
  const torch::Tensor scale = selection.scale.unsqueeze(1);
  const torch::Tensor within = torch::cat({(1 - scale) * corners.weight, scale}, 1);
  const torch::Tensor shares =
      (selection.layer.unsqueeze(2) * within.unsqueeze(1)).reshape({vertices, -1});
  const torch::Tensor globalRow = torch::full({vertices, 1}, perLayer - 1, corners.cell.options());
  const torch::Tensor inLayer = torch::cat({corners.cell, globalRow}, 1).unsqueeze(1);
  const torch::Tensor firstRow =
      (torch::arange(layers, corners.cell.options()) * perLayer).view({1, layers, 1});
  const torch::Tensor rows = (inLayer + firstRow).reshape({vertices, -1});
  const torch::Tensor selected =
      std::get<0>(torch::embedding_bag(table.rows.flatten(1),
                                       rows.flatten(),
                                       torch::arange(vertices, rows.options()) * rows.size(1),
                                       /*scale_grad_by_freq=*/false,
                                       /*mode=sum*/ 0,
                                       /*sparse=*/false,
                                       shares.flatten()));
  const torch::Tensor mean =
      selected.view({vertices, table.rows.size(1), -1}).matmul(weight.unsqueeze(2)).squeeze(2) /
      weight.size(1);
  return mean.t() + bias;
}

} // namespace cortograph
