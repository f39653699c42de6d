#pragma once

#include "base/error.h"
#include "compute/threads.h"
#include "compute/torch.h"
#include "jobs/settings.h"

#include <new>
#include <string>
#include <utility>

namespace cortograph {

/// Returns the device that the settings ask for. Throws Error{unsupported} when it is not
/// available.
[[nodiscard]] torch::Device deviceOf(const ComputeSettings& settings);

/// Turns LibTorch's error into one for the user: out of memory, or else its first line.
[[nodiscard]] Error toError(const c10::Error& error);

/// Runs a job of the engine and turns other exceptions into Error.
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
