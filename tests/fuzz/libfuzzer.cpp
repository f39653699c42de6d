#include "fuzz/targets.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

/// Called by libFuzzer; CORTOGRAPH_FUZZ_TARGET is the name of the target it drives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto targets = cortograph::test::fuzzTargets();
  static const auto target =
      std::find_if(targets.begin(), targets.end(), [](const auto& candidate) {
        return candidate.name == std::string_view(CORTOGRAPH_FUZZ_TARGET);
      });
  target->run({reinterpret_cast<const std::byte*>(data), size});
  return 0;
}
