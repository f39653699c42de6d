#pragma once

#include <cstdint>

/// Small dense products over vectors of `Bytes` bytes, to be inlined into functions compiled for an
/// instruction set that has them.
#define CORTOGRAPH_INLINE [[gnu::always_inline]] inline

namespace cortograph {

template <class T, int Bytes> struct VectorOf {
  // May be loaded from any address of a T.
  using Type [[gnu::vector_size(Bytes), gnu::aligned(alignof(T)), gnu::may_alias]] = T;
  static constexpr int lanes = Bytes / static_cast<int>(sizeof(T));
};

/// A block of Rows × (Vectors * lanes) sums kept in registers.
template <class T, int Bytes, int Rows, int Vectors> struct SumBlock {
  using Vector = typename VectorOf<T, Bytes>::Type;
  static constexpr int lanes = VectorOf<T, Bytes>::lanes;

  /// c[i][j] (+)= sum over p of left(i, p) * right[p * rightStride + j]
  template <bool Add, class Left>
  CORTOGRAPH_INLINE static void product(const Left& left,
                                        const T* right,
                                        std::int64_t rightStride,
                                        std::int64_t inner,
                                        T* c,
                                        std::int64_t cStride) {
    Vector sums[Rows][Vectors] = {};
    for (std::int64_t p = 0; p < inner; ++p) {
      Vector row[Vectors];
      for (int v = 0; v < Vectors; ++v) {
        row[v] = *reinterpret_cast<const Vector*>(right + p * rightStride + v * lanes);
      }
      for (int i = 0; i < Rows; ++i) {
        const T factor = left(i, p);
        for (int v = 0; v < Vectors; ++v) {
          sums[i][v] += factor * row[v];
        }
      }
    }
    for (int i = 0; i < Rows; ++i) {
      for (int v = 0; v < Vectors; ++v) {
        auto* out = reinterpret_cast<Vector*>(c + i * cStride + v * lanes);
        *out = Add ? *out + sums[i][v] : sums[i][v];
      }
    }
  }
};

/// Calls work.operator()<vectors>(j) for blocks of columns from j on: wide ones, then single
/// vectors.
template <class T, int Bytes, int Vectors, class Work>
CORTOGRAPH_INLINE void forColumns(std::int64_t columns, const Work& work) {
  constexpr int lanes = VectorOf<T, Bytes>::lanes;
  std::int64_t j = 0;
  for (; j + Vectors * lanes <= columns; j += Vectors * lanes) {
    work.template operator()<Vectors>(j);
  }
  for (; j < columns; j += lanes) {
    work.template operator()<1>(j);
  }
}

/// c (rows × columns) (+)= a (rows × inner, stride aStride) * b (inner × columns, stride bStride);
/// columns is a multiple of the vector's lanes.
template <class T, int Bytes, int Rows, int Vectors, bool Add>
CORTOGRAPH_INLINE void product(const T* a,
                               std::int64_t aStride,
                               std::int64_t rows,
                               const T* b,
                               std::int64_t bStride,
                               std::int64_t inner,
                               std::int64_t columns,
                               T* c,
                               std::int64_t cStride) {
  std::int64_t i = 0;
  const auto blocks = [&]<int Height>() {
    for (; i + Height <= rows; i += Height) {
      const T* from = a + i * aStride;
      const auto left = [from, aStride](int row, std::int64_t p) {
        return from[row * aStride + p];
      };
      forColumns<T, Bytes, Vectors>(columns, [&]<int Wide>(std::int64_t j) {
        SumBlock<T, Bytes, Height, Wide>::template product<Add>(
            left, b + j, bStride, inner, c + i * cStride + j, cStride);
      });
    }
  };
  blocks.template operator()<Rows>();
  blocks.template operator()<1>();
}

/// c (rows × columns) = sum over p of a[p][i] * b[p][j]: the left side's rows are the inner index
/// and lie anywhere. rows is a multiple of Rows, columns of the vector's lanes.
template <class T, int Bytes, int Rows, int Vectors>
CORTOGRAPH_INLINE void productOfRows(const T* const* a,
                                     std::int64_t rows,
                                     const T* b,
                                     std::int64_t bStride,
                                     std::int64_t inner,
                                     std::int64_t columns,
                                     T* c,
                                     std::int64_t cStride) {
  forColumns<T, Bytes, Vectors>(columns, [&]<int Wide>(std::int64_t j) {
    for (std::int64_t i = 0; i < rows; i += Rows) {
      const auto left = [a, i](int row, std::int64_t p) { return a[p][i + row]; };
      SumBlock<T, Bytes, Rows, Wide>::template product<false>(
          left, b + j, bStride, inner, c + i * cStride + j, cStride);
    }
  });
}

} // namespace cortograph
