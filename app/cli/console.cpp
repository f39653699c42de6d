#include "app/cli/console.h"

#include "base/error.h"
#include "base/plain_text.h"
#include "base/text.h"

#include <nlohmann/json.hpp>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <iostream>

namespace cortograph {

namespace {

/// Returns the token that signals cancel; it outlives every job.
const CancelToken& interruptToken() {
  static const CancelToken token;
  return token;
}

extern "C" void onInterrupt(int signal) {
  if (interruptToken().canceled()) {
    std::_Exit(128 + signal);
  }
  interruptToken().cancel();
}

std::string progressLine(const Progress& progress) {
  std::string line = onOneLine(progress.what);
  if (progress.total > 0) {
    line += ": " + std::to_string(std::llround(progress.done)) + " of " +
            std::to_string(std::llround(progress.total)) + " " + progress.unit;
  }
  if (progress.secondsLeft) {
    const auto seconds = std::llround(*progress.secondsLeft);
    line += seconds < 120 ? ", " + std::to_string(seconds) + " s left"
                          : ", " + std::to_string((seconds + 59) / 60) + " min left";
  }
  return line;
}

void printIndented(const nlohmann::ordered_json& value, const std::string& indent) {
  for (const auto& [key, item] : value.items()) {
    std::string head = indent;
    head += value.is_array() ? "-" : onOneLine(key) + ":";
    if (item.is_structured() && !item.empty()) {
      std::cout << head << '\n';
      printIndented(item, indent + "  ");
    } else if (item.is_string()) {
      std::cout << head << ' ' << onOneLine(item.get<std::string>()) << '\n';
    } else {
      std::cout << head << ' ' << item.dump() << '\n';
    }
  }
}

} // namespace

Console::Console() {
  interruptToken();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    if (std::signal(signal, onInterrupt) == SIG_IGN) {
      std::signal(signal, SIG_IGN); // as nohup wants it
    }
  }
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): a Console stands for the terminal
Control Console::control() const {
  Control control;
  control.cancel = interruptToken();
  if (isatty(STDERR_FILENO) != 0) {
    using Clock = std::chrono::steady_clock;
    control.onProgress = [last = Clock::time_point{}](const Progress& progress) mutable {
      const auto now = Clock::now();
      const bool whole = progress.total > 0 && progress.done >= progress.total;
      if (whole || now - last > std::chrono::milliseconds(100)) {
        last = now;
        std::cerr << "\r\033[K" << progressLine(progress) << std::flush;
      }
    };
  }
  return control;
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): a Console stands for the terminal
void Console::endProgress() const {
  if (isatty(STDERR_FILENO) != 0) {
    std::cerr << "\r\033[K" << std::flush;
  }
}

void Console::print(const nlohmann::ordered_json& result) const {
  endProgress();
  if (json) {
    std::cout << result.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
              << '\n';
  } else {
    printIndented(result, "");
  }
}

std::string quotedCommand(int argc, const char* const* argv) {
  std::string command = "cortograph";
  for (int i = 1; i < argc; ++i) {
    command += " " + shellWord(argv[i]);
  }
  return command;
}

} // namespace cortograph
