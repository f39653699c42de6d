#pragma once

#include "demo/scenes/scene.h"
#include "subject/subject.h"

#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// One of the two simulated people, on a coarse or fine mesh. The people have the same cortex, but
/// their areas differ a little.
struct DemoPerson {
  int number = 1;
  bool fine = false; ///< 40,962 vertices per hemisphere; the first 10,242 are the coarse mesh's
  friend auto operator<=>(const DemoPerson&, const DemoPerson&) = default;
};

/// Returns the person with the name "demo", "demo:2", "demo:fine" or "demo:2-fine"; nothing for any
/// other name.
[[nodiscard]] std::optional<DemoPerson> demoPersonNamed(const std::string& spec);
[[nodiscard]] const std::vector<std::string>& demoPersonNames();

/// Makes a simulated subject from seeds. It sees 1,300 training and 200 test scenes three times
/// each. The responses of about 4,000 vertices (16,000 on the fine mesh) are means over the
/// repeats, with noise that agrees with the noise ceiling. The subject includes its truth. The
/// first call takes a few seconds; copies share the pictures and the responses.
[[nodiscard]] Subject demoSubject(const DemoPerson& person = {});

/// Returns the scenes that the images show: training scenes, then test scenes. Both people see the
/// same scenes.
[[nodiscard]] const std::vector<demo::Scene>& demoScenes();

inline constexpr std::size_t demoRepeats = 3;
/// Returns the responses of each repeat to the test images, images × N; their mean is the test
/// response.
[[nodiscard]] std::vector<Array<float>> demoTestRepeats(const DemoPerson& person);

} // namespace cortograph
