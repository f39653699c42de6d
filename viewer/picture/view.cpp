#include "viewer/picture/view.h"

namespace cortograph {

std::string_view toString(View view) noexcept {
  switch (view) {
  case View::lateral:
    return "lateral";
  case View::medial:
    return "medial";
  case View::dorsal:
    return "dorsal";
  case View::ventral:
    return "ventral";
  case View::anterior:
    return "anterior";
  case View::posterior:
    break;
  }
  return "posterior";
}

std::optional<View> viewNamed(std::string_view name) noexcept {
  for (const View view : allViews) {
    if (toString(view) == name) {
      return view;
    }
  }
  return std::nullopt;
}

} // namespace cortograph
