#include "viewer/scene/legend_drawing.h"

#include "viewer/scene/paint.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace cortograph {

namespace {

constexpr double letters = 0.9; ///< size of the text
constexpr double tickLength = 0.25;
constexpr double tickGap = 0.12; ///< between tick and label
constexpr double lineHeight = 1.15;

Align alignAt(float place) {
  return place < 0.02F ? Align::low : place > 0.98F ? Align::high : Align::middle;
}

double widest(const LegendAxis& axis) {
  double width = 0;
  for (const LegendTick& tick : axis.ticks) {
    width = std::max(width, letters * textWidth(tick.label));
  }
  return width;
}

/// The title fits on the labels' line when these stand at the ends only.
bool titleFitsBetween(const LegendAxis& axis, double length) {
  double labels = 0;
  for (const LegendTick& tick : axis.ticks) {
    if (alignAt(tick.place) == Align::middle) {
      return false;
    }
    labels += letters * textWidth(tick.label);
  }
  return labels + letters * textWidth(axis.title) + 1.0 < length;
}

double heightBelow(const LegendAxis& axis, double length) {
  const bool ownLine = !axis.title.empty() && !titleFitsBetween(axis, length);
  return tickGap + (axis.ticks.empty() ? 0 : tickLength + lineHeight) + (ownLine ? lineHeight : 0);
}

/// Ticks and title below a horizontal axis.
void drawBelow(Drawing& drawing, const LegendAxis& axis, double x, double y, double length) {
  double line = y - tickLength - tickGap;
  double free = -length; // from where on there is room for a label
  for (const LegendTick& tick : axis.ticks) {
    const double at = x + tick.place * length;
    const double width = letters * textWidth(tick.label);
    const Align align = alignAt(tick.place);
    const double left = at - (align == Align::low ? 0 : align == Align::middle ? width / 2 : width);
    drawing.lines.push_back({at, y, at, y - tickLength});
    if (left >= free) {
      drawing.texts.push_back({tick.label, at, line, letters, align, Align::high, false, false});
      free = left + width + 0.3;
    }
  }
  if (!axis.title.empty()) {
    line -= titleFitsBetween(axis, length) ? 0 : lineHeight;
    drawing.texts.push_back(
        {axis.title, x + length / 2, line, letters, Align::middle, Align::high, false, false});
  }
}

double widthBeside(const LegendAxis& axis) {
  return (axis.ticks.empty() ? 0 : tickLength + tickGap + widest(axis)) +
         (axis.title.empty() ? 0 : tickGap + lineHeight);
}

/// Ticks and title to the right of a vertical axis; `downwards` when its low end is at the top.
void drawBeside(
    Drawing& drawing, const LegendAxis& axis, double x, double y, double length, bool downwards) {
  std::optional<double> last; // where the last label stands
  for (const LegendTick& tick : axis.ticks) {
    const float up = downwards ? 1 - tick.place : tick.place;
    const double at = y + up * length;
    drawing.lines.push_back({x, at, x + tickLength, at});
    if (!last || std::abs(at - *last) >= letters) {
      drawing.texts.push_back({tick.label,
                               x + tickLength + tickGap,
                               at,
                               letters,
                               Align::low,
                               alignAt(up),
                               false,
                               false});
      last = at;
    }
  }
  if (!axis.title.empty()) {
    const double labels = axis.ticks.empty() ? 0 : tickLength + tickGap + widest(axis);
    drawing.texts.push_back({axis.title,
                             x + labels + 2 * tickGap,
                             y + length / 2,
                             letters,
                             Align::low,
                             Align::middle,
                             true,
                             false});
  }
}

Picture turned(const Picture& bar) {
  Picture lying(bar.height, bar.width);
  for (int x = 0; x < lying.width; ++x) {
    std::copy_n(bar.pixel(0, bar.height - 1 - x), 4, lying.pixel(x, 0));
  }
  return lying;
}

void drawColors(Drawing& drawing, const Picture& colors, double x, double y, double w, double h) {
  drawing.pictures.push_back({colors, x, y, w, h});
  drawing.frame(x, y, w, h);
}

Drawing drawBar(const Legend& legend, bool lying) {
  const LegendAxis& axis = legend.axes.front();
  Drawing drawing;
  if (lying) {
    const double length = 9;
    const double below = heightBelow(axis, length);
    drawColors(drawing, turned(legend.swatch), 0, below, length, 0.9);
    drawBelow(drawing, axis, 0, below, length);
    drawing.width = length;
    drawing.height = below + 0.9;
  } else {
    const double length = 8;
    drawColors(drawing, legend.swatch, 0, 0, 0.9, length);
    drawBeside(drawing, axis, 0.9, 0, length, false);
    drawing.width = 0.9 + widthBeside(axis);
    drawing.height = length;
  }
  return drawing;
}

Drawing drawSquare(const Legend& legend, bool lying) {
  const double length = lying ? 4.2 : 5;
  const LegendAxis& across = legend.axes[0];
  const LegendAxis& down = legend.axes[1];
  Drawing drawing;
  const double below = heightBelow(across, length);
  drawColors(drawing, legend.swatch, 0, below, length, length);
  drawBelow(drawing, across, 0, below, length);
  drawBeside(drawing, down, length, below, length, true);
  drawing.width = length + widthBeside(down);
  drawing.height = below + length;
  return drawing;
}

/// The greys of the bare cortex and what they mean.
Drawing drawNoData() {
  constexpr double side = 0.9;
  const std::string label = "no data";
  Picture greys(2, 1);
  for (int x = 0; x < 2; ++x) {
    std::ranges::copy(bytesOf(x == 0 ? gyrusGrey : sulcusGrey), greys.pixel(x, 0));
    greys.pixel(x, 0)[3] = 255;
  }
  Drawing drawing;
  drawColors(drawing, greys, 0, 0, side, side);
  drawing.texts.push_back({label,
                           side + tickLength + tickGap,
                           side / 2,
                           letters,
                           Align::low,
                           Align::middle,
                           false,
                           false});
  drawing.width = side + tickLength + tickGap + letters * textWidth(label);
  drawing.height = side;
  return drawing;
}

} // namespace

Drawing drawLegend(const Legend& legend, bool lying) {
  const Drawing key =
      legend.form == LegendForm::bar ? drawBar(legend, lying) : drawSquare(legend, lying);
  const Drawing noData = drawNoData();
  Drawing all;
  if (lying) {
    const double gap = 1.2;
    const double lift = key.height - (legend.form == LegendForm::bar ? noData.height : 4.2);
    all.add(key, 1, 0, 0);
    all.add(noData, 1, key.width + gap, lift);
    all.width = key.width + gap + noData.width;
    all.height = key.height;
  } else {
    const double gap = 1.0;
    all.add(key, 1, 0, noData.height + gap);
    all.add(noData, 1, 0, 0);
    all.width = std::max(key.width, noData.width);
    all.height = key.height + gap + noData.height;
  }
  return all;
}

} // namespace cortograph
