#include "base/log.h"

#include "base/plain_text.h"

#include <iostream>
#include <mutex>

namespace cortograph {

namespace {

std::mutex sinkMutex;

LogSink& sink() {
  static LogSink current;
  return current;
}

void log(LogLevel level, std::string_view message) {
  const std::scoped_lock lock(sinkMutex);
  if (sink()) {
    sink()(level, message);
    return;
  }
  std::cerr << (level == LogLevel::warning ? "warning: " : "") << onOneLine(message) << '\n';
}

} // namespace

void setLogSink(LogSink newSink) {
  const std::scoped_lock lock(sinkMutex);
  sink() = std::move(newSink);
}

void logInfo(std::string_view message) {
  log(LogLevel::info, message);
}
void logWarning(std::string_view message) {
  log(LogLevel::warning, message);
}

} // namespace cortograph
