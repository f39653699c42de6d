#include "compute/threads.h"

#include <ATen/Parallel.h>

// OpenBLAS has its own threads, which LibTorch does not control; these are null with another BLAS.
// NOLINTBEGIN(readability-identifier-naming): OpenBLAS's names
extern "C" void openblas_set_num_threads(int count) __attribute__((weak));
extern "C" int openblas_get_num_threads() __attribute__((weak));
extern "C" int openblas_get_parallel() __attribute__((weak));
// NOLINTEND(readability-identifier-naming)

namespace cortograph {

namespace {

bool blasHasItsOwnThreads() {
  constexpr int posixThreads = 1; // OPENBLAS_THREAD of OpenBLAS's cblas.h
  return openblas_set_num_threads != nullptr && openblas_get_num_threads != nullptr &&
         openblas_get_parallel != nullptr && openblas_get_parallel() == posixThreads;
}

/// Sets how many threads LibTorch's matrix products use.
void setProductThreads(int count) {
  if (blasHasItsOwnThreads()) {
    openblas_set_num_threads(count);
    at::set_num_threads(1);
  } else {
    at::set_num_threads(count);
  }
}

} // namespace

void useThreads(int threads) {
  // Without init_num_threads OpenMP gives each new thread a team of its own, which spins.
  setThreads(threads, [] { at::init_num_threads(); });
  setProductThreads(threadsInUse());
}

ProductThreads productThreads() {
  return {.blas = blasHasItsOwnThreads() ? openblas_get_num_threads() : 0,
          .torch = at::get_num_threads()};
}

void useProductThreads(const ProductThreads& threads) {
  if (blasHasItsOwnThreads() && threads.blas > 0 && threads.blas != openblas_get_num_threads()) {
    openblas_set_num_threads(threads.blas);
  }
  at::set_num_threads(threads.torch);
}

OwnProducts::OwnProducts() {
  setProductThreads(1);
}

OwnProducts::~OwnProducts() {
  setProductThreads(threadsInUse());
}

} // namespace cortograph
