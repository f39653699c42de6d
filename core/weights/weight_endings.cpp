#include "weights/weight_endings.h"

#include "base/file_ending.h"

#include <array>

namespace cortograph {

std::span<const std::string_view> weightEndings() {
  static constexpr std::array<std::string_view, 7> endings{
      ".safetensors", ".pth", ".pth.tar", ".pt", ".bin", ".ckpt", ".index.json"};
  return endings;
}

bool namesWeights(const std::filesystem::path& file) {
  return hasEnding(file, weightEndings());
}

} // namespace cortograph
