#include "compute/selector_kernel.h"

#include "base/parallel.h"
#include "compute/padding.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <tuple>
#include <vector>

// Highway compiles what follows once for each instruction set.
#define HWY_TARGET_INCLUDE "compute/selector_kernel.cpp"
#include <hwy/foreach_target.h>
// The headers that are compiled once for each instruction set are included after it.
#include "compute/gelu_inl.h"
#include "compute/products_inl.h"

HWY_BEFORE_NAMESPACE();
namespace cortograph::HWY_NAMESPACE {

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

/// Computes the tile of vertices from `begin` on. The two passes are not inlined, so that their
/// loops get all registers.
template <class T> struct SelectorTile {
  const SelectorArrays<T>& in;
  const PackedWeights<T>& packed;
  SelectorScratch<T>& scratch;
  std::int64_t begin;
  std::int64_t count;

  HWY_FLATTEN static void pack(const SelectorArrays<T>& in, bool backward, PackedWeights<T>& out) {
    const auto transposed = [](const T* weight, std::int64_t inputs, std::int64_t outputs)
                                HWY_ATTR {
                                  return [=](std::int64_t p, std::int64_t j) HWY_ATTR {
                                    return j < outputs ? weight[j * inputs + p] : T{0};
                                  };
                                };
    packPanels(in.inputs, in.hidden, transposed(in.firstWeight, in.inputs, in.hidden), out.first);
    packPanels(in.hidden, in.hidden, transposed(in.secondWeight, in.hidden, in.hidden), out.second);
    packPanels(in.hidden,
               paddedTo(in.outputs, padding),
               transposed(in.headWeight, in.hidden, in.outputs),
               out.head);
    if (backward) {
      const T* weight = in.secondWeight;
      packPanels(
          in.hidden,
          in.hidden,
          [weight, &in](std::int64_t p, std::int64_t j)
              HWY_ATTR { return weight[p * in.hidden + j]; },
          out.backward);
    }
  }

  /// Computes out (+)= left (tile × inner) times a packed weight.
  template <bool Add>
  HWY_INLINE void times(const T* left,
                        std::int64_t inner,
                        const std::vector<T>& weight,
                        std::int64_t columns,
                        T* out) {
    product<Add>(left, inner, count, Panels<T>{weight.data(), inner}, inner, columns, out, columns);
  }

  /// Adds the bias to `sums`, stores them in `kept` unless that is null, and applies GELU in place.
  HWY_INLINE void activate(T* sums, const T* bias, T* kept) {
    for (std::int64_t i = 0; i < count * in.hidden; i += lanes<T>) {
      const Vector<T> x = hn::LoadU(tag<T>, sums + i) + hn::LoadU(tag<T>, bias + i % in.hidden);
      if (kept != nullptr) {
        hn::StoreU(x, tag<T>, kept + begin * in.hidden + i);
      }
      hn::StoreU(x * normalOf(x).cumulative, tag<T>, sums + i);
    }
  }

  HWY_NOINLINE HWY_FLATTEN void forward(T* head, const SelectorSums<T>& sums) {
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
  HWY_INLINE void activateBack(const T* sums, T* gradient, T* values, T* biasGradient) {
    for (std::int64_t i = 0; i < count * in.hidden; i += lanes<T>) {
      const Vector<T> x = hn::LoadU(tag<T>, sums + begin * in.hidden + i);
      const Normal<T> normal = normalOf(x);
      hn::StoreU(x * normal.cumulative, tag<T>, values + i);
      const Vector<T> slope = hn::MulAdd(x, normal.density, normal.cumulative);
      const Vector<T> own = hn::LoadU(tag<T>, gradient + i) * slope;
      hn::StoreU(own, tag<T>, gradient + i);
      T* bias = biasGradient + i % in.hidden;
      hn::StoreU(hn::LoadU(tag<T>, bias) + own, tag<T>, bias);
    }
  }

  /// Computes sums += gradientᵀ (columns × tile) times values (tile × width).
  HWY_INLINE void
  collect(const T* gradient, std::int64_t columns, const T* values, std::int64_t width, T* sums) {
    productOfRows<true>([gradient, columns](std::int64_t p)
                            HWY_ATTR { return gradient + p * columns; },
                        columns,
                        RowMajor<T>{values, width},
                        count,
                        width,
                        sums,
                        width);
  }

  HWY_NOINLINE HWY_FLATTEN void backward(const SelectorSums<T>& sums, const T* headGradient) {
    const std::int64_t outputs = paddedTo(in.outputs, padding);
    T* head = scratch.head.data(); // its padding stays zero
    for (std::int64_t i = 0; i < count; ++i) {
      std::copy_n(headGradient + (begin + i) * in.outputs, in.outputs, head + i * outputs);
    }
    T* second = scratch.second.data();
    product<false>(head,
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

/// Calls work(first vertex, number of vertices) for the tiles from `first` to before `end`.
template <class Work>
void inTiles(std::int64_t first, std::int64_t end, std::int64_t vertices, const Work& work) {
  for (std::int64_t tile = first; tile < end; ++tile) {
    work(tile * tileSize, std::min(tileSize, vertices - tile * tileSize));
  }
}

template <class T>
void forward(const SelectorArrays<T>& in, T* head, const SelectorSums<T>& sums, int threads) {
  PackedWeights<T> packed;
  SelectorTile<T>::pack(in, false, packed);
  const std::int64_t tiles = paddedTo(in.vertices, tileSize) / tileSize;
  inChunks(threads, tiles, [&](std::int64_t, std::int64_t first, std::int64_t end) HWY_ATTR {
    SelectorScratch<T> scratch(in, false);
    inTiles(first, end, in.vertices, [&](std::int64_t begin, std::int64_t count) HWY_ATTR {
      SelectorTile<T>{in, packed, scratch, begin, count}.forward(head, sums);
    });
  });
}

template <class T>
void backward(const SelectorArrays<T>& in,
              const SelectorSums<T>& sums,
              const T* headGradient,
              const SelectorGradients<T>& out,
              int threads) {
  PackedWeights<T> packed;
  SelectorTile<T>::pack(in, true, packed);
  const std::int64_t tiles = paddedTo(in.vertices, tileSize) / tileSize;
  std::vector<SelectorScratch<T>> parts(static_cast<std::size_t>(threads),
                                        SelectorScratch<T>(in, true));
  inChunks(threads, tiles, [&](std::int64_t chunk, std::int64_t first, std::int64_t end) HWY_ATTR {
    SelectorScratch<T>& own = parts[static_cast<std::size_t>(chunk)];
    inTiles(first, end, in.vertices, [&](std::int64_t begin, std::int64_t count) HWY_ATTR {
      SelectorTile<T>{in, packed, own, begin, count}.backward(sums, headGradient);
    });
  });
  const auto gather = [&parts](std::vector<T> SelectorScratch<T>::*part,
                               std::int64_t from,
                               std::int64_t count,
                               T* to) HWY_ATTR {
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

} // namespace

/// Returns the functions of this instruction set.
auto selectorFunctions() {
  return std::tuple{&forward<float>, &forward<double>, &backward<float>, &backward<double>};
}

} // namespace cortograph::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cortograph {

HWY_EXPORT(selectorFunctions);

template <class T>
void selectorForward(const SelectorArrays<T>& in,
                     T* head,
                     const SelectorSums<T>& sums,
                     int threads) {
  const auto functions = HWY_DYNAMIC_DISPATCH(selectorFunctions)();
  std::get<decltype(&selectorForward<T>)>(functions)(in, head, sums, threads);
}

template <class T>
void selectorBackward(const SelectorArrays<T>& in,
                      const SelectorSums<T>& sums,
                      const T* headGradient,
                      const SelectorGradients<T>& out,
                      int threads) {
  const auto functions = HWY_DYNAMIC_DISPATCH(selectorFunctions)();
  std::get<decltype(&selectorBackward<T>)>(functions)(in, sums, headGradient, out, threads);
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
#endif
