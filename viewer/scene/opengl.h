#pragma once

#include <vtkRenderWindow.h>
#include <vtkSmartPointer.h>

#include <string>

namespace cortograph {

/// Returns a sentence that says why no OpenGL window can be created on this machine, and the way
/// out; empty when one can. Call this before creating a window, because VTK terminates the program
/// if it cannot use the display. Keeps its connection to the display open. Call on the GUI thread.
[[nodiscard]] std::string openGlProblem();

/// Creates a window for drawing pictures that is never shown: on the display, or without one, by
/// EGL, if openGlProblem() reports a problem. Throws Error{unsupported} with that sentence when
/// neither is possible. Call on the GUI thread.
[[nodiscard]] vtkSmartPointer<vtkRenderWindow> makeOffscreenWindow();

} // namespace cortograph
