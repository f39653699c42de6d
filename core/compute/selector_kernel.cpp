#include "compute/selector_kernel.h"

#include "base/parallel.h"
#include "compute/gelu.h"
#include "compute/products.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace cortograph {

namespace {

constexpr std::int64_t tileSize = 64; ///< vertices
constexpr std::int64_t padding = 16;  ///< the head's outputs are padded to a multiple of this

/// The right factors of one call, packed once and used by all tiles.
template <class T> struct PackedWeights {
  std::vector<T> first;    ///< inputs × hidden
  std::vector<T> second;   ///< hidden × hidden
  std::vector<T> head;     ///< hidden × padded outputs
  std::vector<T> backward; ///< hidden × hidden, for the gradient of the second layer's input
};

/// One thread's arrays.
template <class T> struct SelectorScratch {
  std::vector<T> first;          ///< tile × hidden
  std::vector<T> second;         ///< tile × hidden
  std::vector<T> hidden;         ///< tile × hidden
  std::vector<T> head;           ///< tile × padded outputs
  std::vector<T> firstGradient;  ///< gradient of the weight, hidden × inputs, then of the bias
  std::vector<T> secondGradient; ///< gradient of the weight, hidden × hidden, then of the bias
  std::vector<T> headGradient;   ///< padded outputs × hidden

  explicit SelectorScratch(const SelectorArrays<T>& in, bool backward) {
    const auto sized = [](std::vector<T>& values, std::int64_t rows, std::int64_t columns) {
      values.assign(static_cast<std::size_t>(rows * columns), T{0});
    };
    const std::int64_t outputs = paddedTo(in.outputs, padding);
    sized(first, tileSize, in.hidden);
    sized(second, tileSize, in.hidden);
    sized(head, tileSize, outputs);
    if (backward) {
      sized(hidden, tileSize, in.hidden);
      sized(firstGradient, in.hidden, in.inputs + 1);
      sized(secondGradient, in.hidden, in.hidden + 1);
      sized(headGradient, outputs, in.hidden);
    }
  }
};

/// Computes the tile of vertices from `begin` on, with vectors of `Bytes` bytes, `Rows` × `Vectors`
/// of them in registers.
template <class T, int Bytes, int Rows, int Vectors> struct SelectorTile {
  using Vector = typename VectorOf<T, Bytes>::Type;
  static constexpr int lanes = VectorOf<T, Bytes>::lanes;

  const SelectorArrays<T>& in;
  const PackedWeights<T>& packed;
  SelectorScratch<T>& scratch;
  std::int64_t begin;
  std::int64_t count;

  CORTOGRAPH_INLINE static const Vector& at(const T* values) {
    return *reinterpret_cast<const Vector*>(values);
  }
  CORTOGRAPH_INLINE static Vector& at(T* values) { return *reinterpret_cast<Vector*>(values); }

  CORTOGRAPH_INLINE static void
  pack(const SelectorArrays<T>& in, bool backward, PackedWeights<T>& out) {
    const auto transposed = [](const T* weight, std::int64_t inputs, std::int64_t outputs) {
      return [=](std::int64_t p, std::int64_t j) {
        return j < outputs ? weight[j * inputs + p] : T{0};
      };
    };
    packPanels<T, Bytes, Vectors>(
        in.inputs, in.hidden, transposed(in.firstWeight, in.inputs, in.hidden), out.first);
    packPanels<T, Bytes, Vectors>(
        in.hidden, in.hidden, transposed(in.secondWeight, in.hidden, in.hidden), out.second);
    packPanels<T, Bytes, Vectors>(in.hidden,
                                  paddedTo(in.outputs, padding),
                                  transposed(in.headWeight, in.hidden, in.outputs),
                                  out.head);
    if (backward) {
      const T* weight = in.secondWeight;
      packPanels<T, Bytes, Vectors>(
          in.hidden,
          in.hidden,
          [weight, &in](std::int64_t p, std::int64_t j) { return weight[p * in.hidden + j]; },
          out.backward);
    }
  }

  /// Computes out (+)= left (tile × inner) times a packed weight.
  template <bool Add>
  CORTOGRAPH_INLINE void times(const T* left,
                               std::int64_t inner,
                               const std::vector<T>& weight,
                               std::int64_t columns,
                               T* out) {
    product<T, Bytes, Rows, Vectors, Add>(
        left, inner, count, Panels<T, Bytes>{weight.data(), inner}, inner, columns, out, columns);
  }

  /// Adds the bias to `sums`, stores them in `kept` unless that is null, and applies GELU in place.
  CORTOGRAPH_INLINE void activate(T* sums, const T* bias, T* kept) {
    for (std::int64_t i = 0; i < count * in.hidden; i += lanes) {
      const Vector x = at(sums + i) + at(bias + i % in.hidden);
      if (kept != nullptr) {
        at(kept + begin * in.hidden + i) = x;
      }
      at(sums + i) = x * normalOf<Bytes>(x).cumulative;
    }
  }

  CORTOGRAPH_INLINE void forward(T* head, const SelectorSums<T>& sums) {
    T* first = scratch.first.data();
    T* second = scratch.second.data();
    times<false>(in.encoding + begin * in.inputs, in.inputs, packed.first, in.hidden, first);
    activate(first, in.firstBias, sums.first);
    times<false>(first, in.hidden, packed.second, in.hidden, second);
    activate(second, in.secondBias, sums.second);
    const std::int64_t outputs = paddedTo(in.outputs, padding);
    times<false>(second, in.hidden, packed.head, outputs, scratch.head.data());
    for (std::int64_t i = 0; i < count; ++i) {
      std::copy_n(scratch.head.data() + i * outputs, in.outputs, head + (begin + i) * in.outputs);
    }
  }

  /// Turns `gradient`, in place, from the gradient of GELU's outputs into that of its inputs,
  /// stores the outputs in `values`, and adds to the gradient of the bias.
  CORTOGRAPH_INLINE void activateBack(const T* sums, T* gradient, T* values, T* biasGradient) {
    for (std::int64_t i = 0; i < count * in.hidden; i += lanes) {
      const Vector x = at(sums + begin * in.hidden + i);
      const Normal<T, Bytes> normal = normalOf<Bytes>(x);
      at(values + i) = x * normal.cumulative;
      const Vector own = at(gradient + i) * (normal.cumulative + x * normal.density);
      at(gradient + i) = own;
      at(biasGradient + i % in.hidden) += own;
    }
  }

  /// Computes sums += gradientᵀ (columns × tile) times values (tile × width).
  CORTOGRAPH_INLINE void
  collect(const T* gradient, std::int64_t columns, const T* values, std::int64_t width, T* sums) {
    productOfRows<T, Bytes, Rows, Vectors, true>(
        [gradient, columns](std::int64_t p) { return gradient + p * columns; },
        columns,
        RowMajor<T>{values, width},
        count,
        width,
        sums,
        width);
  }

  CORTOGRAPH_INLINE void backward(const SelectorSums<T>& sums, const T* headGradient) {
    const std::int64_t outputs = paddedTo(in.outputs, padding);
    T* head = scratch.head.data(); // its padding stays zero
    for (std::int64_t i = 0; i < count; ++i) {
      std::copy_n(headGradient + (begin + i) * in.outputs, in.outputs, head + i * outputs);
    }
    T* second = scratch.second.data();
    product<T, Bytes, Rows, Vectors, false>(head,
                                            outputs,
                                            count,
                                            RowMajor<T>{in.headWeight, in.hidden},
                                            in.outputs,
                                            in.hidden,
                                            second,
                                            in.hidden);
    T* hidden = scratch.hidden.data();
    activateBack(
        sums.second, second, hidden, scratch.secondGradient.data() + in.hidden * in.hidden);
    collect(head, outputs, hidden, in.hidden, scratch.headGradient.data());
    T* first = scratch.first.data();
    times<false>(second, in.hidden, packed.backward, in.hidden, first);
    activateBack(sums.first, first, hidden, scratch.firstGradient.data() + in.hidden * in.inputs);
    collect(second, in.hidden, hidden, in.hidden, scratch.secondGradient.data());
    collect(
        first, in.hidden, in.encoding + begin * in.inputs, in.inputs, scratch.firstGradient.data());
  }
};

template <class T> struct SelectorFunctions {
  void (*pack)(const SelectorArrays<T>&, bool, PackedWeights<T>&);
  void (*forward)(const SelectorArrays<T>&,
                  const PackedWeights<T>&,
                  SelectorScratch<T>&,
                  std::int64_t,
                  std::int64_t,
                  T*,
                  const SelectorSums<T>&);
  void (*backward)(const SelectorArrays<T>&,
                   const PackedWeights<T>&,
                   SelectorScratch<T>&,
                   std::int64_t,
                   std::int64_t,
                   const SelectorSums<T>&,
                   const T*);
};

/// Defines the tile functions for an instruction set; `target` is its attribute.
// NOLINTBEGIN(bugprone-macro-parentheses): attributes, names and types
#define CORTOGRAPH_SELECTOR_FUNCTIONS(name, target, bytes, rows, vectors)                          \
  template <class T>                                                                               \
  target void pack##name(const SelectorArrays<T>& in, bool backward, PackedWeights<T>& out) {      \
    SelectorTile<T, bytes, rows, vectors>::pack(in, backward, out);                                \
  }                                                                                                \
  template <class T>                                                                               \
  target void forward##name(const SelectorArrays<T>& in,                                           \
                            const PackedWeights<T>& packed,                                        \
                            SelectorScratch<T>& scratch,                                           \
                            std::int64_t begin,                                                    \
                            std::int64_t count,                                                    \
                            T* head,                                                               \
                            const SelectorSums<T>& sums) {                                         \
    SelectorTile<T, bytes, rows, vectors>{in, packed, scratch, begin, count}.forward(head, sums);  \
  }                                                                                                \
  template <class T>                                                                               \
  target void backward##name(const SelectorArrays<T>& in,                                          \
                             const PackedWeights<T>& packed,                                       \
                             SelectorScratch<T>& scratch,                                          \
                             std::int64_t begin,                                                   \
                             std::int64_t count,                                                   \
                             const SelectorSums<T>& sums,                                          \
                             const T* headGradient) {                                              \
    SelectorTile<T, bytes, rows, vectors>{in, packed, scratch, begin, count}.backward(             \
        sums, headGradient);                                                                       \
  }
// NOLINTEND(bugprone-macro-parentheses)

CORTOGRAPH_SELECTOR_FUNCTIONS(Plain, CORTOGRAPH_PLAIN, 16, 4, 2)
#if defined(__x86_64__)
CORTOGRAPH_SELECTOR_FUNCTIONS(Avx2, CORTOGRAPH_AVX2, 32, 4, 2)
CORTOGRAPH_SELECTOR_FUNCTIONS(Avx512, CORTOGRAPH_AVX512, 64, 8, 2)
#endif

template <class T> SelectorFunctions<T> selectorFunctions() {
#if defined(__x86_64__)
  switch (instructionSet()) {
  case InstructionSet::avx512:
    return {packAvx512<T>, forwardAvx512<T>, backwardAvx512<T>};
  case InstructionSet::avx2:
    return {packAvx2<T>, forwardAvx2<T>, backwardAvx2<T>};
  case InstructionSet::plain:
    break;
  }
#endif
  return {packPlain<T>, forwardPlain<T>, backwardPlain<T>};
}

/// Calls work(first vertex, number of vertices) for the tiles from `first` to before `end`.
template <class Work>
void inTiles(std::int64_t first, std::int64_t end, std::int64_t vertices, const Work& work) {
  for (std::int64_t tile = first; tile < end; ++tile) {
    work(tile * tileSize, std::min(tileSize, vertices - tile * tileSize));
  }
}

} // namespace

template <class T>
void selectorForward(const SelectorArrays<T>& in,
                     T* head,
                     const SelectorSums<T>& sums,
                     int threads) {
  const SelectorFunctions<T> functions = selectorFunctions<T>();
  PackedWeights<T> packed;
  functions.pack(in, false, packed);
  const std::int64_t tiles = paddedTo(in.vertices, tileSize) / tileSize;
  inChunks(threads, tiles, [&](std::int64_t, std::int64_t first, std::int64_t end) {
    SelectorScratch<T> scratch(in, false);
    inTiles(first, end, in.vertices, [&](std::int64_t begin, std::int64_t count) {
      functions.forward(in, packed, scratch, begin, count, head, sums);
    });
  });
}

template <class T>
void selectorBackward(const SelectorArrays<T>& in,
                      const SelectorSums<T>& sums,
                      const T* headGradient,
                      const SelectorGradients<T>& out,
                      int threads) {
  const SelectorFunctions<T> functions = selectorFunctions<T>();
  PackedWeights<T> packed;
  functions.pack(in, true, packed);
  const std::int64_t tiles = paddedTo(in.vertices, tileSize) / tileSize;
  std::vector<SelectorScratch<T>> parts(static_cast<std::size_t>(threads),
                                        SelectorScratch<T>(in, true));
  inChunks(threads, tiles, [&](std::int64_t chunk, std::int64_t first, std::int64_t end) {
    SelectorScratch<T>& own = parts[static_cast<std::size_t>(chunk)];
    inTiles(first, end, in.vertices, [&](std::int64_t begin, std::int64_t count) {
      functions.backward(in, packed, own, begin, count, sums, headGradient);
    });
  });
  const auto gather = [&parts](std::vector<T> SelectorScratch<T>::*part,
                               std::int64_t from,
                               std::int64_t count,
                               T* to) {
    for (std::int64_t i = 0; i < count; ++i) {
      T sum = 0;
      for (const SelectorScratch<T>& own : parts) {
        sum += (own.*part)[static_cast<std::size_t>(from + i)];
      }
      to[i] = sum;
    }
  };
  using Scratch = SelectorScratch<T>;
  const std::int64_t first = in.hidden * in.inputs;
  const std::int64_t second = in.hidden * in.hidden;
  gather(&Scratch::firstGradient, 0, first, out.firstWeight);
  gather(&Scratch::firstGradient, first, in.hidden, out.firstBias);
  gather(&Scratch::secondGradient, 0, second, out.secondWeight);
  gather(&Scratch::secondGradient, second, in.hidden, out.secondBias);
  gather(&Scratch::headGradient, 0, in.outputs * in.hidden, out.headWeight);
}

// NOLINTBEGIN(bugprone-macro-parentheses): a type
#define CORTOGRAPH_INSTANTIATE(T)                                                                  \
  template void selectorForward(const SelectorArrays<T>&, T*, const SelectorSums<T>&, int);        \
  template void selectorBackward(const SelectorArrays<T>&,                                         \
                                 const SelectorSums<T>&,                                           \
                                 const T*,                                                         \
                                 const SelectorGradients<T>&,                                      \
                                 int);
// NOLINTEND(bugprone-macro-parentheses)
CORTOGRAPH_INSTANTIATE(float)
CORTOGRAPH_INSTANTIATE(double)

} // namespace cortograph
