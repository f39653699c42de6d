#include "app/window/end_signals.h"

#include <fcntl.h>
#include <unistd.h>

#include <QSocketNotifier>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>

namespace cortograph {

namespace {

constexpr std::array<int, 3> endSignals{SIGINT, SIGTERM, SIGHUP};

// All that a handler may touch: one byte goes through a pipe to the event loop.
std::atomic<int> writeEnd{-1};
std::atomic<bool> told{false};

extern "C" void onEndSignal(int signal) {
  if (told.exchange(true)) {
    std::_Exit(128 + signal);
  }
  const auto byte = static_cast<unsigned char>(signal);
  if (write(writeEnd, &byte, 1) != 1) {
    std::_Exit(128 + signal);
  }
}

} // namespace

EndSignals::EndSignals(QObject* parent) : QObject(parent) {
  std::array<int, 2> ends{-1, -1};
  if (pipe(ends.data()) != 0) {
    return; // signals end the program as they do by themselves
  }
  for (const int end : ends) {
    fcntl(end, F_SETFD, FD_CLOEXEC); // NOLINT(cppcoreguidelines-pro-type-vararg)
  }
  readEnd_ = ends[0];
  writeEnd = ends[1];
  told = false;
  auto* notifier = new QSocketNotifier(readEnd_, QSocketNotifier::Read, this);
  connect(notifier, &QSocketNotifier::activated, this, [this] { receive(); });
  for (const int signal : endSignals) {
    if (std::signal(signal, onEndSignal) == SIG_IGN) {
      std::signal(signal, SIG_IGN); // as nohup wants it
    }
  }
}

EndSignals::~EndSignals() {
  if (readEnd_ < 0) {
    return;
  }
  for (const int signal : endSignals) {
    std::signal(signal, SIG_DFL);
  }
  close(writeEnd.exchange(-1));
  close(readEnd_);
}

void EndSignals::receive() {
  unsigned char byte = 0;
  if (read(readEnd_, &byte, 1) == 1) {
    Q_EMIT received(byte);
  }
}

} // namespace cortograph
