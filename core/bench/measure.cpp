#include "bench/measure.h"

#include "base/quantile.h"

#include <chrono>
#include <utility>
#include <vector>

namespace cortograph {

double medianSeconds(int runs,
                     torch::Device device,
                     const Control& control,
                     const std::function<void()>& work) {
  std::vector<double> seconds;
  for (int run = 0; run <= runs; ++run) {
    control.cancel.throwIfCanceled();
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
  return median(std::move(seconds));
}

} // namespace cortograph
