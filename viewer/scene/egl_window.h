#pragma once

#include <vtkRenderWindow.h>
#include <vtkSmartPointer.h>

namespace cortograph {

/// Makes a window that is never shown, with an OpenGL context created by EGL, which works without a
/// display, on a graphics card or in software. Null where EGL does not offer OpenGL 3.2.
[[nodiscard]] vtkSmartPointer<vtkRenderWindow> makeEglWindow();

} // namespace cortograph
