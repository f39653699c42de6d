#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace cortograph {

namespace {

std::atomic<int> threadCount{0}; // 0: one per core
std::atomic<ThreadStart> threadStart{nullptr};

} // namespace

void setThreads(int threads, ThreadStart onStart) {
  threadCount = std::max(0, threads);
  threadStart = onStart;
}

int threadsInUse() noexcept {
  static const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int count = threadCount;
  return count > 0 ? count : cores;
}

void runShares(std::int64_t count, const std::function<void(std::int64_t share)>& share) {
  std::vector<std::exception_ptr> failures(static_cast<std::size_t>(count));
  const auto run = [&](std::int64_t number) noexcept {
    try {
      share(number);
    } catch (...) {
      failures[static_cast<std::size_t>(number)] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    others.reserve(failures.size());
    std::int64_t begun = std::min<std::int64_t>(count, 1); // the first is this thread's
    try {
      for (; begun < count; ++begun) {
        others.emplace_back([&run, begun, onStart = threadStart.load()] {
          if (onStart != nullptr) {
            onStart();
          }
          run(begun);
        });
      }
    } catch (const std::exception&) {
      // The system has no more threads, or no memory for them: this thread does the rest.
    }
    if (count > 0) {
      run(0);
    }
    for (; begun < count; ++begun) {
      run(begun);
    }
  }
  for (const std::exception_ptr& failure : failures) {
    if (failure != nullptr) {
      std::rethrow_exception(failure);
    }
  }
}

} // namespace cortograph
