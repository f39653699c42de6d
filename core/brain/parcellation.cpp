#include "brain/parcellation.h"

#include "base/error.h"

#include <algorithm>

namespace cortograph {

namespace {

std::string namesIn(const Parcellation& parcellation) {
  std::string names;
  for (const Region& region : parcellation) {
    names += (names.empty() ? "" : ", ") + region.name;
  }
  return names;
}

} // namespace

std::string wholeRegion(const std::string& name) {
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const std::size_t size = name.size();
  // Not "6v" and "9-46d", which are areas of their own.
  const bool isVisualArea = name.starts_with("V") || name.starts_with("hV");
  if (isVisualArea && size > 2 && (name.back() == 'v' || name.back() == 'd') &&
      isDigit(name[size - 2])) {
    return name.substr(0, size - 1);
  }
  const std::size_t dash = name.rfind('-');
  if (dash == std::string::npos || dash == 0 || dash + 1 == size) {
    return name;
  }
  // Not "OP2-3" and "i6-8", which have no parts.
  const bool isNumbered = std::ranges::all_of(name.substr(0, dash), isLetter) &&
                          std::ranges::all_of(name.substr(dash + 1), isDigit);
  return isNumbered ? name.substr(0, dash) : name;
}

Region regionNamed(const Parcellation& parcellation, const std::string& name) {
  std::vector<const Region*> parts;
  for (const Region& region : parcellation) {
    if (region.name == name) {
      parts.push_back(&region);
    }
  }
  if (parts.empty()) {
    for (const Region& region : parcellation) {
      if (wholeRegion(region.name) == name) {
        parts.push_back(&region);
      }
    }
  }
  if (parts.empty()) {
    throw Error(ErrorKind::notFound,
                parcellation.empty()
                    ? "There is no region " + name + ": these data have no named regions."
                    : "There is no region " + name + "; there are " + namesIn(parcellation) + ".");
  }
  Region whole{name, parts.front()->group, parts.front()->member};
  for (const Region* part : parts) {
    std::transform(part->member.begin(),
                   part->member.end(),
                   whole.member.begin(),
                   whole.member.begin(),
                   [](std::uint8_t a, std::uint8_t b) {
                     return static_cast<std::uint8_t>(a != 0 || b != 0 ? 1 : 0);
                   });
  }
  return whole;
}

} // namespace cortograph
