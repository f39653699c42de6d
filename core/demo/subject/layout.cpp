#include "demo/subject/demo_subject.h"
#include "subject/subject.h"

namespace cortograph::layouts {

const Layout& demo() {
  static const Layout layout{
      .name = "demo",
      .title = "Built-in simulated subjects",
      .specification =
          "made by the program; their names are demo and demo:2, and demo:fine and demo:2-fine on "
          "a finer mesh",
      .recognizes = [](const std::string& spec) { return demoPersonNamed(spec).has_value(); },
      .read = [](const std::string& spec) { return demoSubject(demoPersonNamed(spec).value()); },
      .builtIn = &demoPersonNames};
  return layout;
}

} // namespace cortograph::layouts
