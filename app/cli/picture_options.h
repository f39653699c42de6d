#pragma once

#include "app/cli/console.h"
#include "app/cli/data_options.h"
#include "app/session/saved_view.h"
#include "jobs/settings.h"

#include <CLI/App.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cortograph {

/// What a picture is to show, as it is typed.
struct PictureOptions {
  std::vector<std::filesystem::path> maps;
  std::filesystem::path like; ///< a figure that shows it
  DataOptions data;
  std::vector<std::string> show; ///< empty: what suits the maps or data
  std::string preset;
  std::vector<std::string> views{
      "posterior"}; ///< where the visual cortex is seen, as in the window
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

/// `options` must outlive the parse.
void addPictureOptions(CLI::App& app, PictureOptions& options);

/// What is shown, and from where. Opens the maps, finds their surfaces, predicts. Throws Error.
struct PictureToDraw {
  Document document;
  std::vector<Camera> cameras;
};
[[nodiscard]] PictureToDraw pictureOf(const PictureOptions& options, const Console& console);

/// Of one view: "2400x1200" pixels, "18cm" wide with a height that suits the grid, "18x9cm".
struct PictureSize {
  int width = 0; ///< pixels
  int height = 0;
  double dotsPerInch = 0;
};
[[nodiscard]] PictureSize sizeOf(const PictureOptions& options, const GridState& state);

} // namespace cortograph
