#pragma once

#include "base/error.h"
#include "encoder/parallel.h"
#include "engine/settings.h"

#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <new>
#include <string>
#include <utility>

namespace cortograph {

/// The device that the settings ask for. Throws Error{unsupported} when it is not there.
[[nodiscard]] torch::Device deviceOf(const ComputeSettings& settings);

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

/// inParallel, for what knows nothing of LibTorch.
[[nodiscard]] Parallel allThreads();

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

/// What LibTorch threw, for the user: out of memory, else its first line.
[[nodiscard]] Error toError(const c10::Error& error);

/// Runs `work`, a job of the engine: only Error leaves it.
template <class Work> auto translated(Work&& work) -> decltype(std::forward<Work>(work)()) {
  try {
    return std::forward<Work>(work)();
  } catch (const c10::Error& error) {
    throw toError(error);
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::memory,
                "There is not enough memory for this job; use a smaller batch, fewer vertices or "
                "fewer images.");
  }
}

} // namespace cortograph
