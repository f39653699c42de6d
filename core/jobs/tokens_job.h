#pragma once

#include "jobs/settings.h"
#include "subject/subject.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// Extracts the tokens of images into a file.
struct TokensJob {
  NetworkSource network;
  TokenSettings tokens;
  ComputeSettings compute;
  /// The network's input: these images, or instead the batch in `preparedImages` (a .safetensors
  /// whose tensor `image` is B×3×H×W).
  std::vector<Stimulus> images;
  std::filesystem::path preparedImages;
  std::filesystem::path out; ///< tokens file to write
  bool float16 = false;      ///< store the tokens as float16
  std::string command;       ///< recorded in the file
};

} // namespace cortograph
