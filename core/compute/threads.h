#pragma once

#include <cstdint>
#include <functional>

namespace cortograph {

/// Sets how many threads the calling thread's jobs use; 0: all cores. With an OpenBLAS that has
/// threads of its own, these are the ones: LibTorch's OpenMP threads would spin beside them and
/// take their cores (a training step then takes five times as long), so LibTorch gets one.
void useThreads(int threads);

/// What useThreads last set on any thread.
[[nodiscard]] int threadsInUse() noexcept;

/// Runs task(0) .. task(count - 1) on up to threadsInUse() threads, the calling one among them:
/// which thread runs which task follows from the counts alone. The first exception that a task
/// throws leaves this when all are done.
void inParallel(std::int64_t count, const std::function<void(std::int64_t)>& task);

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
