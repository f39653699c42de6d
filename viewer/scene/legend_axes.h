#pragma once

#include "viewer/color/legend.h"
#include "viewer/scene/drawing.h"

#include <string>
#include <vector>

namespace cortograph {

// The marks beside a legend's colours, in units of the text's height.
inline constexpr double legendLetters = 0.9; ///< size of the text
inline constexpr double legendLine = 1.15;   ///< from one line of text to the next
inline constexpr double legendTick = 0.25;   ///< length
inline constexpr double legendGap = 0.12;    ///< between tick and label

[[nodiscard]] double legendTextWidth(const std::string& text, Font font);
void addLegendText(Drawing& drawing,
                   const std::string& text,
                   double x,
                   double y,
                   Align across,
                   Align upwards,
                   bool rotated = false);

/// Lines of a text, broken between words so that as few as can be are no wider than this, as far
/// as words allow, and of about the same width.
[[nodiscard]] std::vector<std::string> linesOf(const std::string& text, double width, Font font);

/// The least length or more, so that the longest word of the title and, of a horizontal axis, the
/// labels of both ends have room along it.
[[nodiscard]] double lengthFor(const LegendAxis& axis, double least, bool horizontal, Font font);

/// Ticks and title below a horizontal axis, and the room that they take.
void drawAxisBelow(Drawing& drawing, const LegendAxis& axis, double x, double y, double length);
[[nodiscard]] double heightBelow(const LegendAxis& axis, double length, Font font);

/// Ticks and title to the right of a vertical axis; `downwards` when its low end is at the top.
void drawAxisBeside(
    Drawing& drawing, const LegendAxis& axis, double x, double y, double length, bool downwards);
[[nodiscard]] double widthBeside(const LegendAxis& axis, double length, Font font);

} // namespace cortograph
