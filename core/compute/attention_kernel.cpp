#include "compute/attention_kernel.h"

#include "compute/decay.h"
#include "compute/products.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace cortograph {

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

/// Computes one head after the other, with vectors of `Bytes` bytes, `Rows` × `Vectors` of them in
/// registers. T is the number of tokens, d the channels of a head, both padded with zeros.
template <int Bytes, int Rows, int Vectors> class Heads {
public:
  CORTOGRAPH_INLINE explicit Heads(const Pass& pass)
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

  CORTOGRAPH_INLINE void forward() {
    forEachHead([this](std::int64_t from, std::int64_t to, float* weights) {
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

  CORTOGRAPH_INLINE void backward() {
    forEachHead([this](std::int64_t from, std::int64_t to, float* weights) {
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
  using Vector = typename VectorOf<float, Bytes>::Type;
  static constexpr std::int64_t lanes = VectorOf<float, Bytes>::lanes;

  CORTOGRAPH_INLINE static Vector& at(float* values) { return *reinterpret_cast<Vector*>(values); }
  CORTOGRAPH_INLINE static const Vector& at(const float* values) {
    return *reinterpret_cast<const Vector*>(values);
  }

  [[nodiscard]] CORTOGRAPH_INLINE std::int64_t inputStride() const {
    return 3 * pass_.shape.width();
  }

  /// Calls work(offset in qkv, offset in out, weights) for each head.
  template <class Work> CORTOGRAPH_INLINE void forEachHead(const Work& work) const {
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

  CORTOGRAPH_INLINE void load(const float* from, std::vector<float>& rows, std::int64_t stride) {
    for (std::int64_t i = 0; i < tokens_; ++i) {
      std::copy_n(from + i * stride, width_, rows.data() + i * deep_);
    }
  }
  CORTOGRAPH_INLINE void store(const std::vector<float>& rows, float* to, std::int64_t stride) {
    for (std::int64_t i = 0; i < tokens_; ++i) {
      std::copy_n(rows.data() + i * deep_, width_, to + i * stride);
    }
  }
  /// Returns the transpose, d × T, which is valid until the next call.
  CORTOGRAPH_INLINE RowMajor<float> transposed(const std::vector<float>& rows) {
    for (std::int64_t i = 0; i < tokens_; ++i) {
      for (std::int64_t p = 0; p < width_; ++p) {
        columns_[static_cast<std::size_t>(p * across_ + i)] =
            rows[static_cast<std::size_t>(i * deep_ + p)];
      }
    }
    return {columns_.data(), across_};
  }
  CORTOGRAPH_INLINE void multiply(const float* left,
                                  std::int64_t leftStride,
                                  const RowMajor<float>& right,
                                  std::int64_t inner,
                                  std::int64_t columns,
                                  float* out,
                                  std::int64_t outStride) const {
    product<float, Bytes, Rows, Vectors, false>(
        left, leftStride, tokens_, right, inner, columns, out, outStride);
  }
  /// Computes result_ = leftᵀ · right, where left is T × T.
  CORTOGRAPH_INLINE void multiplyTransposed(const float* left, const std::vector<float>& right) {
    const auto row = [left, this](std::int64_t p) { return left + p * across_; };
    productOfRows<float, Bytes, Rows, Vectors, false>(
        row, across_, RowMajor<float>{right.data(), deep_}, tokens_, deep_, result_.data(), deep_);
  }

  [[nodiscard]] CORTOGRAPH_INLINE static float sumOf(const Vector& vector) {
    float sum = 0;
    for (std::int64_t i = 0; i < lanes; ++i) {
      sum += vector[i];
    }
    return sum;
  }

  /// Computes the softmax of the scaled scores in place and sets the padding to zero.
  CORTOGRAPH_INLINE void softmax(float* row) const {
    std::fill(row + tokens_, row + across_, row[0]);
    Vector largest = at(row);
    for (std::int64_t j = lanes; j < across_; j += lanes) {
      largest = at(row + j) > largest ? at(row + j) : largest;
    }
    float top = largest[0];
    for (std::int64_t i = 1; i < lanes; ++i) {
      top = std::max(top, static_cast<float>(largest[i]));
    }
    for (std::int64_t j = 0; j < across_; j += lanes) {
      Vector& values = at(row + j);
      values = (top - values) * scale_;
      decay<Bytes>(values);
    }
    std::fill(row + tokens_, row + across_, 0.0F);
    Vector sum = at(row);
    for (std::int64_t j = lanes; j < across_; j += lanes) {
      sum += at(row + j);
    }
    const float share = 1 / sumOf(sum);
    for (std::int64_t j = 0; j < across_; j += lanes) {
      at(row + j) *= share;
    }
  }

  /// Turns the gradient of the weights into that of the unscaled scores, in place.
  CORTOGRAPH_INLINE void softmaxGradient(const float* weights, float* gradient) const {
    Vector products = at(weights) * at(gradient);
    for (std::int64_t j = lanes; j < across_; j += lanes) {
      products += at(weights + j) * at(gradient + j);
    }
    const float mean = sumOf(products);
    for (std::int64_t j = 0; j < across_; j += lanes) {
      at(gradient + j) = at(weights + j) * (at(gradient + j) - mean) * scale_;
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

template <int Bytes, int Rows, int Vectors> CORTOGRAPH_INLINE void run(const Pass& pass) {
  Heads<Bytes, Rows, Vectors> heads(pass);
  if (pass.out != nullptr) {
    heads.forward();
  } else {
    heads.backward();
  }
}

CORTOGRAPH_PLAIN void runPlain(const Pass& pass) {
  run<16, 4, 2>(pass);
}
#if defined(__x86_64__)
CORTOGRAPH_AVX2 void runAvx2(const Pass& pass) {
  run<32, 4, 2>(pass);
}
CORTOGRAPH_AVX512 void runAvx512(const Pass& pass) {
  run<64, 8, 2>(pass);
}
#endif

void dispatch(const Pass& pass) {
#if defined(__x86_64__)
  switch (instructionSet()) {
  case InstructionSet::avx512:
    return runAvx512(pass);
  case InstructionSet::avx2:
    return runAvx2(pass);
  case InstructionSet::plain:
    break;
  }
#endif
  runPlain(pass);
}

} // namespace

std::int64_t AttentionShape::weightCount() const {
  return images * heads * tokens * paddedTo(tokens, padding);
}

void attentionForward(const AttentionShape& shape, const float* qkv, float* out, float* weights) {
  dispatch({.shape = shape, .qkv = qkv, .weights = weights, .out = out});
}

void attentionBackward(const AttentionShape& shape,
                       const float* qkv,
                       const float* weights,
                       const float* outGradient,
                       float* qkvGradient) {
  // The backward pass only reads the weights.
  dispatch({.shape = shape,
            .qkv = qkv,
            .weights = const_cast<float*>(weights),
            .outGradient = outGradient,
            .qkvGradient = qkvGradient});
}

} // namespace cortograph
