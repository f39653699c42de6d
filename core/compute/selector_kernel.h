#pragma once

#include <cstdint>

namespace cortograph {

/// A selector network as plain, row-major arrays; T is float or double. It computes encoding →
/// first → GELU → second → GELU → head. `inputs` and `hidden` must be multiples of 16.
template <class T> struct SelectorArrays {
  std::int64_t vertices = 0; ///< N
  std::int64_t inputs = 0;
  std::int64_t hidden = 0;
  std::int64_t outputs = 0;
  const T* encoding = nullptr;     ///< N × inputs
  const T* firstWeight = nullptr;  ///< hidden × inputs
  const T* firstBias = nullptr;    ///< hidden
  const T* secondWeight = nullptr; ///< hidden × hidden
  const T* secondBias = nullptr;   ///< hidden
  const T* headWeight = nullptr;   ///< outputs × hidden
};

/// The inputs of the two GELUs, each N × hidden, kept from the forward for the backward pass.
template <class T> struct SelectorSums {
  T* first = nullptr;
  T* second = nullptr;
};

/// The arrays for the gradients, with the shapes of SelectorArrays; all are overwritten. The
/// encoding is a constant and has none.
template <class T> struct SelectorGradients {
  T* firstWeight = nullptr;
  T* firstBias = nullptr;
  T* secondWeight = nullptr;
  T* secondBias = nullptr;
  T* headWeight = nullptr;
};

/// Computes the head's outputs, N × outputs. Vertices are processed in tiles that stay in the cache
/// from the encoding to the head. The pointers in `sums` may be null when no gradient is needed.
template <class T>
void selectorForward(const SelectorArrays<T>& in,
                     T* head,
                     const SelectorSums<T>& sums,
                     int threads);

/// Computes the gradients from those of the head, N × outputs. The last digits depend on
/// threads, but not on timing.
template <class T>
void selectorBackward(const SelectorArrays<T>& in,
                      const SelectorSums<T>& sums,
                      const T* headGradient,
                      const SelectorGradients<T>& out,
                      int threads);

} // namespace cortograph
