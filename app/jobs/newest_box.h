#pragma once

#include <atomic>
#include <memory>

namespace cortograph {

/// Hands values from one thread to another, without a lock: a value that was not taken yet is
/// replaced by the next one.
template <class Value> class NewestBox {
public:
  NewestBox() = default;
  NewestBox(const NewestBox&) = delete;
  NewestBox& operator=(const NewestBox&) = delete;
  NewestBox(NewestBox&&) = delete;
  NewestBox& operator=(NewestBox&&) = delete;
  ~NewestBox() { const std::unique_ptr<Value> last(slot_.load()); }

  /// Whether the box was empty: the taker must be woken.
  bool put(std::unique_ptr<Value> value) {
    const std::unique_ptr<Value> old(slot_.exchange(value.release(), std::memory_order_acq_rel));
    return old == nullptr;
  }
  /// Null when there is nothing new.
  [[nodiscard]] std::unique_ptr<Value> take() {
    return std::unique_ptr<Value>(slot_.exchange(nullptr, std::memory_order_acq_rel));
  }

private:
  std::atomic<Value*> slot_{nullptr};
};

} // namespace cortograph
