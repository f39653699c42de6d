#pragma once

#include <vtkRenderWindow.h>
#include <vtkSmartPointer.h>

#include <string>

namespace cortograph {

/// Why no OpenGL window can be made on this machine, and the way out, in a sentence; empty when one
/// can. VTK ends the program when it meets a display it can't use, so ask before making a window.
/// Keeps its connection to the display open. On the thread of the windows.
[[nodiscard]] std::string openGlProblem();

/// A window that is never shown, to draw pictures in: on the display, or where openGlProblem() has
/// something to say through EGL, without one. Throws Error{unsupported} with that sentence when
/// neither can be had. On the thread of the windows.
[[nodiscard]] vtkSmartPointer<vtkRenderWindow> makeOffscreenWindow();

} // namespace cortograph
