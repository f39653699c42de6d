#pragma once

#include "weights/weight_file.h"

#include <filesystem>
#include <string>

namespace cortograph::test {

/// The names, shapes and types of a file's tensors and every byte of their data.
inline std::string contentOf(const std::filesystem::path& path) {
  const WeightFile file = WeightFile::open(path);
  std::string text;
  for (const auto& [name, tensor] : file.tensors()) {
    text += name + shapeText(tensor.shape) + std::string(toString(tensor.type));
    text.append(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
  }
  return text;
}

} // namespace cortograph::test
