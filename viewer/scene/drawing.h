#pragma once

#include "base/picture.h"
#include "viewer/color/colormap.h"
#include "viewer/picture/legend_style.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cortograph {

/// The part of a text that is placed at its x or y.
enum class Align { low, middle, high };

/// A text of a Drawing.
struct DrawnText {
  std::string text;
  double x = 0;
  double y = 0;
  double size = 1; ///< height of the font
  Align across = Align::middle;
  Align upwards = Align::middle;
  bool rotated = false; ///< reads upwards; `across` and `upwards` still refer to the screen
  bool bold = false;
  bool raised = false; ///< legible on any colour: white with a dark shadow
  bool operator==(const DrawnText&) const = default;
};

/// A picture of a Drawing.
struct DrawnPicture {
  Picture picture;
  double x = 0, y = 0, width = 0, height = 0;
  bool operator==(const DrawnPicture& other) const;
};

/// A straight line of a Drawing.
struct DrawnLine {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  /// Has the inverse of the ink's colour; next to the ink it is always visible.
  bool light = false;
  bool raised = false; ///< visible on any colour: dark between light edges
  bool operator==(const DrawnLine&) const = default;
};

/// Holds flat marks over the brains, x right, y up, as a value that can be compared and moved.
struct Drawing {
  std::vector<DrawnPicture> pictures;
  std::vector<DrawnLine> lines;
  std::vector<DrawnText> texts;
  double width = 0;
  double height = 0;
  Font font = Font::sans; ///< font of all texts
  bool operator==(const Drawing&) const = default;

  /// Adds the lines of a rectangle.
  void frame(double x, double y, double w, double h);
  /// Adds the other's marks, scaled, then moved.
  void add(const Drawing& other, double scale, double x, double y);
};

/// The most characters of a text that are drawn: the middle of a longer one is left out.
inline constexpr std::size_t mostLetters = 300;

/// Returns the width of a text as shownText() gives it, in units of its size. Call on the GUI
/// thread.
[[nodiscard]] double textWidth(const std::string& text, Font font, bool bold = false);
/// Returns the text, shortened with an ellipsis if it is wider than this.
[[nodiscard]] std::string
elided(const std::string& text, double width, Font font, bool bold = false);
/// Returns a colour for marks on a background: dark on light, light on dark.
[[nodiscard]] Rgb inkOn(const Rgb& background);
/// Returns VTK's number of the font.
[[nodiscard]] int vtkFontOf(Font font) noexcept;

} // namespace cortograph
