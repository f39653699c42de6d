#include "demo/training/objective.h"

#include "base/error.h"

namespace cortograph {

const Objective& objectiveNamed(std::string_view name) {
  std::string names;
  for (const ObjectiveEntry entry : objectiveTable()) {
    if (entry().name == name) {
      return entry();
    }
    names += (names.empty() ? "" : ", ") + std::string(entry().name);
  }
  throw Error(ErrorKind::notFound,
              "There is no objective \"" + std::string(name) + "\"; choose one of " + names + ".");
}

} // namespace cortograph
