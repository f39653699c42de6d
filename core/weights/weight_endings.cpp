#include "weights/weight_endings.h"

#include <algorithm>
#include <array>
#include <string>

namespace cortograph {

std::span<const std::string_view> weightEndings() {
  static constexpr std::array<std::string_view, 6> endings{
      ".safetensors", ".pth", ".pt", ".bin", ".ckpt", ".index.json"};
  return endings;
}

bool namesWeights(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const std::span<const std::string_view> endings = weightEndings();
  return std::any_of(endings.begin(), endings.end(), [&name](std::string_view ending) {
    return name.ends_with(ending);
  });
}

} // namespace cortograph
