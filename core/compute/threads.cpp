#include "compute/threads.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>
#include <vector>

// OpenBLAS has its own threads, which LibTorch does not control; these are null with another BLAS.
// NOLINTBEGIN(readability-identifier-naming): OpenBLAS's names
extern "C" void openblas_set_num_threads(int count) __attribute__((weak));
extern "C" int openblas_get_parallel() __attribute__((weak));
// NOLINTEND(readability-identifier-naming)

namespace cortograph {

namespace {

std::atomic<int> threadCount{1};

bool blasHasItsOwnThreads() {
  constexpr int posixThreads = 1; // OPENBLAS_THREAD of OpenBLAS's cblas.h
  return openblas_set_num_threads != nullptr && openblas_get_parallel != nullptr &&
         openblas_get_parallel() == posixThreads;
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
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int count = threads > 0 ? threads : cores;
  threadCount = count;
  setProductThreads(count);
}

int threadsInUse() noexcept {
  return threadCount;
}

void inParallel(std::int64_t count, const std::function<void(std::int64_t)>& task) {
  const std::int64_t threads = std::clamp<std::int64_t>(count, 1, threadCount);
  const auto share = [&](std::int64_t thread) {
    for (std::int64_t i = count * thread / threads; i < count * (thread + 1) / threads; ++i) {
      task(i);
    }
  };
  std::vector<std::future<void>> others; // their destructors wait for the threads
  for (std::int64_t thread = 1; thread < threads; ++thread) {
    others.push_back(std::async(std::launch::async, [&share, thread] {
      at::init_num_threads(); // otherwise OpenMP gives this thread a team of its own, which spins
      share(thread);
    }));
  }
  share(0);
  for (std::future<void>& other : others) {
    other.get();
  }
}

OwnProducts::OwnProducts() {
  setProductThreads(1);
}

OwnProducts::~OwnProducts() {
  setProductThreads(threadCount);
}

} // namespace cortograph
