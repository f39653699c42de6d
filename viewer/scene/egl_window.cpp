#include "viewer/scene/egl_window.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>

#include <vtkGenericOpenGLRenderWindow.h>

#include <array>
#include <string_view>

namespace cortograph {

namespace {

/// An OpenGL context and what it needs.
struct EglContext {
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLSurface surface = EGL_NO_SURFACE; ///< one pixel, which is never drawn to
  EGLContext context = EGL_NO_CONTEXT;

  [[nodiscard]] bool makeCurrent() const {
    return eglMakeCurrent(display, surface, surface, context) == EGL_TRUE;
  }
};

/// Returns the EGL display, which is kept until the program ends: Mesa's display that needs no
/// window system if there is one, else EGL's default.
EGLDisplay eglDisplay() {
  static const EGLDisplay chosen = [] {
    const char* known = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
    const std::string_view extensions = known == nullptr ? "" : known;
    EGLDisplay display = EGL_NO_DISPLAY;
    if (extensions.find("EGL_MESA_platform_surfaceless") != std::string_view::npos) {
      display = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    }
    if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) == EGL_FALSE) {
      display = eglGetDisplay(EGL_DEFAULT_DISPLAY);
      if (display != EGL_NO_DISPLAY && eglInitialize(display, nullptr, nullptr) == EGL_FALSE) {
        display = EGL_NO_DISPLAY;
      }
    }
    return display;
  }();
  return chosen;
}

/// Creates a context for OpenGL 3.2; `context` stays empty where that fails.
EglContext makeContext() {
  constexpr std::array<EGLint, 13> wanted{EGL_SURFACE_TYPE,
                                          EGL_PBUFFER_BIT,
                                          EGL_RENDERABLE_TYPE,
                                          EGL_OPENGL_BIT,
                                          EGL_RED_SIZE,
                                          8,
                                          EGL_GREEN_SIZE,
                                          8,
                                          EGL_BLUE_SIZE,
                                          8,
                                          EGL_ALPHA_SIZE,
                                          8,
                                          EGL_NONE};
  constexpr std::array<EGLint, 7> version{EGL_CONTEXT_MAJOR_VERSION,
                                          3,
                                          EGL_CONTEXT_MINOR_VERSION,
                                          2,
                                          EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                          EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                          EGL_NONE};
  constexpr std::array<EGLint, 5> onePixel{EGL_WIDTH, 1, EGL_HEIGHT, 1, EGL_NONE};
  EglContext made{eglDisplay()};
  EGLConfig config = nullptr;
  EGLint found = 0;
  if (made.display == EGL_NO_DISPLAY || eglBindAPI(EGL_OPENGL_API) == EGL_FALSE ||
      eglChooseConfig(made.display, wanted.data(), &config, 1, &found) == EGL_FALSE || found == 0) {
    return {};
  }
  made.context = eglCreateContext(made.display, config, EGL_NO_CONTEXT, version.data());
  made.surface = eglCreatePbufferSurface(made.display, config, onePixel.data());
  return made;
}

void destroy(const EglContext& egl) {
  eglMakeCurrent(egl.display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  if (egl.surface != EGL_NO_SURFACE) {
    eglDestroySurface(egl.display, egl.surface);
  }
  if (egl.context != EGL_NO_CONTEXT) {
    eglDestroyContext(egl.display, egl.context);
  }
}

class EglWindow : public vtkGenericOpenGLRenderWindow {
public:
  static vtkSmartPointer<EglWindow> make(const EglContext& egl) {
    auto* made = new EglWindow;
    made->InitializeObjectBase();
    made->egl_ = egl;
    return vtkSmartPointer<EglWindow>::Take(made);
  }
  EglWindow(const EglWindow&) = delete;
  EglWindow& operator=(const EglWindow&) = delete;
  EglWindow(EglWindow&&) = delete;
  EglWindow& operator=(EglWindow&&) = delete;

  void MakeCurrent() override { (void)egl_.makeCurrent(); }
  bool IsCurrent() override {
    return egl_.context != EGL_NO_CONTEXT && eglGetCurrentContext() == egl_.context;
  }

  /// Corrects VTK's state: its OpenGL loader (GLEW) finds all functions, but reports failure
  /// because there is no X display.
  void OpenGLInitContext() override {
    const bool warned = vtkObject::GetGlobalWarningDisplay() != 0;
    vtkObject::GlobalWarningDisplayOff();
    vtkGenericOpenGLRenderWindow::OpenGLInitContext();
    vtkObject::SetGlobalWarningDisplay(warned ? 1 : 0);
    Initialized = true;
    GlewInitValid = true;
  }

protected:
  EglWindow() = default;
  ~EglWindow() override {
    if (egl_.context != EGL_NO_CONTEXT) {
      MakeCurrent();
      Finalize();
      destroy(egl_);
    }
  }

private:
  EglContext egl_;
};

} // namespace

vtkSmartPointer<vtkRenderWindow> makeEglWindow() {
  const EglContext egl = makeContext();
  // A libGL that supports only X contexts returns no version here; GLEW would then load nothing.
  if (egl.context == EGL_NO_CONTEXT || egl.surface == EGL_NO_SURFACE || !egl.makeCurrent() ||
      glGetString(GL_VERSION) == nullptr) {
    if (egl.display != EGL_NO_DISPLAY) {
      destroy(egl);
    }
    return nullptr;
  }
  const auto window = EglWindow::make(egl);
  window->SetOwnContext(0);
  window->SetFrameBlitModeToNoBlit();
  window->SetReadyForRendering(true);
  window->InitializeFromCurrentContext();
  return window;
}

} // namespace cortograph
