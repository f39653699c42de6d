#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace cortograph {

/// Runs tasks 0 .. count - 1 in parallel, on up to `threads` threads.
struct Parallel {
  int threads = 1;
  std::function<void(std::int64_t count, const std::function<void(std::int64_t)>& task)> run;

  /// Runs work(chunk, first, end) for equal shares of 0 .. count - 1, one share per thread. Sums
  /// that are accumulated by chunk depend on the number of threads, but not on timing.
  template <class Work> void inChunks(std::int64_t count, const Work& work) const {
    run(threads, [&](std::int64_t chunk) {
      work(chunk, count * chunk / threads, count * (chunk + 1) / threads);
    });
  }
};

} // namespace cortograph
