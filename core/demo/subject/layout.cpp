#include "demo/subject/demo_subject.h"
#include "subject/subject.h"

namespace cortograph::layouts {

const Layout& demo() {
  static const Layout layout{
      "demo",
      "Built-in simulated subjects",
      "made by the program; named demo, demo:2, and demo:fine, demo:2-fine on the finer mesh",
      [](const std::string& spec) { return demoPersonNamed(spec).has_value(); },
      [](const std::string& spec) { return demoSubject(demoPersonNamed(spec).value()); },
      &demoPersonNames};
  return layout;
}

} // namespace cortograph::layouts
