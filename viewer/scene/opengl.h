#pragma once

#include <string>

namespace cortograph {

/// Why no OpenGL window can be made on this machine, and the way out, in a sentence; empty when one
/// can. VTK ends the program when it meets a display it can't use, so ask before making a window.
/// Keeps its connection to the display open. On the thread of the windows.
[[nodiscard]] std::string openGlProblem();

} // namespace cortograph
