#include "encoder/selection.h"

#include "base/parallel.h"
#include "compute/compute.h"
#include "compute/selection_kernel.h"

#include <algorithm>
#include <array>
#include <vector>

namespace cortograph {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// The tensors that the kernel reads, contiguous, in the order of apply()'s arguments.
using Inputs = std::array<torch::Tensor, 6>;

template <class T> SelectionArrays<T> arraysOf(const Inputs& inputs, int height, int width) {
  const auto& [table, space, layer, scale, weight, bias] = inputs;
  return {.vertices = weight.size(0),
          .layers = layer.size(1),
          .images = table.size(1),
          .channels = weight.size(1),
          .height = height,
          .width = width,
          .table = table.data_ptr<T>(),
          .space = space.data_ptr<T>(),
          .layer = layer.data_ptr<T>(),
          .scale = scale.data_ptr<T>(),
          .weight = weight.data_ptr<T>(),
          .bias = bias.data_ptr<T>()};
}

class FusedSelection : public torch::autograd::Function<FusedSelection> {
public:
  static torch::Tensor forward(AutogradContext* context,
                               const torch::Tensor& rows,
                               const torch::Tensor& space,
                               const torch::Tensor& layer,
                               const torch::Tensor& scale,
                               const torch::Tensor& weight,
                               const torch::Tensor& bias,
                               std::int64_t height,
                               std::int64_t width) {
    const Inputs inputs{rows.contiguous(),
                        space.contiguous(),
                        layer.contiguous(),
                        scale.contiguous(),
                        weight.contiguous(),
                        bias.contiguous()};
    context->save_for_backward(tensor_list(inputs.begin(), inputs.end()));
    context->saved_data["height"] = height;
    context->saved_data["width"] = width;
    torch::Tensor response = torch::empty({rows.size(1), weight.size(0)}, weight.options());
    AT_DISPATCH_FLOATING_TYPES(weight.scalar_type(), "selectAndRead", [&] {
      selectionForward<scalar_t>(
          arraysOf<scalar_t>(inputs, static_cast<int>(height), static_cast<int>(width)),
          response.data_ptr<scalar_t>(),
          threadsInUse());
    });
    return response;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& responseGradients) {
    const tensor_list saved = context->get_saved_variables();
    Inputs inputs;
    std::copy(saved.begin(), saved.end(), inputs.begin());
    const auto height = static_cast<int>(context->saved_data["height"].toInt());
    const auto width = static_cast<int>(context->saved_data["width"].toInt());
    const torch::Tensor gradient = responseGradients[0].contiguous();
    tensor_list out;
    for (const torch::Tensor& input : inputs) {
      out.push_back(torch::empty_like(input));
    }
    AT_DISPATCH_FLOATING_TYPES(gradient.scalar_type(), "selectAndRead", [&] {
      selectionBackward<scalar_t>(arraysOf<scalar_t>(inputs, height, width),
                                  gradient.data_ptr<scalar_t>(),
                                  {.table = out[0].data_ptr<scalar_t>(),
                                   .space = out[1].data_ptr<scalar_t>(),
                                   .layer = out[2].data_ptr<scalar_t>(),
                                   .scale = out[3].data_ptr<scalar_t>(),
                                   .weight = out[4].data_ptr<scalar_t>(),
                                   .bias = out[5].data_ptr<scalar_t>()},
                                  threadsInUse());
    });
    out.resize(out.size() + 2); // height and width have no gradient
    return out;
  }
};

struct Corners {
  torch::Tensor cell;   ///< N × 4, int64, inside the grid
  torch::Tensor weight; ///< N × 4, zero for corners outside the grid
};

/// Returns the four cells around each place and their bilinear weights.
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
      const torch::Tensor cell = y.clamp(0, height - 1) * width + x.clamp(0, width - 1);
      // A place that is no number keeps its weight so, but never becomes an index.
      cells.push_back(torch::nan_to_num(cell, 0).to(torch::kInt64));
      weights.push_back(share * inside.to(share.scalar_type()));
    }
  }
  return {torch::stack(cells, 1), torch::stack(weights, 1)};
}

} // namespace

torch::Tensor selected(const TokenTable& table, const Selection& selection) {
  const std::int64_t vertices = selection.scale.size(0);
  const std::int64_t perLayer = static_cast<std::int64_t>(table.height) * table.width + 1;
  const Corners corners = cornersOf(selection.space, table.height, table.width);
  const torch::TensorOptions counting = corners.cell.options();
  const torch::Tensor scale = selection.scale.unsqueeze(1);
  const torch::Tensor within = torch::cat({(1 - scale) * corners.weight, scale}, 1);
  const torch::Tensor shares = selection.layer.unsqueeze(2) * within.unsqueeze(1);
  const torch::Tensor globalRow = torch::full({vertices, 1}, perLayer - 1, counting);
  const torch::Tensor firstRow =
      (torch::arange(selection.layer.size(1), counting) * perLayer).view({1, -1, 1});
  const torch::Tensor rows =
      torch::cat({corners.cell, globalRow}, 1).unsqueeze(1) + firstRow; // N × L × 5
  const torch::Tensor sums = std::get<0>(
      torch::embedding_bag(table.rows.flatten(1),
                           rows.flatten(),
                           torch::arange(vertices, counting) * (rows.size(1) * rows.size(2)),
                           /*scale_grad_by_freq=*/false,
                           /*mode=sum*/ 0,
                           /*sparse=*/false,
                           shares.flatten()));
  return sums.view({vertices, table.rows.size(1), -1});
}

torch::Tensor selectAndReadByBags(const TokenTable& table,
                                  const Selection& selection,
                                  const torch::Tensor& weight,
                                  const torch::Tensor& bias) {
  const torch::Tensor sum = selected(table, selection).matmul(weight.unsqueeze(2)).squeeze(2);
  return (sum / weight.size(1)).t() + bias;
}

torch::Tensor selectAndRead(const TokenTable& table,
                            const Selection& selection,
                            const torch::Tensor& weight,
                            const torch::Tensor& bias) {
  if (!weight.is_cpu()) {
    return selectAndReadByBags(table, selection, weight, bias);
  }
  return FusedSelection::apply(table.rows,
                               selection.space,
                               selection.layer,
                               selection.scale,
                               weight,
                               bias,
                               std::int64_t{table.height},
                               std::int64_t{table.width});
}

} // namespace cortograph
