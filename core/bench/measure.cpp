#include "bench/measure.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace cortograph {

double medianSeconds(int runs,
                     torch::Device device,
                     const Control& control,
                     const std::function<void()>& work) {
  std::vector<double> seconds;
  for (int run = 0; run <= runs; ++run) {
    control.cancel.throwIfCancelled();
    const auto start = std::chrono::steady_clock::now();
    work();
    if (device.is_cuda()) {
      torch::cuda::synchronize();
    }
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    if (run > 0) {
      seconds.push_back(passed.count());
    }
  }
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

} // namespace cortograph
