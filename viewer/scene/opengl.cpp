#include "viewer/scene/opengl.h"

#include "base/error.h"
#include "viewer/scene/egl_window.h"

#include <X11/Xlib.h>

#include <cstdlib>
#include <memory>
#include <utility>

namespace cortograph {

namespace {

using DisplayPointer = std::unique_ptr<Display, int (*)(Display*)>;

/// A connection to a display. It is kept open, even when another display cannot be opened, because
/// a server may reset when its last client leaves (Xvfb does) and refuses windows meanwhile.
struct Connection {
  std::string name;
  DisplayPointer display{nullptr, XCloseDisplay};
};

Display* connectionTo(const std::string& name) {
  static Connection connection;
  if (connection.name != name || connection.display == nullptr) {
    DisplayPointer opened(XOpenDisplay(name.c_str()), XCloseDisplay);
    if (opened == nullptr) {
      return nullptr;
    }
    connection = {name, std::move(opened)};
  }
  return connection.display.get();
}

} // namespace

std::string openGlProblem() {
  const char* name = std::getenv("DISPLAY"); // NOLINT(concurrency-mt-unsafe): nothing sets it
  if (name == nullptr || *name == '\0') {
    return "No display is set, but OpenGL needs one for drawing; set DISPLAY, or run the program "
           "under xvfb-run.";
  }
  Display* display = connectionTo(name);
  if (display == nullptr) {
    return "The display " + std::string(name) +
           " cannot be opened; set DISPLAY to a running display that you may use, or run the "
           "program under xvfb-run.";
  }
  int opcode = 0;
  int event = 0;
  int error = 0;
  if (XQueryExtension(display, "GLX", &opcode, &event, &error) == 0) {
    return "The display " + std::string(name) +
           " has no OpenGL (GLX); use a display with graphics drivers, or run the program under "
           "xvfb-run.";
  }
  return {};
}

vtkSmartPointer<vtkRenderWindow> makeOffscreenWindow() {
  const std::string problem = openGlProblem();
  const auto window = problem.empty() ? vtkSmartPointer<vtkRenderWindow>::New() : makeEglWindow();
  if (window == nullptr) {
    throw Error(ErrorKind::unsupported, problem);
  }
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  return window;
}

} // namespace cortograph
