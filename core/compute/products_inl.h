// Compiled once for each instruction set, as vectors_inl.h is.
#if defined(CORTOGRAPH_PRODUCTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CORTOGRAPH_PRODUCTS_INL
#undef CORTOGRAPH_PRODUCTS_INL
#else
#define CORTOGRAPH_PRODUCTS_INL
#endif

#include "compute/vectors_inl.h"

#include <cstddef>
#include <cstdint>
#include <vector>

// Small dense matrix products, to be inlined.

HWY_BEFORE_NAMESPACE();
namespace cortograph::HWY_NAMESPACE {

/// The size of the largest block of sums: rows × vectors. The sums, two vectors of the right factor
/// and one value of the left fit into the registers, of which there are 32 for vectors of 64 bytes
/// and at least 16 for others.
constexpr int blockRows = HWY_MAX_BYTES == 64 ? 8 : 4;
constexpr int blockVectors = 2;

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
  template <int Vectors> [[nodiscard]] HWY_INLINE Columns<T> from(std::int64_t column) const {
    return {values + column, stride};
  }
};

/// A right factor whose columns were copied block by block (packPanels), so that the values that
/// one block of a product reads are contiguous in memory.
template <class T> struct Panels {
  const T* values = nullptr;
  std::int64_t inner = 0;
  template <int Vectors> [[nodiscard]] HWY_INLINE Columns<T> from(std::int64_t column) const {
    return {values + column * inner, Vectors * lanes<T>};
  }
};

/// Computes c[i][j] (+)= sum over p of left(i, p) * right[p][j] for a block of Rows × (Vectors *
/// lanes) sums in registers.
template <bool Add, int Rows, int Vectors, class T, class Left>
HWY_INLINE void blockProduct(
    const Left& left, const Columns<T>& right, std::int64_t inner, T* c, std::int64_t cStride) {
  // The sums stay in registers only if every loop over them is unrolled.
  Vector<T> sums[Rows][Vectors];
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 16
    for (int v = 0; v < Vectors; ++v) {
      sums[i][v] = hn::Zero(tag<T>);
    }
  }
  for (std::int64_t p = 0; p < inner; ++p) {
    Vector<T> row[Vectors];
#pragma GCC unroll 16
    for (int v = 0; v < Vectors; ++v) {
      row[v] = hn::LoadU(tag<T>, right.first + p * right.stride + v * lanes<T>);
    }
#pragma GCC unroll 16
    for (int i = 0; i < Rows; ++i) {
      const Vector<T> factor = broadcast(left(i, p));
#pragma GCC unroll 16
      for (int v = 0; v < Vectors; ++v) {
        sums[i][v] = hn::MulAdd(factor, row[v], sums[i][v]);
      }
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i) {
#pragma GCC unroll 16
    for (int v = 0; v < Vectors; ++v) {
      T* out = c + i * cStride + v * lanes<T>;
      hn::StoreU(Add ? hn::LoadU(tag<T>, out) + sums[i][v] : sums[i][v], tag<T>, out);
    }
  }
}

/// Calls work.operator()<vectors>(j) for blocks of columns from j on: wide blocks, then single
/// vectors. `columns` must be a multiple of the vector's lanes.
template <class T, class Work> HWY_INLINE void forColumns(std::int64_t columns, const Work& work) {
  constexpr std::int64_t wide = blockVectors * lanes<T>;
  std::int64_t j = 0;
  for (; j + wide <= columns; j += wide) {
    work.template operator()<blockVectors>(j);
  }
  for (; j < columns; j += lanes<T>) {
    work.template operator()<1>(j);
  }
}

/// Copies a right factor, `value(p, j)` for p < inner, j < columns, into panels.
template <class T, class Value>
HWY_INLINE void
packPanels(std::int64_t inner, std::int64_t columns, const Value& value, std::vector<T>& out) {
  out.resize(static_cast<std::size_t>(inner * columns));
  T* next = out.data();
  forColumns<T>(columns, [&]<int Vectors>(std::int64_t j) HWY_ATTR {
    for (std::int64_t p = 0; p < inner; ++p) {
      for (std::int64_t i = 0; i < Vectors * lanes<T>; ++i) {
        *next++ = value(p, j + i);
      }
    }
  });
}

/// Computes c (rows × columns) (+)= a (rows × inner, stride aStride) * b (inner × columns).
/// `columns` must be a multiple of the vector's lanes.
template <bool Add, class T, class Right>
HWY_INLINE void product(const T* a,
                        std::int64_t aStride,
                        std::int64_t rows,
                        const Right& b,
                        std::int64_t inner,
                        std::int64_t columns,
                        T* c,
                        std::int64_t cStride) {
  forColumns<T>(columns, [&]<int Vectors>(std::int64_t j) HWY_ATTR {
    const Columns<T> right = b.template from<Vectors>(j);
    std::int64_t i = 0;
    const auto blocks = [&]<int Rows>() HWY_ATTR {
      for (; i + Rows <= rows; i += Rows) {
        const T* from = a + i * aStride;
        const auto left = [from, aStride](int row, std::int64_t p)
                              HWY_ATTR { return from[row * aStride + p]; };
        blockProduct<Add, Rows, Vectors>(left, right, inner, c + i * cStride + j, cStride);
      }
    };
    blocks.template operator()<blockRows>();
    blocks.template operator()<1>();
  });
}

/// Computes c (rows × columns) (+)= sum over p of a(p)[i] * b[p][j]. The rows of the left side,
/// a(p), are the inner index and may be anywhere in memory. `rows` must be a multiple of blockRows,
/// `columns` of the vector's lanes.
template <bool Add, class T, class RowOf>
HWY_INLINE void productOfRows(const RowOf& a,
                              std::int64_t rows,
                              const RowMajor<T>& b,
                              std::int64_t inner,
                              std::int64_t columns,
                              T* c,
                              std::int64_t cStride) {
  forColumns<T>(columns, [&]<int Vectors>(std::int64_t j) HWY_ATTR {
    const Columns<T> right = b.template from<Vectors>(j);
    for (std::int64_t i = 0; i < rows; i += blockRows) {
      const auto left = [&a, i](int row, std::int64_t p) HWY_ATTR { return a(p)[i + row]; };
      blockProduct<Add, blockRows, Vectors>(left, right, inner, c + i * cStride + j, cStride);
    }
  });
}

} // namespace cortograph::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
