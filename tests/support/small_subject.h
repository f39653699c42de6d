#pragma once

#include "subject/subject.h"

namespace cortograph::test {

/// Makes a subject with 40 vertices a side on two spheres, 24 training images of a bright bar, and
/// responses that depend on its position.
[[nodiscard]] Subject smallSubject();

/// Returns the responses to all images of a split.
[[nodiscard]] Array<float> responsesOf(const Split& split);

} // namespace cortograph::test
