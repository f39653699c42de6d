#include "network/family.h"

#include "base/error.h"

#include <algorithm>
#include <tuple>
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
    names += (names.empty() ? "" : ", ") + std::string(entry().name());
  }
  return names;
}

/// Returns the family that this program recorded in the metadata; empty if there is none or its
/// name is unknown.
std::string familyIn(const WeightMetadata& metadata) {
  const auto written = metadata.find("family");
  for (const FamilyEntry entry : familyTable()) {
    if (written != metadata.end() && written->second == entry().name()) {
      return written->second;
    }
  }
  return {};
}

[[noreturn]] void refuse(const WeightFile& file,
                         const std::string& verdict,
                         const Family& family,
                         const FamilyMatch& match) {
  std::string sentence = "The weights " + file.name() + verdict + std::string(family.name()) +
                         " (" + std::string(family.title()) + ")";
  if (!match.missing.empty()) {
    sentence += ", but the file lacks " + someOf(match.missing);
  }
  if (!match.unexplained.empty()) {
    sentence += std::string(match.missing.empty() ? ", but" : "; and") +
                " the file has unknown tensors: " + someOf(match.unexplained);
  }
  throw Error(ErrorKind::unsupported,
              sentence + ". The families that can be read are " + familyNames() + ".");
}

} // namespace

const Family& familyNamed(std::string_view name) {
  for (const FamilyEntry entry : familyTable()) {
    if (entry().name() == name) {
      return entry();
    }
  }
  throw Error(ErrorKind::notFound,
              "There is no network family \"" + std::string(name) + "\"; choose auto or one of " +
                  familyNames() + ".");
}

const Family& recognizeFamily(const WeightFile& file, const std::string& wanted) {
  const bool given = wanted != "auto" && !wanted.empty();
  const std::string name = given ? wanted : familyIn(file.metadata());
  if (!name.empty()) {
    const Family& family = familyNamed(name);
    const FamilyMatch match = family.match(file);
    if (!match.fits()) {
      refuse(file, " are not of the family ", family, match);
    }
    return family;
  }
  const Family* nearest = nullptr;
  FamilyMatch best;
  for (const FamilyEntry entry : familyTable()) {
    FamilyMatch match = entry().match(file);
    const auto rank = [](const FamilyMatch& m) {
      return std::tuple(m.fits(), m.fits() && m.distinct, m.found);
    };
    if (nearest == nullptr || rank(match) > rank(best)) {
      nearest = &entry();
      best = std::move(match);
    }
  }
  if (!best.fits()) {
    refuse(file, " do not belong to a known family; the nearest is ", *nearest, best);
  }
  return *nearest;
}

} // namespace cortograph
