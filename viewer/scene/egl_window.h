#pragma once

#include <vtkRenderWindow.h>
#include <vtkSmartPointer.h>

namespace cortograph {

/// A window that is nowhere shown, with an OpenGL context through EGL: on a graphics card without a
/// display, or in software. Null where EGL gives no OpenGL 3.2.
[[nodiscard]] vtkSmartPointer<vtkRenderWindow> makeEglWindow();

} // namespace cortograph
