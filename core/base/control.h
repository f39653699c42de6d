#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace cortograph {

/// A flag that asks a job to stop. Copies share the flag. Safe across threads and in signal
/// handlers (one lock-free atomic).
class CancelToken {
public:
  void cancel() const noexcept { flag_->store(true, std::memory_order_relaxed); }
  [[nodiscard]] bool canceled() const noexcept { return flag_->load(std::memory_order_relaxed); }
  /// Throws Error{cancelled} after cancel() was called.
  void throwIfCanceled() const;

private:
  std::shared_ptr<std::atomic<bool>> flag_ = std::make_shared<std::atomic<bool>>(false);
};

struct Progress {
  std::string what; ///< "extracting tokens"
  double done = 0;  ///< in `unit`
  double total = 0; ///< 0 when unknown
  std::string unit; ///< "images", "steps"
  std::optional<double> secondsLeft;
};

/// The connection between a job and its caller: cancellation and progress. `onProgress` is called
/// on the job's thread, may be empty, and must return quickly.
struct Control {
  CancelToken cancel;
  std::function<void(const Progress&)> onProgress;

  void report(const Progress& progress) const {
    if (onProgress) {
      onProgress(progress);
    }
  }
};

} // namespace cortograph
