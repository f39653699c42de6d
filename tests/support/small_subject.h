#pragma once

#include "subject/subject.h"

namespace cortograph::test {

/// 40 vertices a side on two spheres; 24 training images of a bright bar each, and responses that
/// tell where it is.
[[nodiscard]] Subject smallSubject();

/// The responses to these images, to compare with or to change.
[[nodiscard]] Array<float> responsesOf(const Session& session);

} // namespace cortograph::test
