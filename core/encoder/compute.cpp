#include "encoder/compute.h"

#include <algorithm>
#include <thread>

// OpenBLAS keeps its own threads, which LibTorch does not know of; null with another BLAS.
extern "C" void openblas_set_num_threads(int count) __attribute__((weak));

namespace cortograph {

torch::Device deviceOf(const ComputeSettings& settings) {
  const bool there = torch::cuda::is_available();
  if (settings.device == Device::cuda && !there) {
    throw Error(ErrorKind::unsupported,
                "CUDA was asked for, but this LibTorch finds no CUDA device; use the CPU, or a "
                "LibTorch built for CUDA with a working driver.");
  }
  return settings.device == Device::cpu || !there ? torch::kCPU : torch::kCUDA;
}

void useThreads(int threads) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const int count = threads > 0 ? threads : cores;
  at::set_num_threads(count);
  if (openblas_set_num_threads != nullptr) {
    openblas_set_num_threads(count);
  }
}

Error toError(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  for (const char* words : {"out of memory", "can't allocate memory", "not enough memory"}) {
    if (text.find(words) != std::string::npos) {
      return {ErrorKind::memory,
              "There is not enough memory for this job (" + text.substr(0, text.find('\n')) +
                  "); use a smaller batch, fewer vertices or fewer images."};
    }
  }
  return {ErrorKind::internal,
          "LibTorch failed: " + text.substr(0, text.find('\n')) +
              ". Please report this with the command and the kinds of its files."};
}

} // namespace cortograph
