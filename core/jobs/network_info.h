#pragma once

#include "base/extent.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// The shape of a layer's tokens for one image.
struct LayerShape {
  int channels = 0;
  Extent grid; ///< size of the grid of local tokens
};

/// Describes the network that a weights file was recognised as.
struct NetworkInfo {
  std::string name;               ///< "ViT-B/16 timm" or the demo network's title
  std::string family;             ///< "timm"
  std::string evidence;           ///< the names and shapes it was recognised by
  bool program = false;           ///< its file is code, which runs only with consent (see Trust)
  std::vector<LayerShape> layers; ///< empty: unknown until the program may run
  int heads = 0;                  ///< attention heads; 0: unknown
  int patch = 0;                  ///< side of a patch, pixels; 0: no patches
  Extent image;                   ///< size of the input, pixels
  int registers = 0;
  std::string activation;
  double layerNormEps = 0;
  std::string preprocessing;
  /// Properties that names and shapes do not determine, and their sources: "heads", "config.json".
  std::vector<std::pair<std::string, std::string>> origins;
  std::int64_t parameters = 0;
  std::uintmax_t bytes = 0;
  std::string hash;                            ///< SHA-256 of the file
  std::vector<std::string> unused;             ///< tensors that the family does not use
  std::map<std::string, std::string> metadata; ///< the file's own metadata

  [[nodiscard]] int depth() const { return static_cast<int>(layers.size()); }
  [[nodiscard]] int width() const { return layers.empty() ? 0 : layers.front().channels; }
};

} // namespace cortograph
