#include "app/cli/verb.h"
#if CORTOGRAPH_HAS_GUI
#include "app/window/run_window.h"
#include "base/plain_text.h"
#endif

#include <iostream>
#include <span>
#include <string>

namespace {

#if CORTOGRAPH_HAS_GUI
/// Opens the window. Takes file names, --screenshot F and --time; any other word that starts with a
/// dash is a usage error.
int openWindow(int argc, char** argv) {
  cortograph::WindowOptions options;
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string word = words[i];
    if (word == "--screenshot" && i + 1 < words.size()) {
      options.screenshot = words[++i];
    } else if (word == "--time") {
      options.timed = true;
    } else if (word.starts_with("-")) {
      std::cerr << "cortograph: there is no option " << cortograph::onOneLine(word)
                << " (see cortograph --help)\n";
      return 2;
    } else if (std::error_code unknown;
               // A file without permission is opened as well, so that the error gives the reason.
               !std::filesystem::exists(word, unknown) && !unknown) {
      std::cerr << "cortograph: \"" << cortograph::onOneLine(word)
                << "\" is neither a command nor a file (see cortograph --help)\n";
      return 2;
    } else {
      options.files.emplace_back(word);
    }
  }
  return cortograph::runWindow(argc, argv, options);
}
#else
int openWindow(int /*argc*/, char** /*argv*/) {
  std::cerr << "cortograph: this build has no window; choose a command.\n"
            << cortograph::helpText();
  return 2;
}
#endif

} // namespace

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "--help" || first == "-h") {
    std::cout << cortograph::helpText();
    return 0;
  }
  if (first == "--version") {
    std::cout << cortograph::versionText();
    return 0;
  }
  return cortograph::isVerb(first) ? cortograph::runCommandLine(argc, argv)
                                   : openWindow(argc, argv);
}
