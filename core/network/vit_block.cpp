#include "network/vit_block.h"

#include "base/error.h"
#include "compute/attention_kernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace cortograph {

namespace {

using torch::Tensor;

constexpr std::int64_t scoreLimit = std::int64_t{16} << 20U; // attention scores in memory at once

constexpr std::array<std::pair<std::string_view, Activation>, 4> activations{
    {{"gelu", Activation::gelu},
     {"gelu_tanh", Activation::geluTanh},
     {"quick_gelu", Activation::quickGelu},
     {"relu", Activation::relu}}};

Tensor activated(Activation activation, const Tensor& x) {
  switch (activation) {
  case Activation::gelu:
    return torch::gelu(x);
  case Activation::geluTanh:
    return torch::gelu(x, "tanh");
  case Activation::quickGelu:
    return x * torch::sigmoid(1.702 * x);
  case Activation::relu:
    break;
  }
  return torch::relu(x);
}

/// What relative positions add to the attention scores, separately for the rows and the columns of
/// the keys. Undefined without relative positions.
struct RelativeScores {
  Tensor rows;    ///< B×heads×T×rows
  Tensor columns; ///< B×heads×T×columns
};

RelativeScores relativeScores(const VitBlock& block, const Tensor& q) {
  if (!block.rowPositions.defined()) {
    return {};
  }
  const std::int64_t rows = block.rowPositions.size(0);
  const std::int64_t columns = block.columnPositions.size(0);
  const Tensor queries = q.reshape({-1, rows, columns, q.size(3)});
  const auto shaped = [&q](const Tensor& scores) {
    return scores.reshape({q.size(0), q.size(1), q.size(2), scores.size(-1)});
  };
  return {shaped(torch::einsum("nyxd,yzd->nyxz", {queries, block.rowPositions})),
          shaped(torch::einsum("nyxd,xzd->nyxz", {queries, block.columnPositions}))};
}

/// Computes attention of q, k and v, each B×heads×T×d. Queries are processed in pieces when there
/// would be more than scoreLimit scores.
Tensor
attention(const Tensor& q, const Tensor& k, const Tensor& v, const RelativeScores& relative) {
  const Tensor scaled = q / std::sqrt(static_cast<double>(q.size(3)));
  const Tensor keys = k.transpose(2, 3);
  const auto mixed = [&](std::int64_t first, std::int64_t end) {
    Tensor scores = torch::matmul(scaled.slice(2, first, end), keys);
    if (relative.rows.defined()) {
      const Tensor rows = relative.rows.slice(2, first, end);
      const Tensor columns = relative.columns.slice(2, first, end);
      scores.view({scores.size(0), scores.size(1), end - first, rows.size(3), columns.size(3)})
          .add_(rows.unsqueeze(4))
          .add_(columns.unsqueeze(3));
    }
    return torch::matmul(torch::softmax(scores, -1), v);
  };
  const std::int64_t queries = q.size(2);
  const std::int64_t step =
      std::max<std::int64_t>(1, scoreLimit / (q.size(0) * q.size(1) * k.size(2)));
  if (step >= queries) {
    return mixed(0, queries);
  }
  std::vector<Tensor> pieces;
  for (std::int64_t first = 0; first < queries; first += step) {
    pieces.push_back(mixed(first, std::min(first + step, queries)));
  }
  return torch::cat(pieces, 2);
}

/// Attention with gradients: maps B×T×3C to B×T×C.
class TrainedAttention : public torch::autograd::Function<TrainedAttention> {
public:
  static Tensor
  forward(torch::autograd::AutogradContext* context, const Tensor& qkv, std::int64_t heads) {
    const AttentionShape shape = shapeOf(qkv, heads);
    const Tensor input = qkv.contiguous();
    const Tensor out = torch::empty({shape.images, shape.tokens, shape.width()});
    const Tensor weights = torch::empty({shape.weightCount()});
    attentionForward(
        shape, input.data_ptr<float>(), out.data_ptr<float>(), weights.data_ptr<float>());
    context->save_for_backward({input, weights});
    context->saved_data["heads"] = heads;
    return out;
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const torch::autograd::variable_list saved = context->get_saved_variables();
    const Tensor gradient = torch::empty_like(saved[0]);
    attentionBackward(shapeOf(saved[0], context->saved_data["heads"].toInt()),
                      saved[0].data_ptr<float>(),
                      saved[1].data_ptr<float>(),
                      gradients[0].contiguous().data_ptr<float>(),
                      gradient.data_ptr<float>());
    return {gradient, Tensor()};
  }

private:
  static AttentionShape shapeOf(const Tensor& qkv, std::int64_t heads) {
    return {.images = qkv.size(0),
            .tokens = qkv.size(1),
            .heads = heads,
            .headWidth = qkv.size(2) / (3 * heads)};
  }
};

bool isTrained(const VitBlock& block, const Tensor& qkv) {
  return torch::GradMode::is_enabled() && qkv.requires_grad() && qkv.device().is_cpu() &&
         qkv.scalar_type() == torch::kFloat32 && !block.rowPositions.defined();
}

Tensor attended(const VitBlock& block, const BlockSettings& settings, const Tensor& x) {
  const std::int64_t images = x.size(0);
  const std::int64_t count = x.size(1);
  const std::int64_t width = x.size(2);
  const Tensor joined = block.qkv.linear(x);
  if (isTrained(block, joined)) {
    return block.projection.linear(TrainedAttention::apply(joined, settings.heads));
  }
  const Tensor qkv = joined.reshape({images, count, 3, settings.heads, width / settings.heads})
                         .permute({2, 0, 3, 1, 4});
  const Tensor mixed = attention(qkv[0], qkv[1], qkv[2], relativeScores(block, qkv[0]));
  return block.projection.linear(mixed.transpose(1, 2).reshape({images, count, width}));
}

/// Computes attention within windows of the grid. As in SAM, the grid is padded with zeros to a
/// whole number of windows.
Tensor attendedInWindows(const VitBlock& block, const BlockSettings& settings, const Tensor& x) {
  const std::int64_t n = block.window;
  const std::int64_t rows = settings.grid.rows;
  const std::int64_t columns = settings.grid.columns;
  const std::int64_t down = (rows + n - 1) / n;
  const std::int64_t across = (columns + n - 1) / n;
  const std::int64_t width = x.size(2);
  const Tensor grid = torch::constant_pad_nd(x.reshape({-1, rows, columns, width}),
                                             {0, 0, 0, across * n - columns, 0, down * n - rows});
  const Tensor windows = grid.reshape({-1, down, n, across, n, width})
                             .permute({0, 1, 3, 2, 4, 5})
                             .reshape({-1, n * n, width});
  return attended(block, settings, windows)
      .reshape({-1, down, across, n, n, width})
      .permute({0, 1, 3, 2, 4, 5})
      .reshape({-1, down * n, across * n, width})
      .slice(1, 0, rows)
      .slice(2, 0, columns)
      .reshape(x.sizes());
}

Tensor attentionBranch(const VitBlock& block, const BlockSettings& settings, const Tensor& x) {
  const Tensor out =
      block.window == 0 ? attended(block, settings, x) : attendedInWindows(block, settings, x);
  return block.scale1.defined() ? out * block.scale1 : out;
}

Tensor mlpBranch(const VitBlock& block, const BlockSettings& settings, const Tensor& x) {
  Tensor hidden = block.fc1.linear(x);
  if (block.gated) {
    const std::vector<Tensor> halves = hidden.chunk(2, -1);
    hidden = torch::silu(halves[0]) * halves[1];
  } else {
    hidden = activated(settings.activation, hidden);
  }
  const Tensor out = block.fc2.linear(hidden);
  return block.scale2.defined() ? out * block.scale2 : out;
}

} // namespace

Activation activationNamed(const std::string& name) {
  std::string names;
  for (const auto& [known, activation] : activations) {
    if (known == name) {
      return activation;
    }
    names += (names.empty() ? "" : ", ") + std::string(known);
  }
  throw Error(ErrorKind::unsupported,
              "There is no activation \"" + name + "\"; choose one of " + names + ".");
}

Tensor applied(const VitBlock& block, const BlockSettings& settings, const Tensor& x) {
  const double eps = settings.layerNormEps;
  if (settings.normAfter) {
    const Tensor attended = block.norm1.norm(x + attentionBranch(block, settings, x), eps);
    return block.norm2.norm(attended + mlpBranch(block, settings, attended), eps);
  }
  const Tensor attended = x + attentionBranch(block, settings, block.norm1.norm(x, eps));
  return attended + mlpBranch(block, settings, block.norm2.norm(attended, eps));
}

} // namespace cortograph
