#pragma once

#include "base/parallel.h"

namespace cortograph {

/// Sets how many threads inParallel and the calling thread's products use; 0: all cores. With an
/// OpenBLAS that has threads of its own, these are the ones: LibTorch's OpenMP threads would spin
/// beside them and take their cores (a training step then takes five times as long), so LibTorch
/// gets one.
void useThreads(int threads);

/// While one lives, each of LibTorch's products runs on the thread that asks for it: tasks of
/// inParallel can then ask for their own without waiting for each other, and their rounding does
/// not depend on the number of threads.
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
