#pragma once

#include "base/parallel.h"

namespace cortograph {

/// Sets the number of threads that inParallel() and the products of the calling thread use; 0 means
/// all cores. If OpenBLAS has its own threads, only these are used and LibTorch gets one: its
/// OpenMP threads would spin and take the cores from OpenBLAS (a training step then takes five
/// times as long).
void useThreads(int threads);

/// How many threads the calling thread's matrix products and LibTorch's loops use. Rounding depends
/// on them.
struct ProductThreads {
  int blas = 0; ///< OpenBLAS's own threads; 0: it has none
  int torch = 1;
};
[[nodiscard]] ProductThreads productThreads();
void useProductThreads(const ProductThreads& threads);

/// While an object of this class exists, each matrix product of LibTorch runs on the thread that
/// calls it. Tasks of inParallel() can then compute products without waiting for each other, and
/// the rounding does not depend on the number of threads.
class OwnProducts {
public:
  OwnProducts();
  OwnProducts(const OwnProducts&) = delete;
  OwnProducts& operator=(const OwnProducts&) = delete;
  OwnProducts(OwnProducts&&) = delete;
  OwnProducts& operator=(OwnProducts&&) = delete;
  ~OwnProducts();
};

} // namespace cortograph
