#include "encoder/selector.h"

#include "base/parallel.h"
#include "compute/compute.h"
#include "compute/selector_kernel.h"

#include <algorithm>
#include <array>

namespace cortograph {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::tensor_list;

/// The encoding, then the weights in the order of SelectorWeights, all contiguous.
using Inputs = std::array<torch::Tensor, 6>;

template <class T> SelectorArrays<T> arraysOf(const Inputs& inputs) {
  const auto& [encoding, firstWeight, firstBias, secondWeight, secondBias, headWeight] = inputs;
  return {.vertices = encoding.size(0),
          .inputs = encoding.size(1),
          .hidden = firstWeight.size(0),
          .outputs = headWeight.size(0),
          .encoding = encoding.data_ptr<T>(),
          .firstWeight = firstWeight.data_ptr<T>(),
          .firstBias = firstBias.data_ptr<T>(),
          .secondWeight = secondWeight.data_ptr<T>(),
          .secondBias = secondBias.data_ptr<T>(),
          .headWeight = headWeight.data_ptr<T>()};
}

class FusedSelector : public torch::autograd::Function<FusedSelector> {
public:
  static torch::Tensor forward(AutogradContext* context,
                               const torch::Tensor& encoding,
                               const torch::Tensor& firstWeight,
                               const torch::Tensor& firstBias,
                               const torch::Tensor& secondWeight,
                               const torch::Tensor& secondBias,
                               const torch::Tensor& headWeight,
                               bool keepSums) {
    const Inputs inputs{encoding.contiguous(),
                        firstWeight.contiguous(),
                        firstBias.contiguous(),
                        secondWeight.contiguous(),
                        secondBias.contiguous(),
                        headWeight.contiguous()};
    torch::Tensor head = torch::empty({encoding.size(0), headWeight.size(0)}, encoding.options());
    tensor_list kept(inputs.begin(), inputs.end());
    AT_DISPATCH_FLOATING_TYPES(encoding.scalar_type(), "selectorHead", [&] {
      SelectorSums<scalar_t> sums;
      if (keepSums) {
        for (scalar_t** sum : {&sums.first, &sums.second}) {
          kept.push_back(torch::empty({encoding.size(0), firstWeight.size(0)}, encoding.options()));
          *sum = kept.back().data_ptr<scalar_t>();
        }
      }
      selectorForward<scalar_t>(
          arraysOf<scalar_t>(inputs), head.data_ptr<scalar_t>(), sums, threadsInUse());
    });
    context->save_for_backward(std::move(kept));
    return head;
  }

  static tensor_list backward(AutogradContext* context, const tensor_list& headGradients) {
    const tensor_list saved = context->get_saved_variables();
    Inputs inputs;
    std::copy_n(saved.begin(), inputs.size(), inputs.begin());
    const torch::Tensor gradient = headGradients[0].contiguous();
    tensor_list out(inputs.size() + 1); // the encoding (first) and keepSums (last) have no gradient
    for (std::size_t i = 1; i < inputs.size(); ++i) {
      out[i] = torch::empty_like(inputs[i]);
    }
    AT_DISPATCH_FLOATING_TYPES(gradient.scalar_type(), "selectorHead", [&] {
      selectorBackward<scalar_t>(arraysOf<scalar_t>(inputs),
                                 {saved[6].data_ptr<scalar_t>(), saved[7].data_ptr<scalar_t>()},
                                 gradient.data_ptr<scalar_t>(),
                                 {.firstWeight = out[1].data_ptr<scalar_t>(),
                                  .firstBias = out[2].data_ptr<scalar_t>(),
                                  .secondWeight = out[3].data_ptr<scalar_t>(),
                                  .secondBias = out[4].data_ptr<scalar_t>(),
                                  .headWeight = out[5].data_ptr<scalar_t>()},
                                 threadsInUse());
    });
    return out;
  }
};

} // namespace

torch::Tensor selectorHeadPlainly(const torch::Tensor& encoding, const SelectorWeights& weights) {
  const torch::Tensor first =
      torch::gelu(torch::linear(encoding, weights.firstWeight, weights.firstBias));
  const torch::Tensor second =
      torch::gelu(torch::linear(first, weights.secondWeight, weights.secondBias));
  return torch::linear(second, weights.headWeight);
}

torch::Tensor selectorHead(const torch::Tensor& encoding, const SelectorWeights& weights) {
  if (!encoding.is_cpu()) {
    return selectorHeadPlainly(encoding, weights);
  }
  return FusedSelector::apply(encoding,
                              weights.firstWeight,
                              weights.firstBias,
                              weights.secondWeight,
                              weights.secondBias,
                              weights.headWeight,
                              torch::GradMode::is_enabled());
}

} // namespace cortograph
