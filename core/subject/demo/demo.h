#pragma once

#include "base/array.h"
#include "subject/subject.h"

#include <string>
#include <vector>

namespace cortograph {

/// The built-in subject, "demo (simulated)", made by the program from seeds: 480 training and 96
/// test scenes and what some 2,400 vertices of the demo's cortex answer to them. Both splits hold
/// the noise that the noise ceiling states. The first call takes about a second; copies share the
/// pictures and the responses.
[[nodiscard]] Subject demoSubject();

/// What is true of the demo's vertices, to hold a map against. N entries, as Subject::vertices.
struct DemoTruth {
  std::vector<std::string> area; ///< "V1v", "FFA-1"; empty between the named areas
  std::vector<float> x;          ///< where it looks, right, -1..1; 0 when not local
  std::vector<float> y;          ///< down
  std::vector<float> local;      ///< 1 answers to a place, 0 to the whole image
  std::vector<float> noiseCeiling;
  Array<float> testSignal; ///< test images × N: the test responses without their noise
};
[[nodiscard]] const DemoTruth& demoTruth();

} // namespace cortograph
