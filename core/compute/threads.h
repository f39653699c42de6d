#pragma once

#include <cstdint>
#include <functional>

namespace cortograph {

/// Sets the number of threads that jobs of the calling thread use; 0 means all cores. If OpenBLAS
/// has its own threads, only these are used and LibTorch gets one: its OpenMP threads would spin
/// and take the cores from OpenBLAS (a training step then takes five times as long).
void useThreads(int threads);

/// Returns the number of threads that useThreads() last set on any thread.
[[nodiscard]] int threadsInUse() noexcept;

/// Runs task(0) .. task(count - 1) on up to threadsInUse() threads, including the calling one.
/// Which thread runs which task depends only on the two numbers. If tasks throw, the exception of
/// the first such thread is thrown again when all threads are done.
void inParallel(std::int64_t count, const std::function<void(std::int64_t)>& task);

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
