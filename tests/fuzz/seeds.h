#pragma once

#include <string>
#include <vector>

namespace cortograph::test {

/// Small files for a target of fuzzTargets() to begin with: sound ones, and ones wrong in one
/// place.
[[nodiscard]] std::vector<std::string> fuzzSeeds(const std::string& target);

} // namespace cortograph::test
