#pragma once

#include "subject/subject.h"

namespace cortograph {

/// The built-in subject, "demo (simulated)", made by the program from seeds: 480 training and 96
/// test scenes and what some 2,400 vertices of the demo's cortex answer to them. Both splits hold
/// the noise that the noise ceiling states. The first call takes about a second; copies share the
/// pictures and the responses.
[[nodiscard]] Subject demoSubject();

} // namespace cortograph
