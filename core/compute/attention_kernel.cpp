#include "compute/attention_kernel.h"

#include "compute/padding.h"

#include <algorithm>
#include <cmath>
#include <vector>

// Highway compiles what follows once for each instruction set.
#define HWY_TARGET_INCLUDE "compute/attention_kernel.cpp"
#include <hwy/foreach_target.h>
// The headers that are compiled once for each instruction set are included after it.
#include "compute/decay_inl.h"
#include "compute/products_inl.h"

HWY_BEFORE_NAMESPACE();
namespace cortograph::HWY_NAMESPACE {

namespace {

constexpr std::int64_t padding = 16; ///< whole vectors in every instruction set

/// The arguments of a forward or backward pass.
struct Pass {
  const AttentionShape& shape;
  const float* qkv;
  float* weights;
  float* out = nullptr;               ///< null in a backward pass
  const float* outGradient = nullptr; ///< null in a forward pass
  float* qkvGradient = nullptr;       ///< null in a forward pass
};

/// Computes one head after the other. T is the number of tokens, d the channels of a head, both
/// padded with zeros.
class Heads {
public:
  HWY_INLINE explicit Heads(const Pass& pass)
      : pass_(pass),
        tokens_(pass.shape.tokens),
        width_(pass.shape.headWidth),
        across_(paddedTo(tokens_, padding)),
        deep_(paddedTo(width_, padding)),
        scale_(1 / std::sqrt(static_cast<float>(width_))) {
    for (std::vector<float>* rows : {&queries_, &keys_, &values_, &result_}) {
      rows->resize(static_cast<std::size_t>(across_ * deep_));
    }
    columns_.resize(static_cast<std::size_t>(deep_ * across_));
    scores_.resize(static_cast<std::size_t>(across_ * across_));
  }

  HWY_FLATTEN void forward() {
    forEachHead([this](std::int64_t from, std::int64_t to, float* weights) HWY_ATTR {
      load(pass_.qkv + from, queries_, inputStride());
      load(pass_.qkv + from + pass_.shape.width(), keys_, inputStride());
      load(pass_.qkv + from + 2 * pass_.shape.width(), values_, inputStride());
      multiply(queries_.data(), deep_, transposed(keys_), width_, across_, weights, across_);
      for (std::int64_t i = 0; i < tokens_; ++i) {
        softmax(weights + i * across_);
      }
      multiply(weights,
               across_,
               RowMajor<float>{values_.data(), deep_},
               tokens_,
               deep_,
               result_.data(),
               deep_);
      store(result_, pass_.out + to, pass_.shape.width());
    });
  }

  HWY_FLATTEN void backward() {
    forEachHead([this](std::int64_t from, std::int64_t to, float* weights) HWY_ATTR {
      const std::int64_t width = pass_.shape.width();
      load(pass_.qkv + from, queries_, inputStride());
      load(pass_.qkv + from + width, keys_, inputStride());
      load(pass_.qkv + from + 2 * width, values_, inputStride());
      // The scores' gradients are computed from the weights' gradients, outGradient · valuesᵀ.
      const RowMajor<float> valuesAcross = transposed(values_);
      load(pass_.outGradient + to, values_, width); // the values are no longer needed
      multiply(values_.data(), deep_, valuesAcross, width_, across_, scores_.data(), across_);
      multiplyTransposed(weights, values_);
      store(result_, pass_.qkvGradient + from + 2 * width, inputStride());
      for (std::int64_t i = 0; i < tokens_; ++i) {
        softmaxGradient(weights + i * across_, scores_.data() + i * across_);
      }
      multiply(scores_.data(),
               across_,
               RowMajor<float>{keys_.data(), deep_},
               tokens_,
               deep_,
               result_.data(),
               deep_);
      store(result_, pass_.qkvGradient + from, inputStride());
      multiplyTransposed(scores_.data(), queries_);
      store(result_, pass_.qkvGradient + from + width, inputStride());
    });
  }

private:
  HWY_INLINE static Vector<float> at(const float* values) { return hn::LoadU(tag<float>, values); }

  [[nodiscard]] HWY_INLINE std::int64_t inputStride() const { return 3 * pass_.shape.width(); }

  /// Calls work(offset in qkv, offset in out, weights) for each head.
  template <class Work> HWY_INLINE void forEachHead(const Work& work) const {
    float* weights = pass_.weights;
    for (std::int64_t image = 0; image < pass_.shape.images; ++image) {
      for (std::int64_t head = 0; head < pass_.shape.heads; ++head) {
        work(image * tokens_ * inputStride() + head * width_,
             image * tokens_ * pass_.shape.width() + head * width_,
             weights);
        weights += tokens_ * across_;
      }
    }
  }

  HWY_INLINE void load(const float* from, std::vector<float>& rows, std::int64_t stride) {
    for (std::int64_t i = 0; i < tokens_; ++i) {
      std::copy_n(from + i * stride, width_, rows.data() + i * deep_);
    }
  }
  HWY_INLINE void store(const std::vector<float>& rows, float* to, std::int64_t stride) {
    for (std::int64_t i = 0; i < tokens_; ++i) {
      std::copy_n(rows.data() + i * deep_, width_, to + i * stride);
    }
  }
  /// Returns the transpose, d × T, which is valid until the next call.
  HWY_INLINE RowMajor<float> transposed(const std::vector<float>& rows) {
    for (std::int64_t i = 0; i < tokens_; ++i) {
      for (std::int64_t p = 0; p < width_; ++p) {
        columns_[static_cast<std::size_t>(p * across_ + i)] =
            rows[static_cast<std::size_t>(i * deep_ + p)];
      }
    }
    return {columns_.data(), across_};
  }
  HWY_INLINE void multiply(const float* left,
                           std::int64_t leftStride,
                           const RowMajor<float>& right,
                           std::int64_t inner,
                           std::int64_t columns,
                           float* out,
                           std::int64_t outStride) const {
    product<false>(left, leftStride, tokens_, right, inner, columns, out, outStride);
  }
  /// Computes result_ = leftᵀ · right, where left is T × T.
  HWY_INLINE void multiplyTransposed(const float* left, const std::vector<float>& right) {
    const auto row = [left, this](std::int64_t p) HWY_ATTR { return left + p * across_; };
    productOfRows<false>(
        row, across_, RowMajor<float>{right.data(), deep_}, tokens_, deep_, result_.data(), deep_);
  }

  /// Computes the softmax of the scaled scores in place and sets the padding to zero.
  HWY_INLINE void softmax(float* row) const {
    std::fill(row + tokens_, row + across_, row[0]);
    Vector<float> largest = at(row);
    for (std::int64_t j = lanes<float>; j < across_; j += lanes<float>) {
      largest = hn::Max(at(row + j), largest);
    }
    const Vector<float> top = hn::MaxOfLanes(tag<float>, largest);
    for (std::int64_t j = 0; j < across_; j += lanes<float>) {
      hn::StoreU(decay((top - at(row + j)) * broadcast(scale_)), tag<float>, row + j);
    }
    std::fill(row + tokens_, row + across_, 0.0F);
    Vector<float> sum = at(row);
    for (std::int64_t j = lanes<float>; j < across_; j += lanes<float>) {
      sum += at(row + j);
    }
    const Vector<float> share = broadcast(1.0F) / hn::SumOfLanes(tag<float>, sum);
    for (std::int64_t j = 0; j < across_; j += lanes<float>) {
      hn::StoreU(at(row + j) * share, tag<float>, row + j);
    }
  }

  /// Turns the gradient of the weights into that of the unscaled scores, in place.
  HWY_INLINE void softmaxGradient(const float* weights, float* gradient) const {
    Vector<float> products = at(weights) * at(gradient);
    for (std::int64_t j = lanes<float>; j < across_; j += lanes<float>) {
      products = hn::MulAdd(at(weights + j), at(gradient + j), products);
    }
    const Vector<float> mean = hn::SumOfLanes(tag<float>, products);
    for (std::int64_t j = 0; j < across_; j += lanes<float>) {
      const Vector<float> own = at(weights + j) * (at(gradient + j) - mean) * broadcast(scale_);
      hn::StoreU(own, tag<float>, gradient + j);
    }
  }

  const Pass& pass_;
  std::int64_t tokens_;
  std::int64_t width_;
  std::int64_t across_; ///< tokens, padded
  std::int64_t deep_;   ///< channels, padded
  float scale_;
  std::vector<float> queries_; ///< T × d
  std::vector<float> keys_;    ///< T × d
  std::vector<float> values_;  ///< T × d
  std::vector<float> result_;  ///< T × d
  std::vector<float> columns_; ///< d × T
  std::vector<float> scores_;  ///< T × T
};

} // namespace

void attentionForward(const AttentionShape& shape, const float* qkv, float* out, float* weights) {
  Heads({.shape = shape, .qkv = qkv, .weights = weights, .out = out}).forward();
}

void attentionBackward(const AttentionShape& shape,
                       const float* qkv,
                       const float* weights,
                       const float* outGradient,
                       float* qkvGradient) {
  // The backward pass only reads the weights.
  Heads({.shape = shape,
         .qkv = qkv,
         .weights = const_cast<float*>(weights),
         .outGradient = outGradient,
         .qkvGradient = qkvGradient})
      .backward();
}

} // namespace cortograph::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cortograph {

HWY_EXPORT(attentionForward);
HWY_EXPORT(attentionBackward);

std::int64_t AttentionShape::weightCount() const {
  return images * heads * tokens * paddedTo(tokens, HWY_NAMESPACE::padding);
}

void attentionForward(const AttentionShape& shape, const float* qkv, float* out, float* weights) {
  HWY_DYNAMIC_DISPATCH(attentionForward)(shape, qkv, out, weights);
}

void attentionBackward(const AttentionShape& shape,
                       const float* qkv,
                       const float* weights,
                       const float* outGradient,
                       float* qkvGradient) {
  HWY_DYNAMIC_DISPATCH(attentionBackward)(shape, qkv, weights, outGradient, qkvGradient);
}

} // namespace cortograph
#endif
