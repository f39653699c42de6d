#pragma once

#include <filesystem>
#include <vector>

namespace cortograph {

struct WindowOptions {
  /// Maps, surface folders, images, weights, subjects; none: the built-in demo.
  std::vector<std::filesystem::path> files;
  /// When given: the window is written here as PNG once all of it is drawn, and closes.
  std::filesystem::path screenshot;
  /// Prints when the first picture stood, and the memory it took, as JSON, and closes.
  bool timed = false;
};

/// Runs the window till it is closed; returns the exit status. Without a display or OpenGL, or when
/// a screenshot lacks one of the files: a line on stderr and 1.
[[nodiscard]] int runWindow(int argc, char** argv, const WindowOptions& options);

} // namespace cortograph
