#pragma once

#include "base/picture.h"
#include "viewer/color/colormap.h"
#include "viewer/picture/legend_style.h"

#include <string>
#include <vector>

namespace cortograph {

enum class Align { low, middle, high }; ///< which part of a text lies at its place

struct DrawnText {
  std::string text;
  double x = 0;
  double y = 0;
  double size = 1; ///< height of the font
  Align across = Align::middle;
  Align upwards = Align::middle;
  bool rotated = false; ///< reads from below to above; `across` and `upwards` stay the screen's
  bool bold = false;
  bool raised = false; ///< stands on colours of any kind: white with a dark shadow
  bool operator==(const DrawnText&) const = default;
};

struct DrawnPicture {
  Picture picture;
  double x = 0, y = 0, width = 0, height = 0;
  bool operator==(const DrawnPicture& other) const;
};

struct DrawnLine {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  bool light = false;  ///< the background's side of the ink: what is drawn on both stands out
  bool raised = false; ///< stands on colours of any kind: dark between light edges
  bool operator==(const DrawnLine&) const = default;
};

/// Flat marks over the brains, x right, y up; a value, so that it can be compared and moved.
struct Drawing {
  std::vector<DrawnPicture> pictures;
  std::vector<DrawnLine> lines;
  std::vector<DrawnText> texts;
  double width = 0;
  double height = 0;
  Font font = Font::sans; ///< of all texts
  bool operator==(const Drawing&) const = default;

  void frame(double x, double y, double w, double h);
  /// Adds the other's marks, scaled, then moved.
  void add(const Drawing& other, double scale, double x, double y);
};

/// Width of a text, in units of its size. On the thread of the windows.
[[nodiscard]] double textWidth(const std::string& text, Font font, bool bold = false);
/// Shortened with an ellipsis until it is no wider.
[[nodiscard]] std::string
elided(const std::string& text, double width, Font font, bool bold = false);
/// Dark on light, light on dark.
[[nodiscard]] Rgb inkOn(const Rgb& background);
/// VTK's number of the font.
[[nodiscard]] int vtkFontOf(Font font) noexcept;

} // namespace cortograph
