#include "base/error.h"
#include "viewer/scene/opengl.h"
#include "viewer/scene/scene.h"

#include <vtkNew.h>
#include <vtkRenderWindow.h>

namespace cortograph {

Picture drawFigure(const GridState& state, View view, int width, int height) {
  if (const std::string problem = openGlProblem(); !problem.empty()) {
    throw Error(ErrorKind::unsupported, problem);
  }
  vtkNew<vtkRenderWindow> window;
  window->SetShowWindow(false);
  window->SetUseOffScreenBuffers(true);
  Scene scene(*window);
  scene.setState(state);
  scene.throwProblem();
  scene.setView(view);
  return scene.capture(width, height);
}

} // namespace cortograph
