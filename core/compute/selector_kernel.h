#pragma once

#include <cstdint>

namespace cortograph {

/// A selector network on plain arrays, row-major; T is float or double: encoding → first → GELU →
/// second → GELU → head. `inputs` and `hidden` are multiples of 16.
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

/// What enters the two GELUs, each N × hidden: kept from the forward for the backward.
template <class T> struct SelectorSums {
  T* first = nullptr;
  T* second = nullptr;
};

/// Where gradients go; all are overwritten. (The encoding is a constant.)
template <class T> struct SelectorGradients {
  T* firstWeight = nullptr;
  T* firstBias = nullptr;
  T* secondWeight = nullptr;
  T* secondBias = nullptr;
  T* headWeight = nullptr;
};

/// The head's outputs, N × outputs. Vertices are handled in tiles that stay in cache from the
/// encoding to the head. `sums` may be null when no gradient is wanted.
template <class T>
void selectorForward(const SelectorArrays<T>& in,
                     T* head,
                     const SelectorSums<T>& sums,
                     int threads);

/// Gradients from those of the head, N × outputs. Depends on `threads` in its last digits,
/// not on timing.
template <class T>
void selectorBackward(const SelectorArrays<T>& in,
                      const SelectorSums<T>& sums,
                      const T* headGradient,
                      const SelectorGradients<T>& out,
                      int threads);

} // namespace cortograph
