#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace cortograph {

// A pipe or a device given as a file would keep its reader waiting for ever. These open plain files
// only: for anything else the stream has failed, or the pointer is null.

[[nodiscard]] inline std::ifstream openPlainFile(const std::filesystem::path& file) {
  std::error_code ignored;
  std::ifstream stream;
  if (std::filesystem::is_regular_file(file, ignored)) {
    stream.open(file, std::ios::binary);
  } else {
    stream.setstate(std::ios::failbit);
  }
  return stream;
}

[[nodiscard]] inline std::FILE* openPlainFilePointer(const std::filesystem::path& file) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(file, ignored) ? std::fopen(file.c_str(), "rbe")
                                                         : nullptr;
}

} // namespace cortograph
