#pragma once

#include "base/control.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace cortograph {

/// Where a verb's words go: results to stdout (text, or one JSON object with --json), progress to
/// stderr when it is a terminal.
class Console {
public:
  /// Ctrl-C (SIGINT), SIGTERM and SIGHUP ask the running job to stop; a second one ends the
  /// program.
  Console();

  bool json = false;
  /// The command as it was typed, quoted so that a shell takes it back.
  std::string command;

  [[nodiscard]] Control control() const;
  /// Ends the progress line, so that what follows starts on a line of its own.
  void endProgress() const;
  /// Prints the object as JSON, or as lines "key: value" with nested ones indented.
  void print(const nlohmann::ordered_json& result) const;
};

/// argv joined, each word quoted where a shell needs it.
[[nodiscard]] std::string quotedCommand(int argc, const char* const* argv);

} // namespace cortograph
