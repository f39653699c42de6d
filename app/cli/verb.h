#pragma once

#include "app/cli/console.h"

#include <CLI/App.hpp>

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace cortograph {

/// A command of the program. An entry is one .cpp in verbs/ and one word in CMakeLists.txt.
struct Verb {
  std::string_view name;    ///< "train"
  std::string_view summary; ///< one line of `cortograph --help`
  /// Declares the options on `app`. The returned function does the work after they were parsed, and
  /// throws Error. Both `app` and `console` outlive it.
  std::function<void()> (*declare)(CLI::App& app, const Console& console) = nullptr;
  /// The kinds of files that --out may replace (see writtenKind()); empty when --out is a folder or
  /// there is none.
  std::vector<std::string_view> writes = {};
};

using VerbEntry = const Verb& (*)();
[[nodiscard]] std::span<const VerbEntry> verbTable();

/// Runs the verb `argv[1]`. Returns the exit status: 0 done, 1 failed (one line on stderr), 2
/// usage.
[[nodiscard]] int runCommandLine(int argc, char** argv);
[[nodiscard]] bool isVerb(std::string_view word);

/// Return the texts of `cortograph --help` and `--version`.
[[nodiscard]] std::string helpText();
[[nodiscard]] std::string versionText();

} // namespace cortograph
