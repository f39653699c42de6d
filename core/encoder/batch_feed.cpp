#include "encoder/batch_feed.h"

#include <chrono>
#include <utility>

namespace cortograph {

namespace {
constexpr std::size_t batchesAhead = 2;
} // namespace

std::vector<std::int64_t> BatchOrder::next(int count) {
  std::vector<std::int64_t> batch;
  for (int i = 0; i < count; ++i) {
    if (place_ == order_.size()) {
      order_ = random_.permutation(static_cast<std::int64_t>(images_.size()));
      place_ = 0;
    }
    batch.push_back(images_[static_cast<std::size_t>(order_[place_++])]);
  }
  return batch;
}

BatchFeed::BatchFeed(const TrainingData& data,
                     const Responses& responses,
                     BatchOrder order,
                     int batch,
                     int passed,
                     CancelToken cancel)
    : data_(data),
      responses_(responses),
      order_(std::move(order)),
      batch_(batch),
      cancel_(std::move(cancel)) {
  for (int i = 0; i < passed; ++i) {
    (void)order_.next(batch_);
  }
  thread_ = std::thread([this] { work(); });
}

BatchFeed::~BatchFeed() {
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool BatchFeed::mayMakeAnother() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || ready_.size() < batchesAhead; });
  return !stopped_;
}

void BatchFeed::work() {
  const torch::NoGradGuard noGrad;
  try {
    while (mayMakeAnother()) {
      const std::vector<std::int64_t> images = order_.next(batch_);
      TrainingBatch made{data_.tokens->of(images, cancel_),
                         responsesTo(responses_, images, data_.usable)};
      const std::scoped_lock lock(mutex_);
      ready_.push_back(std::move(made));
      changed_.notify_all();
    }
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::current_exception();
    changed_.notify_all();
  }
}

TrainingBatch BatchFeed::next() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return failure_ != nullptr || !ready_.empty(); });
  secondsWaited_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (ready_.empty()) {
    std::rethrow_exception(failure_);
  }
  TrainingBatch batch = std::move(ready_.front());
  ready_.pop_front();
  changed_.notify_all();
  return batch;
}

} // namespace cortograph
