#include "compute/compute.h"

#include <chrono>

namespace cortograph {

torch::Device deviceOf(const ComputeSettings& settings) {
  const bool there = torch::cuda::is_available();
  if (settings.device == Device::cuda && !there) {
    throw Error(ErrorKind::unsupported,
                "CUDA was requested, but LibTorch finds no CUDA device; use the CPU, or install a "
                "LibTorch built for CUDA with a working driver.");
  }
  return settings.device == Device::cpu || !there ? torch::kCPU : torch::kCUDA;
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

JobTurn::JobTurn(const Control& control) {
  static std::timed_mutex turn;
  constexpr std::chrono::milliseconds betweenLooks{20};
  lock_ = std::unique_lock(turn, std::defer_lock);
  while (!lock_.try_lock_for(betweenLooks)) {
    control.cancel.throwIfCanceled();
  }
}

} // namespace cortograph
