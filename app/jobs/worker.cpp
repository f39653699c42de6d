#include "app/jobs/worker.h"

#ifdef __linux__
#include <sys/resource.h>
#endif

#include <new>

namespace cortograph {

namespace {

/// Lowers the priority of this thread and the threads that it starts, so that the window responds
/// on a busy machine.
void lowerPriority() {
#ifdef __linux__
  // On Linux this sets the priority of the calling thread. Failure does no harm.
  constexpr int niceness = 5;
  setpriority(PRIO_PROCESS, 0, niceness);
#endif
}

} // namespace

Error currentError() {
  try {
    throw;
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return outOfMemory();
  } catch (const std::exception& exception) {
    return {ErrorKind::internal,
            std::string("An unexpected error occurred: ") + exception.what() +
                ". Please report it with the steps that led to it."};
  } catch (...) {
    return {ErrorKind::internal,
            "An unexpected error occurred. Please report it with the steps that led to it."};
  }
}

void Job::cancel() const {
  if (state_) {
    state_->cancel.cancel();
  }
}

void Job::drop() {
  if (state_) {
    state_->cancel.cancel();
    state_->over = true;
  }
}

Worker::Worker(const QString& name)
    : relay_(std::make_unique<QObject>()), host_(std::make_unique<QObject>()) {
  thread_.setObjectName(name);
  host_->moveToThread(&thread_);
  QObject::connect(&thread_, &QThread::started, host_.get(), &lowerPriority);
  thread_.start();
}

Worker::~Worker() {
  for (const std::weak_ptr<Job::State>& job : jobs_) {
    if (const auto state = job.lock()) {
      state->cancel.cancel();
      state->over = true;
    }
  }
  thread_.quit();
  thread_.wait();
}

void Worker::post(std::function<void()> task) {
  std::erase_if(jobs_, [](const auto& job) { return job.expired(); });
  QMetaObject::invokeMethod(host_.get(), std::move(task), Qt::QueuedConnection);
}

} // namespace cortograph
