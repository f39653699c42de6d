#include "viewer/scene/legend_axes.h"

#include <algorithm>

namespace cortograph {

namespace {

constexpr double labelGap = 0.3; ///< between two labels side by side
constexpr double closest = 0.3;  ///< if ticks are closer, only those with labels get a line

Align alignAt(double place) {
  return place < 0.02 ? Align::low : place > 0.98 ? Align::high : Align::middle;
}

/// The extent of a label along its axis.
struct Span {
  double from = 0;
  double to = 0;
};

Span spanOf(double place, double length, double size) {
  const Align align = alignAt(place);
  const double from = place * length - (align == Align::low      ? 0
                                        : align == Align::middle ? size / 2
                                                                 : size);
  return {from, from + size};
}

/// Returns which labels are drawn: the first, the last and every n-th, for the smallest n that
/// keeps them apart, or for n + 1 if only that divides their number; the first alone if no n does.
std::vector<std::size_t> legibleOf(const std::vector<Span>& spans, double gap) {
  for (std::size_t step = 1; step <= spans.size(); ++step) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      if (i == 0 || i + 1 == spans.size() || (i + 1) % step == 0) {
        kept.push_back(i);
      }
    }
    const auto collide = [&](std::size_t a, std::size_t b) {
      return spans[b].from < spans[a].to + gap;
    };
    const bool nextEndsEvenly = spans.size() % step != 0 && spans.size() % (step + 1) == 0;
    if (!nextEndsEvenly && std::ranges::adjacent_find(kept, collide) == kept.end()) {
      return kept;
    }
  }
  return spans.empty() ? std::vector<std::size_t>() : std::vector<std::size_t>{0};
}

std::vector<std::size_t> legibleBelow(const LegendAxis& axis, double length, Font font) {
  std::vector<Span> spans;
  for (const LegendTick& tick : axis.ticks) {
    spans.push_back(
        spanOf(static_cast<double>(tick.place), length, legendTextWidth(tick.label, font)));
  }
  return legibleOf(spans, labelGap);
}

std::vector<std::size_t> legibleBeside(const LegendAxis& axis, double length) {
  std::vector<Span> spans;
  for (const LegendTick& tick : axis.ticks) {
    spans.push_back(spanOf(static_cast<double>(tick.place), length, legendLetters));
  }
  return legibleOf(spans, 0);
}

/// Returns the ticks that get a line: all, unless they are too close together.
std::vector<std::size_t>
linesAt(const LegendAxis& axis, double length, const std::vector<std::size_t>& legible) {
  std::vector<std::size_t> all(axis.ticks.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = i;
  }
  const bool close = std::ranges::adjacent_find(axis.ticks, [&](const auto& a, const auto& b) {
                       return static_cast<double>(b.place - a.place) * length < closest;
                     }) != axis.ticks.end();
  return close ? legible : all;
}

/// Returns whether the title fits between the labels, on their line: only if they are at the ends.
bool titleFitsBetween(const LegendAxis& axis, double length, Font font) {
  double labels = 0;
  for (const LegendTick& tick : axis.ticks) {
    if (alignAt(static_cast<double>(tick.place)) == Align::middle) {
      return false;
    }
    labels += legendTextWidth(tick.label, font);
  }
  return labels + legendTextWidth(axis.title, font) + 1.0 < length;
}

double widest(const LegendAxis& axis, Font font) {
  double width = 0;
  for (const LegendTick& tick : axis.ticks) {
    width = std::max(width, legendTextWidth(tick.label, font));
  }
  return width;
}

/// Fills lines of at most this width with words, one line after the other.
std::vector<std::string> filled(const std::vector<std::string>& words, double width, Font font) {
  std::vector<std::string> lines;
  for (const std::string& word : words) {
    const std::string longer = lines.empty() ? word : lines.back() + " " + word;
    if (!lines.empty() && legendTextWidth(longer, font) <= width) {
      lines.back() = longer;
    } else {
      lines.push_back(word);
    }
  }
  return lines;
}

} // namespace

double legendTextWidth(const std::string& text, Font font) {
  return legendLetters * textWidth(text, font);
}

void addLegendText(Drawing& drawing,
                   const std::string& text,
                   double x,
                   double y,
                   Align across,
                   Align upwards,
                   bool rotated) {
  drawing.texts.push_back({.text = text,
                           .x = x,
                           .y = y,
                           .size = legendLetters,
                           .across = across,
                           .upwards = upwards,
                           .rotated = rotated});
}

std::vector<std::string> linesOf(const std::string& text, double width, Font font) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    words.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  std::vector<std::string> lines = filled(words, width, font);
  // Find the narrowest lines that do not increase their number.
  for (double narrower = 0.95 * width; narrower > 0; narrower -= 0.05 * width) {
    std::vector<std::string> other = filled(words, narrower, font);
    if (other.size() > lines.size()) {
      break;
    }
    lines = std::move(other);
  }
  return lines;
}

double lengthFor(const LegendAxis& axis, double least, bool horizontal, Font font) {
  constexpr double hinting = 1.06; // hinting makes small letters somewhat wider
  double length = least;
  for (const std::string& line : linesOf(axis.title, least / hinting, font)) {
    length = std::max(length, hinting * legendTextWidth(line, font));
  }
  if (horizontal && axis.ticks.size() > 1) {
    length = std::max(length,
                      hinting * (legendTextWidth(axis.ticks.front().label, font) +
                                 legendTextWidth(axis.ticks.back().label, font)) +
                          2 * labelGap);
  }
  return length;
}

double heightBelow(const LegendAxis& axis, double length, Font font) {
  const double lines = axis.title.empty() || titleFitsBetween(axis, length, font)
                           ? 0
                           : static_cast<double>(linesOf(axis.title, length, font).size());
  return legendGap + (axis.ticks.empty() ? 0 : legendTick + legendLine) + lines * legendLine;
}

void drawAxisBelow(Drawing& drawing, const LegendAxis& axis, double x, double y, double length) {
  const Font font = drawing.font;
  double line = y - legendTick - legendGap;
  const std::vector<std::size_t> legible = legibleBelow(axis, length, font);
  for (const std::size_t i : linesAt(axis, length, legible)) {
    const double at = x + static_cast<double>(axis.ticks[i].place) * length;
    drawing.lines.push_back({.x0 = at, .y0 = y, .x1 = at, .y1 = y - legendTick});
  }
  for (const std::size_t i : legible) {
    const auto place = static_cast<double>(axis.ticks[i].place);
    addLegendText(
        drawing, axis.ticks[i].label, x + place * length, line, alignAt(place), Align::high);
  }
  if (axis.title.empty()) {
    return;
  }
  if (titleFitsBetween(axis, length, font)) {
    addLegendText(drawing, axis.title, x + length / 2, line, Align::middle, Align::high);
    return;
  }
  for (const std::string& text : linesOf(axis.title, length, font)) {
    line -= legendLine;
    addLegendText(drawing, text, x + length / 2, line, Align::middle, Align::high);
  }
}

double widthBeside(const LegendAxis& axis, double length, Font font) {
  const auto lines = static_cast<double>(linesOf(axis.title, length, font).size());
  return (axis.ticks.empty() ? 0 : legendTick + legendGap + widest(axis, font)) +
         (axis.title.empty() ? 0 : 2 * legendGap + lines * legendLine);
}

void drawAxisBeside(
    Drawing& drawing, const LegendAxis& axis, double x, double y, double length, bool downwards) {
  const auto upOf = [downwards](const LegendTick& tick) {
    return static_cast<double>(downwards ? 1 - tick.place : tick.place);
  };
  const std::vector<std::size_t> legible = legibleBeside(axis, length);
  for (const std::size_t i : linesAt(axis, length, legible)) {
    const double at = y + upOf(axis.ticks[i]) * length;
    drawing.lines.push_back({.x0 = x, .y0 = at, .x1 = x + legendTick, .y1 = at});
  }
  for (const std::size_t i : legible) {
    const double up = upOf(axis.ticks[i]);
    addLegendText(drawing,
                  axis.ticks[i].label,
                  x + legendTick + legendGap,
                  y + up * length,
                  Align::low,
                  alignAt(up));
  }
  double line = x + 2 * legendGap +
                (axis.ticks.empty() ? 0 : legendTick + legendGap + widest(axis, drawing.font));
  if (!axis.title.empty()) {
    for (const std::string& text : linesOf(axis.title, length, drawing.font)) {
      addLegendText(drawing, text, line, y + length / 2, Align::low, Align::middle, true);
      line += legendLine;
    }
  }
}

} // namespace cortograph
