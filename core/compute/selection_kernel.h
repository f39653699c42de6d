#pragma once

#include <cstdint>

namespace cortograph {

/// The inputs of a selection as plain, row-major arrays; T is float or double.
template <class T> struct SelectionArrays {
  std::int64_t vertices = 0; ///< N
  std::int64_t layers = 0;   ///< L
  std::int64_t images = 0;   ///< B
  std::int64_t channels = 0; ///< D
  int height = 0;
  int width = 0;
  const T* table = nullptr;  ///< (L * (height * width + 1)) × B × D, the global token last
  const T* space = nullptr;  ///< N × 2
  const T* layer = nullptr;  ///< N × L
  const T* scale = nullptr;  ///< N
  const T* weight = nullptr; ///< N × D
  const T* bias = nullptr;   ///< N
};

/// The arrays for the gradients, with the shapes of SelectionArrays; all are overwritten.
template <class T> struct SelectionGradients {
  T* table = nullptr;
  T* space = nullptr;
  T* layer = nullptr;
  T* scale = nullptr;
  T* weight = nullptr;
  T* bias = nullptr;
};

/// Computes the responses, B × N. Vertices are sorted by the four cells that they are between, and
/// processed in tiles that share these 5L table rows. Thus the work consists of small dense
/// products on rows that stay in the cache. The readout is applied before anything is written, so
/// there is no array of size N × B × D.
template <class T> void selectionForward(const SelectionArrays<T>& in, T* response, int threads);

/// Computes the gradients from those of the responses, B × N. The last digits depend on
/// threads, but not on timing.
template <class T>
void selectionBackward(const SelectionArrays<T>& in,
                       const T* responseGradient,
                       const SelectionGradients<T>& out,
                       int threads);

} // namespace cortograph
