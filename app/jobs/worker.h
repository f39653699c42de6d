#pragma once

#include "app/jobs/newest_box.h"
#include "app/jobs/outcome.h"
#include "base/control.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace cortograph {

/// A job that was given to a Worker. Copies stand for the same job; a default-constructed Job
/// stands for none. Belongs to the thread that started it.
class Job {
public:
  /// Asks the job to stop. Its outcome, usually an Error{cancelled}, is still delivered.
  void cancel() const;
  /// Asks the job to stop, and delivers nothing from it any more.
  void drop();
  /// Returns whether the outcome was neither delivered nor dropped.
  [[nodiscard]] bool active() const { return state_ != nullptr && !state_->over; }

private:
  friend class Worker;
  struct State {
    CancelToken cancel;
    bool over = false; ///< used only by the starting thread
  };
  std::shared_ptr<State> state_;
};

/// A thread that runs jobs one after the other. A job is a function of values without widgets. Its
/// outcome is a value, which is delivered on the thread that made the Worker, if the receiver still
/// exists. The destructor cancels the running job, discards the waiting ones, and joins the thread.
class Worker {
public:
  /// The shortest time between two updates of a job.
  static constexpr int millisecondsBetweenUpdates = 100;

  explicit Worker(const QString& name);
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  Worker(Worker&&) = delete;
  Worker& operator=(Worker&&) = delete;
  ~Worker();

  /// Runs `work(control)` on the worker's thread, then `done(outcome)` on the calling thread.
  template <class Value>
  Job start(QObject* receiver,
            std::function<Value(const Control&)> work,
            std::function<void(Outcome<Value>)> done,
            std::function<void(const Progress&)> onProgress = {});

  /// Returns a function by which a job passes values to the calling thread. `deliver` is called
  /// with the newest value, at most ten times per second. Values in between are skipped, but never
  /// the last one.
  template <class Value>
  [[nodiscard]] std::function<void(Value)> newestWins(QObject* receiver,
                                                      std::function<void(const Value&)> deliver);

private:
  template <class Value> struct Channel {
    NewestBox<Value> box;
    QPointer<QObject> receiver;
    std::function<void(const Value&)> deliver;
    QElapsedTimer sinceLast; ///< used only by the receiving thread
  };
  template <class Value>
  static void receive(QObject* relay, const std::shared_ptr<Channel<Value>>& channel);

  void post(std::function<void()> task);

  QThread thread_;
  std::unique_ptr<QObject> relay_; ///< belongs to the calling thread; receives outcomes
  std::unique_ptr<QObject> host_;  ///< belongs to the worker's thread; receives work
  std::vector<std::weak_ptr<Job::State>> jobs_;
};

template <class Value>
Job Worker::start(QObject* receiver,
                  std::function<Value(const Control&)> work,
                  std::function<void(Outcome<Value>)> done,
                  std::function<void(const Progress&)> onProgress) {
  Job job;
  job.state_ = std::make_shared<Job::State>();
  jobs_.push_back(job.state_);

  Control control;
  control.cancel = job.state_->cancel;
  if (onProgress) {
    control.onProgress = newestWins<Progress>(
        receiver, [job, show = std::move(onProgress)](const Progress& progress) {
          if (job.active()) {
            show(progress);
          }
        });
  }
  const QPointer<QObject> guard(receiver);
  post([relay = relay_.get(), guard, job, control, work = std::move(work), done = std::move(done)] {
    auto outcome = std::make_shared<Outcome<Value>>(outcomeOf<Value>([&] {
      control.cancel.throwIfCanceled();
      return work(control);
    }));
    QMetaObject::invokeMethod(
        relay,
        [guard, job, done, outcome] {
          if (job.active()) {
            job.state_->over = true;
            if (guard) {
              done(std::move(*outcome));
            }
          }
        },
        Qt::QueuedConnection);
  });
  return job;
}

template <class Value>
std::function<void(Value)> Worker::newestWins(QObject* receiver,
                                              std::function<void(const Value&)> deliver) {
  auto channel = std::make_shared<Channel<Value>>();
  channel->receiver = receiver;
  channel->deliver = std::move(deliver);
  return [relay = relay_.get(), channel](Value value) {
    if (channel->box.put(std::make_unique<Value>(std::move(value)))) {
      QMetaObject::invokeMethod(
          relay, [relay, channel] { receive(relay, channel); }, Qt::QueuedConnection);
    }
  };
}

template <class Value>
void Worker::receive(QObject* relay, const std::shared_ptr<Channel<Value>>& channel) {
  const qint64 sinceLast = channel->sinceLast.isValid() ? channel->sinceLast.elapsed()
                                                        : qint64{millisecondsBetweenUpdates};
  if (sinceLast < millisecondsBetweenUpdates) {
    QTimer::singleShot(millisecondsBetweenUpdates - static_cast<int>(sinceLast),
                       relay,
                       [relay, channel] { receive(relay, channel); });
    return;
  }
  const std::unique_ptr<Value> newest = channel->box.take();
  channel->sinceLast.start();
  if (newest && channel->receiver) {
    channel->deliver(*newest);
  }
}

} // namespace cortograph
