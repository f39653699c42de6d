#pragma once

#include "encoder/random_use.h"
#include "encoder/training_data.h"
#include "subject/responses.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace cortograph {

/// Draws batches of images in a new random order each epoch; a batch may span two epochs.
class BatchOrder {
public:
  BatchOrder(std::vector<std::int64_t> images, std::uint64_t seed)
      : images_(std::move(images)), random_(randomFor(RandomUse::order, seed)) {}

  /// Returns the next `count` images.
  [[nodiscard]] std::vector<std::int64_t> next(int count);

private:
  std::vector<std::int64_t> images_;
  SplitMix random_;
  std::vector<std::int64_t> order_;
  std::size_t place_ = 0;
};

/// The tokens of a batch of images and the responses to them.
struct TrainingBatch {
  TokenPack tokens;     ///< CPU
  torch::Tensor target; ///< B × N, CPU
};

/// Supplies the batches of a training in order; a thread of its own prepares them ahead of time.
class BatchFeed {
public:
  /// `data` and `responses` must outlive the feed. The first `passed` batches are skipped.
  BatchFeed(const TrainingData& data,
            const Responses& responses,
            BatchOrder order,
            int batch,
            int passed,
            CancelToken cancel);
  BatchFeed(const BatchFeed&) = delete;
  BatchFeed& operator=(const BatchFeed&) = delete;
  BatchFeed(BatchFeed&&) = delete;
  BatchFeed& operator=(BatchFeed&&) = delete;
  ~BatchFeed();

  /// Waits for the next batch. Throws what its preparation threw.
  [[nodiscard]] TrainingBatch next();
  [[nodiscard]] double secondsWaited() const noexcept { return secondsWaited_; }

private:
  void work();
  [[nodiscard]] bool mayMakeAnother();

  const TrainingData& data_;
  const Responses& responses_;
  BatchOrder order_;
  int batch_;
  CancelToken cancel_;
  double secondsWaited_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<TrainingBatch> ready_;
  std::exception_ptr failure_;
  bool stopped_ = false;
  std::thread thread_; ///< declared last, because it uses all members above
};

} // namespace cortograph
