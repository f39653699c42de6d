#pragma once

#include <filesystem>
#include <vector>

namespace cortograph {

/// The options of the program without a command.
struct WindowOptions {
  /// Maps, folders of surfaces, images, weights, subjects; none: the built-in demo.
  std::vector<std::filesystem::path> files;
  /// When given, the window is written to this PNG file when everything is drawn, then closed.
  std::filesystem::path screenshot;
  /// Prints the time of the first picture and the memory used, as JSON, then closes the window.
  bool timed = false;
};

/// Runs the window until it is closed. Returns the exit status: 1, with a line on stderr, without a
/// display or OpenGL, or when a file can't be opened for a screenshot; else 0.
[[nodiscard]] int runWindow(int argc, char** argv, const WindowOptions& options);

} // namespace cortograph
