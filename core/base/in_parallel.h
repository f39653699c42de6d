#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace cortograph {

/// work(0) … work(count - 1) on all cores; each must stand alone, and throw nothing.
template <class Work> void inParallel(std::size_t count, const Work& work) {
  const std::size_t threads =
      std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), count);
  std::atomic<std::size_t> next = 0;
  std::vector<std::jthread> pool;
  pool.reserve(threads);
  for (std::size_t t = 0; t < threads; ++t) {
    pool.emplace_back([&work, &next, count] {
      for (std::size_t i = next++; i < count; i = next++) {
        work(i);
      }
    });
  }
}

} // namespace cortograph
