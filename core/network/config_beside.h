#pragma once

#include "images/image_prep.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// What the configuration files published with weights say about a vision network.
struct NetworkConfig {
  std::optional<int> heads;
  std::optional<std::string> activation; ///< this program's name for it, if it has one
  std::optional<double> layerNormEps;
  std::optional<Extent> imageSize;   ///< pixels that images are prepared to
  std::optional<Extent> trainedSize; ///< pixels that the position embedding was learnt on
  std::optional<std::array<float, 3>> mean;
  std::optional<std::array<float, 3>> deviation;
  std::optional<Resampling> resampling;
  std::optional<Framing> framing;
  std::optional<double> cropShare;
  /// Which file each setting was found in, such as "heads" → "config.json".
  std::vector<std::pair<std::string, std::string>> origins;
};

/// Returns the configuration's preparation; what it leaves open comes from `ofFamily`.
[[nodiscard]] Preparation preparationOf(const NetworkConfig& config, const Preparation& ofFamily);

/// Reads config.json, open_clip_config.json and preprocessor_config.json in the folder of the
/// weights, as Hugging Face, OpenCLIP and timm write them. A configuration with a width other than
/// `width` (0: unknown) belongs to another network; it is ignored, and so is a file that is not
/// JSON. Both are logged. Missing files are no error. Never throws because of what it reads.
[[nodiscard]] NetworkConfig configBeside(const std::filesystem::path& weights, int width);

} // namespace cortograph
