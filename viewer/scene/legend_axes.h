#pragma once

#include "viewer/color/legend.h"
#include "viewer/scene/drawing.h"

#include <string>
#include <vector>

namespace cortograph {

// These functions draw the marks beside a legend's colours, in units of the text's height.
inline constexpr double legendLetters = 0.9; ///< size of the text
inline constexpr double legendLine = 1.15;   ///< from one line of text to the next
inline constexpr double legendTick = 0.25;   ///< length
inline constexpr double legendGap = 0.12;    ///< between tick and label

/// Returns the width of a text of a legend.
[[nodiscard]] double legendTextWidth(const std::string& text, Font font);
/// Adds a text of a legend to a drawing.
void addLegendText(Drawing& drawing,
                   const std::string& text,
                   double x,
                   double y,
                   Align across,
                   Align upwards,
                   bool rotated = false);

/// Breaks a text between words into as few lines of at most this width as possible, all of about
/// the same width. A longer word has a line of its own.
[[nodiscard]] std::vector<std::string> linesOf(const std::string& text, double width, Font font);

/// Returns the length of an axis: `least`, or more if the longest word of the title or, on a
/// horizontal axis, the labels of both ends need it.
[[nodiscard]] double lengthFor(const LegendAxis& axis, double least, bool horizontal, Font font);

/// Draws ticks and title below a horizontal axis.
void drawAxisBelow(Drawing& drawing, const LegendAxis& axis, double x, double y, double length);
/// Returns the height that drawAxisBelow() needs.
[[nodiscard]] double heightBelow(const LegendAxis& axis, double length, Font font);

/// Draws ticks and title to the right of a vertical axis; `downwards` if its low end is at the top.
void drawAxisBeside(
    Drawing& drawing, const LegendAxis& axis, double x, double y, double length, bool downwards);
/// Returns the width that drawAxisBeside() needs.
[[nodiscard]] double widthBeside(const LegendAxis& axis, double length, Font font);

} // namespace cortograph
