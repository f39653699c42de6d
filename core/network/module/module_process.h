#pragma once

#include "base/control.h"
#include "base/error.h"

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// What a module may take.
struct ModuleLimits {
  /// To start and load, and to run one image. Starting takes a second or two, loading a few seconds
  /// a gigabyte.
  std::chrono::milliseconds toDescribe{std::chrono::minutes(1)};
  /// To run a batch. Eight images of 1024 pixels through the largest encoder of Segment Anything
  /// are some 45 TFLOP, five minutes on two cores.
  std::chrono::milliseconds toRun{std::chrono::minutes(10)};
  std::uint64_t memory = 0; ///< bytes; 0: three quarters of what is available at the start
};

/// The process in which a module runs, the program cortograph-module beside the engine's library.
/// It has several lines, so that as many threads may use it at once (see ModuleLine). Whatever goes
/// wrong on one of them, a cancelled call included, ends the process.
class ModuleProcess {
public:
  /// Starts the process. `file` stands for the module in errors. Throws Error{notFound, file}.
  ModuleProcess(std::string file, int lines, bool sealed, std::uint64_t memory);
  ModuleProcess(const ModuleProcess&) = delete;
  ModuleProcess& operator=(const ModuleProcess&) = delete;
  ModuleProcess(ModuleProcess&&) = delete;
  ModuleProcess& operator=(ModuleProcess&&) = delete;
  /// Ends the process.
  ~ModuleProcess();

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  /// Ends the process and throws the error, or what ended the process before.
  [[noreturn]] void fail(const Error& error);

private:
  friend class ModuleLine;
  void start(const std::vector<int>& childEnds, bool sealed, std::uint64_t memory);
  int end() noexcept;
  [[nodiscard]] Error whatEndedIt();

  std::string file_;
  std::vector<int> lines_; ///< descriptors
  std::vector<int> free_;  ///< those of lines_ that no ModuleLine has
  std::mutex mutex_;       ///< of all below and of free_
  std::condition_variable freed_;
  std::optional<Error> failure_;
  pid_t process_ = 0; ///< 0: it has ended
  int status_ = 0;    ///< how, as waitpid says
};

/// A line of the process, taken for one exchange; further ones wait until a line is free. Throws
/// Error{canceled} within a twentieth of a second of a cancel, Error{unsupported} when the exchange
/// takes longer than its limit, and Error{unsupported, memory} when the process ends.
class ModuleLine {
public:
  ModuleLine(ModuleProcess& process, std::chrono::milliseconds limit, const CancelToken& cancel);
  ModuleLine(const ModuleLine&) = delete;
  ModuleLine& operator=(const ModuleLine&) = delete;
  ModuleLine(ModuleLine&&) = delete;
  ModuleLine& operator=(ModuleLine&&) = delete;
  ~ModuleLine();

  void send(std::span<const std::byte> bytes);
  /// Fills all of `bytes`.
  void receive(std::span<std::byte> bytes);

private:
  void requireTime();
  void await(short event);

  ModuleProcess& process_;
  const CancelToken& cancel_;
  std::chrono::milliseconds limit_;
  std::chrono::steady_clock::time_point end_;
  int descriptor_ = -1;
};

} // namespace cortograph
