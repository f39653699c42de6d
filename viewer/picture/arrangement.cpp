#include "viewer/picture/arrangement.h"

#include "base/enum_words.h"

namespace cortograph {

namespace {

constexpr EnumWords arrangementWords{
    std::to_array<EnumWord<Arrangement>>({{Arrangement::maps, "maps"},
                                          {Arrangement::kinds, "kinds"},
                                          {Arrangement::subjects, "subjects"},
                                          {Arrangement::wrapped, "wrapped"}})};
static_assert(arrangementWords.have(allArrangements));

} // namespace

std::string_view toString(Arrangement arrangement) noexcept {
  return arrangementWords.of(arrangement);
}

std::optional<Arrangement> arrangementNamed(std::string_view name) noexcept {
  return arrangementWords.named(name);
}

} // namespace cortograph
