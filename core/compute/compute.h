#pragma once

#include "base/control.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "compute/threads.h"
#include "compute/torch.h"
#include "jobs/settings.h"

#include <mutex>
#include <new>
#include <string>
#include <type_traits>
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
    if constexpr (std::is_void_v<decltype(std::forward<Work>(work)())>) {
      std::forward<Work>(work)();
      requireWholeFiles();
    } else {
      auto result = std::forward<Work>(work)();
      requireWholeFiles();
      return result;
    }
  } catch (const c10::Error& error) {
    throw toError(error);
  } catch (const std::bad_alloc&) {
    throw Error(ErrorKind::memory,
                "There is not enough memory for this job; use a smaller batch, fewer vertices or "
                "fewer images.");
  }
}

/// Holds the turn of one job of the engine; waits until the job before it has ended. Throws
/// Error{cancelled} when it is cancelled before.
class JobTurn {
public:
  explicit JobTurn(const Control& control);

private:
  std::unique_lock<std::timed_mutex> lock_;
};

/// Runs a job of the engine in its turn, as translated() does.
template <class Work> auto runJob(const Control& control, Work&& work) {
  const JobTurn turn(control);
  return translated(std::forward<Work>(work));
}

} // namespace cortograph
