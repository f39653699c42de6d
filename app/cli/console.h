#pragma once

#include "base/control.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace cortograph {

/// The terminal of a command. Results are written to stdout (as text, or as one JSON object with
/// --json), progress to stderr when it is a terminal.
class Console {
public:
  /// Handles Ctrl-C (SIGINT), SIGTERM and SIGHUP: the first asks the running job to stop, the
  /// second ends the program.
  Console();

  bool json = false;
  /// The command as quotedCommand() returns it.
  std::string command;

  /// Returns the control for a job, which reports progress here.
  [[nodiscard]] Control control() const;
  /// Erases the progress line, so that other output starts on a line of its own.
  void endProgress() const;
  /// Prints the object as JSON, or as lines "key: value" with nested ones indented.
  void print(const nlohmann::ordered_json& result) const;
};

/// Joins argv to a command; words are quoted when a shell needs it.
[[nodiscard]] std::string quotedCommand(int argc, const char* const* argv);

} // namespace cortograph
