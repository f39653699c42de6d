#include "base/random.h"
#include "fuzz/targets.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t largest);

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

/// Half the time only a number is moved a little: a digit of JSON, or a byte behind a pickle's 'K'.
/// Offsets and shapes that are wrong by one are otherwise rarely met.
extern "C" std::size_t
LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t largest, unsigned seed) {
  cortograph::SplitMix random(seed);
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < size; ++i) {
    if ((data[i] >= '0' && data[i] <= '9') || (i > 0 && data[i - 1] == 'K')) {
      numbers.push_back(i);
    }
  }
  if (numbers.empty() || random.below(2) == 0) {
    return LLVMFuzzerMutate(data, size, largest);
  }
  const std::size_t place = numbers[random.below(numbers.size())];
  data[place] = static_cast<std::uint8_t>(data[place] + random.below(5) - 2);
  return size;
}
