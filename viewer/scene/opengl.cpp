#include "viewer/scene/opengl.h"

#include <X11/Xlib.h>

#include <cstdlib>
#include <memory>

namespace cortograph {

std::string openGlProblem() {
  const char* name = std::getenv("DISPLAY"); // NOLINT(concurrency-mt-unsafe): nothing sets it
  if (name == nullptr || *name == '\0') {
    return "No display is set, and drawing needs one for OpenGL; set DISPLAY, or run the program "
           "under xvfb-run.";
  }
  const std::unique_ptr<Display, int (*)(Display*)> display(XOpenDisplay(nullptr), XCloseDisplay);
  if (display == nullptr) {
    return "The display " + std::string(name) +
           " can't be opened; set DISPLAY to one that runs and that you may use, or run the "
           "program "
           "under xvfb-run.";
  }
  int opcode = 0;
  int event = 0;
  int error = 0;
  if (XQueryExtension(display.get(), "GLX", &opcode, &event, &error) == 0) {
    return "The display " + std::string(name) +
           " has no OpenGL (GLX); use a display with graphics drivers, or run the program under "
           "xvfb-run.";
  }
  return {};
}

} // namespace cortograph
