#pragma once

#include <atomic>
#include <memory>

namespace cortograph {

/// A box that passes values from one thread to another without a lock. A value that was not taken
/// yet is replaced by the next one.
template <class Value> class NewestBox {
public:
  NewestBox() = default;
  NewestBox(const NewestBox&) = delete;
  NewestBox& operator=(const NewestBox&) = delete;
  NewestBox(NewestBox&&) = delete;
  NewestBox& operator=(NewestBox&&) = delete;
  ~NewestBox() { const std::unique_ptr<Value> last(slot_.load()); }

  /// Puts a value into the box. Returns whether it was empty, so that the receiver must be
  /// notified.
  bool put(std::unique_ptr<Value> value) {
    const std::unique_ptr<Value> old(slot_.exchange(value.release(), std::memory_order_acq_rel));
    return old == nullptr;
  }
  /// Takes the value; null when there is no new one.
  [[nodiscard]] std::unique_ptr<Value> take() {
    return std::unique_ptr<Value>(slot_.exchange(nullptr, std::memory_order_acq_rel));
  }

private:
  std::atomic<Value*> slot_{nullptr};
};

} // namespace cortograph
