#include "app/cli/output.h"
#include "app/cli/verb.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "base/plain_text.h"
#include "base/version.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <iostream>
#include <sstream>

namespace cortograph {

namespace {

constexpr int failed = 1;
constexpr int usage = 2;

int runVerb(const Verb& verb, int argc, char** argv) {
  Console console;
  console.command = quotedCommand(argc, argv);
  CLI::App app(std::string(verb.summary), "cortograph " + std::string(verb.name));
  app.add_flag("--json", console.json, "Print one JSON object");
  bool force = false; // requireFreeOutput() reads it from `app`
  if (!verb.writes.empty()) {
    app.add_flag("--force", force, "Let --out replace a file of another kind");
  }
  const std::function<void()> work = verb.declare(app, console);
  try {
    app.parse(argc - 1, argv + 1);
  } catch (const CLI::CallForHelp&) {
    std::cout << app.help();
    return 0;
  } catch (const CLI::ParseError& error) {
    std::cerr << "cortograph " << verb.name << ": " << onOneLine(error.what())
              << " (see cortograph " << verb.name << " --help)\n";
    return usage;
  }
  try {
    if (!verb.writes.empty()) {
      requireFreeOutput(app, verb.writes);
    }
    work();
    requireWholeFiles();
    console.endProgress();
    return 0;
  } catch (const std::exception& error) {
    console.endProgress();
    std::cerr << "cortograph " << verb.name << ": " << onOneLine(error.what()) << '\n';
    return failed;
  }
}

} // namespace

bool isVerb(std::string_view word) {
  return std::ranges::any_of(verbTable(), [word](VerbEntry entry) { return entry().name == word; });
}

int runCommandLine(int argc, char** argv) {
  for (const VerbEntry entry : verbTable()) {
    if (entry().name == argv[1]) {
      return runVerb(entry(), argc, argv);
    }
  }
  std::cerr << "cortograph: there is no command \"" << onOneLine(argv[1])
            << "\" (see cortograph --help)\n";
  return usage;
}

std::string helpText() {
  std::ostringstream text;
  text << "Cortograph paints vision networks onto the human cortex.\n\n"
          "  cortograph [FILE…]        opens the window, with maps, surfaces and images\n"
          "  cortograph VERB …         works without a window; see cortograph VERB --help\n\n";
  for (const VerbEntry entry : verbTable()) {
    text << "  " << entry().name
         << std::string(10 - std::min<std::size_t>(9, entry().name.size()), ' ') << entry().summary
         << '\n';
  }
  text << "\n  --screenshot F.png        opens the window, writes its picture, and quits\n"
          "  --time                    opens the window, prints when it was drawn, and quits\n"
          "  --version                 prints the version\n";
  return text.str();
}

std::string versionText() {
  return std::string("cortograph ") + softwareVersion + "\n";
}

} // namespace cortograph
