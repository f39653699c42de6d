#include "viewer/scene/opengl.h"

#include "base/error.h"
#include "viewer/scene/egl_window.h"

#include <GL/gl.h>
#include <GL/glx.h>
#include <X11/Xlib.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
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

/// The least that VTK draws with.
constexpr int leastMajor = 3;
constexpr int leastMinor = 2;

int ignoreError(Display* /*display*/, XErrorEvent* /*error*/) {
  return 0;
}

/// X's requests may fail while one lives: X's own handler would end the program.
class ToleratedErrors {
public:
  explicit ToleratedErrors(Display* display) : display_(display) {
    XSync(display_, False);
    before_ = XSetErrorHandler(&ignoreError);
  }
  ToleratedErrors(const ToleratedErrors&) = delete;
  ToleratedErrors& operator=(const ToleratedErrors&) = delete;
  ToleratedErrors(ToleratedErrors&&) = delete;
  ToleratedErrors& operator=(ToleratedErrors&&) = delete;
  ~ToleratedErrors() {
    XSync(display_, False);
    XSetErrorHandler(before_);
  }

private:
  Display* display_;
  XErrorHandler before_ = nullptr;
};

bool isRecent(const char* version) {
  int major = 0;
  int minor = 0;
  return version != nullptr && std::sscanf(version, "%d.%d", &major, &minor) == 2 &&
         (major > leastMajor || (major == leastMajor && minor >= leastMinor));
}

/// Whether a context of the least version can be had and says so itself. Forwarded displays (ssh
/// -X) give 1.4 or 2.1, and VTK crashes on these.
bool givesRecentOpenGl(Display* display) {
  const char* extensions = glXQueryExtensionsString(display, DefaultScreen(display));
  auto create = reinterpret_cast<PFNGLXCREATECONTEXTATTRIBSARBPROC>(
      glXGetProcAddressARB(reinterpret_cast<const GLubyte*>("glXCreateContextAttribsARB")));
  if (create == nullptr || extensions == nullptr ||
      std::strstr(extensions, "GLX_ARB_create_context_profile") == nullptr) {
    return false;
  }
  constexpr std::array<int, 5> wanted{
      GLX_DRAWABLE_TYPE, GLX_PBUFFER_BIT, GLX_RENDER_TYPE, GLX_RGBA_BIT, None};
  int count = 0;
  GLXFBConfig* configs = glXChooseFBConfig(display, DefaultScreen(display), wanted.data(), &count);
  if (configs == nullptr || count == 0) {
    return false;
  }
  const GLXFBConfig config = configs[0];
  XFree(configs);
  const ToleratedErrors tolerated(display);
  constexpr std::array<int, 7> version{GLX_CONTEXT_MAJOR_VERSION_ARB,
                                       leastMajor,
                                       GLX_CONTEXT_MINOR_VERSION_ARB,
                                       leastMinor,
                                       GLX_CONTEXT_PROFILE_MASK_ARB,
                                       GLX_CONTEXT_CORE_PROFILE_BIT_ARB,
                                       None};
  const GLXContext context = create(display, config, nullptr, True, version.data());
  if (context == nullptr) {
    return false;
  }
  constexpr std::array<int, 5> onePixel{GLX_PBUFFER_WIDTH, 1, GLX_PBUFFER_HEIGHT, 1, None};
  const GLXPbuffer surface = glXCreatePbuffer(display, config, onePixel.data());
  const bool recent = glXMakeContextCurrent(display, surface, surface, context) == True &&
                      isRecent(reinterpret_cast<const char*>(glGetString(GL_VERSION)));
  glXMakeContextCurrent(display, None, None, nullptr);
  glXDestroyPbuffer(display, surface);
  glXDestroyContext(display, context);
  return recent;
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
  static std::string recentOn; // the display that was last found to do
  if (recentOn != name && !givesRecentOpenGl(display)) {
    return "The display " + std::string(name) + " gives no OpenGL " + std::to_string(leastMajor) +
           "." + std::to_string(leastMinor) +
           ", as displays that are forwarded by ssh -X do not; start the program on the machine's "
           "own display, or under xvfb-run.";
  }
  recentOn = name;
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
