#pragma once

#include "images/image_prep.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// What the configuration files that are published with weights tell of a vision network.
struct NetworkConfig {
  std::optional<int> heads;
  std::optional<std::string> activation; ///< in this program's words where it has one
  std::optional<double> layerNormEps;
  std::optional<Extent> imageSize; ///< pixels
  std::optional<std::array<float, 3>> mean;
  std::optional<std::array<float, 3>> deviation;
  std::optional<Resampling> resampling;
  std::optional<Framing> framing;
  std::optional<double> cropShare;
  /// "heads" → "config.json": which file said it.
  std::vector<std::pair<std::string, std::string>> origins;
};

/// A family's preparation as far as the configuration does not say otherwise.
[[nodiscard]] Preparation preparationOf(const NetworkConfig& config, const Preparation& ofFamily);

/// Reads config.json, open_clip_config.json and preprocessor_config.json in the folder of the
/// weights, as Hugging Face, OpenCLIP and timm write them. A configuration of another width than
/// `width` (0: not known) is another network's, and passed over with a log line. A missing file is
/// none; one that is no JSON is passed over with a log line. Never throws for what it reads.
[[nodiscard]] NetworkConfig configBeside(const std::filesystem::path& weights, int width);

} // namespace cortograph
