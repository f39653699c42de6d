#include "viewer/picture/view.h"

#include "base/enum_words.h"

namespace cortograph {

namespace {

constexpr EnumWords viewWords{std::to_array<EnumWord<View>>({{View::lateral, "lateral"},
                                                             {View::medial, "medial"},
                                                             {View::dorsal, "dorsal"},
                                                             {View::ventral, "ventral"},
                                                             {View::anterior, "anterior"},
                                                             {View::posterior, "posterior"}})};
static_assert(viewWords.have(allViews));

} // namespace

std::string_view toString(View view) noexcept {
  return viewWords.of(view);
}

std::optional<View> viewNamed(std::string_view name) noexcept {
  return viewWords.named(name);
}

} // namespace cortograph
