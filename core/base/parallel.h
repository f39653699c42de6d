#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <functional>

namespace cortograph {

/// A function that each thread of inParallel() calls first, for a library's per-thread settings.
using ThreadStart = void (*)();

/// Sets how many threads inParallel() uses in the whole program; 0 (the default): one per core.
/// `onStart` may be null.
void setThreads(int threads, ThreadStart onStart = nullptr);

/// Returns how many threads inParallel() uses, at least 1.
[[nodiscard]] int threadsInUse() noexcept;

/// Runs share(0) … share(count - 1), each on a thread of its own. The calling thread runs the
/// first, and those for which no thread can be started. Waits for all of them, then rethrows the
/// exception of the lowest share that threw.
void runShares(std::int64_t count, const std::function<void(std::int64_t share)>& share);

/// Runs task(0) … task(count - 1) on up to threadsInUse() threads, including the calling one. Each
/// thread takes an equal run of tasks, which depends only on the two counts. A task that throws
/// ends its thread's run; the other threads finish theirs, then the exception of the lowest task is
/// rethrown. A task may itself call this.
template <std::integral Count, std::invocable<Count> Task>
void inParallel(Count count, const Task& task) {
  const auto tasks = static_cast<std::int64_t>(count);
  const std::int64_t shares = std::min<std::int64_t>(tasks, threadsInUse());
  runShares(shares, [&](std::int64_t share) {
    const std::int64_t end = tasks * (share + 1) / shares;
    for (std::int64_t i = tasks * share / shares; i < end; ++i) {
      task(static_cast<Count>(i));
    }
  });
}

/// Runs work(chunk, first, end) in parallel for `chunks` equal runs of 0 … count - 1; some are
/// empty when chunks > count. Sums by chunk depend on the number of chunks, not on timing or
/// threads. Exceptions are handled as in inParallel().
template <class Work> void inChunks(int chunks, std::int64_t count, const Work& work) {
  inParallel(std::int64_t{chunks}, [&](std::int64_t chunk) {
    work(chunk, count * chunk / chunks, count * (chunk + 1) / chunks);
  });
}

} // namespace cortograph
