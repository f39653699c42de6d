#include "kinds/map_kind.h"

#include "base/error.h"
#include "base/text.h"

namespace cortograph {

const MapKind& mapKindNamed(std::string_view name) {
  std::string names;
  for (const MapKindEntry entry : mapKindTable()) {
    if (entry().name == name) {
      return entry();
    }
    names += (names.empty() ? "" : ", ") + std::string(entry().name);
  }
  throw Error(ErrorKind::notFound,
              "There is no map kind \"" + std::string(name) + "\"; choose one of " + names + ".");
}

KindChoice parseKind(std::string_view text) {
  const std::size_t colon = text.find(':');
  KindChoice choice{&mapKindNamed(text.substr(0, colon))};
  if (colon == std::string_view::npos) {
    return choice;
  }
  const std::string name(choice.kind->name);
  if (choice.kind->ofData) {
    choice.data = text.substr(colon + 1);
    if (choice.data.empty()) {
      throw Error(ErrorKind::format,
                  name + ": must be followed by the name of loaded data, as in " + name +
                      ":thickness.");
    }
    return choice;
  }
  if (!choice.kind->ofLayer) {
    throw Error(ErrorKind::unsupported,
                "The map kind " + name + " does not take a layer; write \"" + name +
                    "\" without the colon.");
  }
  const std::string_view number = text.substr(colon + 1);
  choice.layer = numberIn<int>(number).value_or(0);
  if (choice.layer < 1) {
    throw Error(ErrorKind::format,
                inQuotes(number) + " is not a layer; " + name +
                    ": must be followed by the layer's number, from 1, as in " + name + ":3.");
  }
  return choice;
}

} // namespace cortograph
