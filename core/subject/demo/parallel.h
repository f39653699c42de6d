#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace cortograph::demo {

/// work(0) … work(count - 1) on all cores; each must stand alone.
template <class Work> void inParallel(std::size_t count, const Work& work) {
  const std::size_t threads =
      std::min<std::size_t>(std::max(1U, std::thread::hardware_concurrency()), count);
  std::vector<std::jthread> pool;
  pool.reserve(threads);
  for (std::size_t t = 0; t < threads; ++t) {
    pool.emplace_back([&work, count, threads, t] {
      for (std::size_t i = t; i < count; i += threads) {
        work(i);
      }
    });
  }
}

} // namespace cortograph::demo
