#include "network/family.h"

#include "base/error.h"

#include <algorithm>
#include <utility>

namespace cortograph {

namespace {

std::string someOf(const std::vector<std::string>& names) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
    text += (text.empty() ? "" : ", ") + names[i];
  }
  if (names.size() > most) {
    text += " and " + std::to_string(names.size() - most) + " more";
  }
  return text;
}

std::string familyNames() {
  std::string names;
  for (const FamilyEntry entry : familyTable()) {
    names += (names.empty() ? "" : ", ") + std::string(entry().name);
  }
  return names;
}

[[noreturn]] void refuse(const WeightFile& file, const Family& nearest, const FamilyMatch& match) {
  std::string sentence = "The weights " + file.name() + " are of no known family; the nearest is " +
                         std::string(nearest.name) + " (" + std::string(nearest.title) + ")";
  if (!match.missing.empty()) {
    sentence += ", of which it lacks " + someOf(match.missing);
  }
  if (!match.unexplained.empty()) {
    sentence += std::string(match.missing.empty() ? "," : " and") +
                " to which it adds tensors that are not understood: " + someOf(match.unexplained);
  }
  throw Error(ErrorKind::unsupported,
              sentence + ". Families that are read: " + familyNames() + ".");
}

} // namespace

const Family& familyNamed(std::string_view name) {
  for (const FamilyEntry entry : familyTable()) {
    if (entry().name == name) {
      return entry();
    }
  }
  throw Error(ErrorKind::notFound,
              "There is no network family \"" + std::string(name) + "\"; choose auto or one of " +
                  familyNames() + ".");
}

const Family& recogniseFamily(const WeightFile& file, const std::string& wanted) {
  if (wanted != "auto" && !wanted.empty()) {
    const Family& family = familyNamed(wanted);
    const FamilyMatch match = family.match(file.tensors());
    if (!match.fits()) {
      refuse(file, family, match);
    }
    return family;
  }
  const Family* nearest = nullptr;
  FamilyMatch best;
  for (const FamilyEntry entry : familyTable()) {
    FamilyMatch match = entry().match(file.tensors());
    const auto rank = [](const FamilyMatch& m) { return std::pair(m.fits(), m.share); };
    if (nearest == nullptr || rank(match) > rank(best)) {
      nearest = &entry();
      best = std::move(match);
    }
  }
  if (!best.fits()) {
    refuse(file, *nearest, best);
  }
  return *nearest;
}

} // namespace cortograph
