#include "subject/demo/demo.h"

#include "subject/subject.h"

namespace cortograph::layouts {

const Layout& demo() {
  static const Layout layout{"demo",
                             "Built-in simulated subject",
                             "made by the program; named \"demo\"",
                             [](const std::string& spec) { return spec == "demo"; },
                             [](const std::string&) { return demoSubject(); }};
  return layout;
}

} // namespace cortograph::layouts
