#pragma once

#include "app/cli/console.h"
#include "app/cli/data_options.h"
#include "app/session/saved_view.h"
#include "app/session/session.h"
#include "jobs/settings.h"

#include <CLI/App.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// The options for a picture's content, as they are typed.
struct PictureOptions {
  std::vector<std::filesystem::path> maps;
  std::filesystem::path like; ///< a figure with the same content
  DataOptions data;
  std::vector<std::string> show; ///< empty: the usual kinds for maps or data
  std::string preset;
  std::vector<std::string> views{"posterior"}; ///< shows the visual cortex, as in the window
  std::string surface = "inflated";
  std::optional<double> unfolding;
  std::filesystem::path against;
  std::string pin;    ///< "lh:12"
  std::string select; ///< a region, or "lh:1,2;rh:3"
  std::filesystem::path surfaces;
  std::string image;
  ComputeSettings compute;
  Style style;
  std::string size;
  double dotsPerInch = 0;
};

/// Adds the options. `options` must outlive the parsing.
void addPictureOptions(CLI::App& app, PictureOptions& options);

/// The content of a picture and its cameras, one per view.
struct PictureToDraw {
  ViewSession session;
  std::vector<Camera> cameras;

  [[nodiscard]] const Document& document() const { return session.document(); }
};
/// Opens the maps, finds their surfaces, and predicts responses. Throws Error.
[[nodiscard]] PictureToDraw pictureOf(const PictureOptions& options, const Console& console);

/// The size of one view.
struct PictureSize {
  int width = 0; ///< pixels
  int height = 0;
  double dotsPerInch = 0;
};
/// Reads the size: "2400x1200" pixels, "18cm" wide with a height that fits the grid, or "18x9cm".
/// Throws CLI::ValidationError.
[[nodiscard]] PictureSize sizeOf(const PictureOptions& options, const GridState& state);

} // namespace cortograph
