#include "brain/parcellation.h"

#include "base/error.h"

#include <algorithm>
#include <string_view>

namespace cortograph {

namespace {

/// Whether `part` is a numbered or a dorsal or ventral part of `whole`: FFA-1 of FFA, V1v of V1.
bool isPartOf(std::string_view part, std::string_view whole) {
  if (whole.empty() || part.size() <= whole.size() || !part.starts_with(whole)) {
    return false;
  }
  const std::string_view ending = part.substr(whole.size());
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  if (ending == "v" || ending == "d") {
    return isDigit(whole.back());
  }
  return ending.size() > 1 && ending.front() == '-' &&
         std::all_of(ending.begin() + 1, ending.end(), isDigit);
}

std::string namesIn(const Parcellation& parcellation) {
  std::string names;
  for (const Region& region : parcellation) {
    names += (names.empty() ? "" : ", ") + region.name;
  }
  return names;
}

} // namespace

Region regionNamed(const Parcellation& parcellation, const std::string& name) {
  std::vector<const Region*> parts;
  for (const Region& region : parcellation) {
    if (region.name == name) {
      parts.push_back(&region);
    }
  }
  if (parts.empty()) {
    for (const Region& region : parcellation) {
      if (isPartOf(region.name, name)) {
        parts.push_back(&region);
      }
    }
  }
  if (parts.empty()) {
    throw Error(ErrorKind::notFound,
                parcellation.empty()
                    ? "There is no region " + name + ": these data name no regions."
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
