#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// Small dense matrix products over vectors of `Bytes` bytes, to be inlined into functions that are
// compiled for an instruction set with such vectors.

/// Marks a function that is inlined into functions compiled for an instruction set.
#define CORTOGRAPH_INLINE [[gnu::always_inline]] inline
/// These mark a function that is compiled for an instruction set, with all that it calls inlined.
#define CORTOGRAPH_PLAIN [[gnu::flatten]]
#define CORTOGRAPH_AVX2 [[gnu::target("avx2,fma"), gnu::flatten]]
#define CORTOGRAPH_AVX512 [[gnu::target("avx512f,avx2,fma"), gnu::flatten]]

namespace cortograph {

enum class InstructionSet { plain, avx2, avx512 };

/// Returns the best instruction set that this processor has.
inline InstructionSet instructionSet() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    return InstructionSet::avx512;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    return InstructionSet::avx2;
  }
#endif
  return InstructionSet::plain;
}

/// Returns the smallest multiple that is not below `count`.
constexpr std::int64_t paddedTo(std::int64_t count, std::int64_t multiple) {
  return (count + multiple - 1) / multiple * multiple;
}

/// The vector type of `Bytes` bytes of T.
template <class T, int Bytes> struct VectorOf {
  // A vector may be loaded from any address of a T.
  using Type [[gnu::vector_size(Bytes), gnu::aligned(alignof(T)), gnu::may_alias]] = T;
  static constexpr int lanes = Bytes / static_cast<int>(sizeof(T));
};

/// Refers to the columns of a right factor from some column on: row p begins at `first + p *
/// stride`.
template <class T> struct Columns {
  const T* first = nullptr;
  std::int64_t stride = 0;
};

/// A right factor in row-major order.
template <class T> struct RowMajor {
  const T* values = nullptr;
  std::int64_t stride = 0;
  template <int Wide> [[nodiscard]] CORTOGRAPH_INLINE Columns<T> from(std::int64_t column) const {
    return {values + column, stride};
  }
};

/// A right factor whose columns were copied block by block (packPanels), so that the values that
/// one block of a product reads are contiguous in memory.
template <class T, int Bytes> struct Panels {
  const T* values = nullptr;
  std::int64_t inner = 0;
  template <int Wide> [[nodiscard]] CORTOGRAPH_INLINE Columns<T> from(std::int64_t column) const {
    return {values + column * inner, Wide * VectorOf<T, Bytes>::lanes};
  }
};

/// Computes a block of Rows × (Vectors * lanes) sums in registers.
template <class T, int Bytes, int Rows, int Vectors> struct SumBlock {
  using Vector = typename VectorOf<T, Bytes>::Type;
  static constexpr int lanes = VectorOf<T, Bytes>::lanes;

  /// Computes c[i][j] (+)= sum over p of left(i, p) * right[p][j].
  template <bool Add, class Left>
  CORTOGRAPH_INLINE static void product(
      const Left& left, const Columns<T>& right, std::int64_t inner, T* c, std::int64_t cStride) {
    // The sums stay in registers only if every loop over them is unrolled.
    Vector sums[Rows][Vectors] = {};
    for (std::int64_t p = 0; p < inner; ++p) {
      Vector row[Vectors];
#pragma GCC unroll 16
      for (int v = 0; v < Vectors; ++v) {
        row[v] = *reinterpret_cast<const Vector*>(right.first + p * right.stride + v * lanes);
      }
#pragma GCC unroll 16
      for (int i = 0; i < Rows; ++i) {
        const T factor = left(i, p);
#pragma GCC unroll 16
        for (int v = 0; v < Vectors; ++v) {
          sums[i][v] += factor * row[v];
        }
      }
    }
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 16
      for (int v = 0; v < Vectors; ++v) {
        auto* out = reinterpret_cast<Vector*>(c + i * cStride + v * lanes);
        *out = Add ? *out + sums[i][v] : sums[i][v];
      }
    }
  }
};

/// Calls work.operator()<vectors>(j) for blocks of columns from j on: wide blocks, then single
/// vectors. `columns` must be a multiple of the vector's lanes.
template <class T, int Bytes, int Vectors, class Work>
CORTOGRAPH_INLINE void forColumns(std::int64_t columns, const Work& work) {
  constexpr std::int64_t lanes = VectorOf<T, Bytes>::lanes;
  constexpr std::int64_t wide = Vectors * lanes;
  std::int64_t j = 0;
  for (; j + wide <= columns; j += wide) {
    work.template operator()<Vectors>(j);
  }
  for (; j < columns; j += lanes) {
    work.template operator()<1>(j);
  }
}

/// Copies a right factor, `value(p, j)` for p < inner, j < columns, into panels.
template <class T, int Bytes, int Vectors, class Value>
CORTOGRAPH_INLINE void
packPanels(std::int64_t inner, std::int64_t columns, const Value& value, std::vector<T>& out) {
  out.resize(static_cast<std::size_t>(inner * columns));
  T* next = out.data();
  forColumns<T, Bytes, Vectors>(columns, [&]<int Wide>(std::int64_t j) {
    for (std::int64_t p = 0; p < inner; ++p) {
      for (int i = 0; i < Wide * VectorOf<T, Bytes>::lanes; ++i) {
        *next++ = value(p, j + i);
      }
    }
  });
}

/// Computes c (rows × columns) (+)= a (rows × inner, stride aStride) * b (inner × columns).
/// `columns` must be a multiple of the vector's lanes.
template <class T, int Bytes, int Rows, int Vectors, bool Add, class Right>
CORTOGRAPH_INLINE void product(const T* a,
                               std::int64_t aStride,
                               std::int64_t rows,
                               const Right& b,
                               std::int64_t inner,
                               std::int64_t columns,
                               T* c,
                               std::int64_t cStride) {
  forColumns<T, Bytes, Vectors>(columns, [&]<int Wide>(std::int64_t j) {
    const Columns<T> right = b.template from<Wide>(j);
    std::int64_t i = 0;
    const auto blocks = [&]<int Height>() {
      for (; i + Height <= rows; i += Height) {
        const T* from = a + i * aStride;
        const auto left = [from, aStride](int row, std::int64_t p) {
          return from[row * aStride + p];
        };
        SumBlock<T, Bytes, Height, Wide>::template product<Add>(
            left, right, inner, c + i * cStride + j, cStride);
      }
    };
    blocks.template operator()<Rows>();
    blocks.template operator()<1>();
  });
}

/// Computes c (rows × columns) (+)= sum over p of a(p)[i] * b[p][j]. The rows of the left side,
/// a(p), are the inner index and may be anywhere in memory. `rows` must be a multiple of Rows,
/// `columns` of the vector's lanes.
template <class T, int Bytes, int Rows, int Vectors, bool Add, class RowOf>
CORTOGRAPH_INLINE void productOfRows(const RowOf& a,
                                     std::int64_t rows,
                                     const RowMajor<T>& b,
                                     std::int64_t inner,
                                     std::int64_t columns,
                                     T* c,
                                     std::int64_t cStride) {
  forColumns<T, Bytes, Vectors>(columns, [&]<int Wide>(std::int64_t j) {
    const Columns<T> right = b.template from<Wide>(j);
    for (std::int64_t i = 0; i < rows; i += Rows) {
      const auto left = [&a, i](int row, std::int64_t p) { return a(p)[i + row]; };
      SumBlock<T, Bytes, Rows, Wide>::template product<Add>(
          left, right, inner, c + i * cStride + j, cStride);
    }
  });
}

} // namespace cortograph
