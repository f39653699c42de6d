#pragma once

#include "demo/scenes/scene.h"
#include "subject/subject.h"

#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// One of the two simulated people. Their cortex is the same, their areas lie a little apart.
struct DemoPerson {
  int number = 1;
  bool fine = false; ///< on 40,962 vertices a side, of which the first 10,242 are the others
  friend auto operator<=>(const DemoPerson&, const DemoPerson&) = default;
};

/// "demo", "demo:2", "demo:fine", "demo:2-fine"; nothing for any other name.
[[nodiscard]] std::optional<DemoPerson> demoPersonNamed(const std::string& spec);
[[nodiscard]] const std::vector<std::string>& demoPersonNames();

/// A simulated subject, made by the program from seeds: 1,300 training and 200 test scenes, seen
/// three times each, and what some 4,000 vertices (16,000 on the fine mesh) of the demo's cortex
/// answer to them: means over the repeats, with the noise that the noise ceiling states. Brings its
/// truth. The first call takes some seconds; copies share the pictures and the responses.
[[nodiscard]] Subject demoSubject(const DemoPerson& person = {});

/// What the images show: the training scenes, then the test scenes. Both people see the same.
[[nodiscard]] const std::vector<demo::Scene>& demoScenes();

inline constexpr std::size_t demoRepeats = 3;
/// Each repeat's responses to the test images, images × N, whose mean is the test response.
[[nodiscard]] std::vector<Array<float>> demoTestRepeats(const DemoPerson& person);

} // namespace cortograph
