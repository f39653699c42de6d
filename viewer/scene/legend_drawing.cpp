#include "viewer/scene/legend_drawing.h"

#include "viewer/scene/legend_axes.h"
#include "viewer/scene/paint.h"

#include <algorithm>
#include <cmath>

namespace cortograph {

namespace {

constexpr double patch = 0.9; ///< side of a single colour
constexpr double afterPatch = legendTick + legendGap;

/// A legend's drawing without the "no data" swatch; its colours begin at height `floor`.
struct Key {
  Drawing drawing;
  double floor = 0;
};

/// Turns a vertical bar so that its low end is on the left.
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

Key keyOf(Font font) {
  Key key;
  key.drawing.font = font;
  return key;
}

Key drawBar(const Legend& legend, bool lying, Font font) {
  const LegendAxis& axis = legend.axes.front();
  const double length = lengthFor(axis, lying ? 9 : 8, lying, font);
  Key key = keyOf(font);
  Drawing& drawing = key.drawing;
  if (lying) {
    key.floor = heightBelow(axis, length, font);
    drawColors(drawing, turned(legend.swatch), 0, key.floor, length, patch);
    drawAxisBelow(drawing, axis, 0, key.floor, length);
    drawing.width = length;
    drawing.height = key.floor + patch;
  } else {
    drawColors(drawing, legend.swatch, 0, 0, patch, length);
    drawAxisBeside(drawing, axis, patch, 0, length, false);
    drawing.width = patch + widthBeside(axis, length, font);
    drawing.height = length;
  }
  return key;
}

Key drawSquare(const Legend& legend, bool lying, Font font) {
  const LegendAxis& across = legend.axes[0];
  const LegendAxis& down = legend.axes[1];
  const double length =
      lengthFor(down, lengthFor(across, lying ? 4.2 : 5, true, font), false, font);
  Key key = keyOf(font);
  Drawing& drawing = key.drawing;
  key.floor = heightBelow(across, length, font);
  drawColors(drawing, legend.swatch, 0, key.floor, length, length);
  drawAxisBelow(drawing, across, 0, key.floor, length);
  drawAxisBeside(drawing, down, length, key.floor, length, true);
  drawing.width = length + widthBeside(down, length, font);
  drawing.height = key.floor + length;
  return key;
}

/// Draws the image as the subject saw it: its frame, the fixation point, and the names of its
/// sides.
Key drawImage(const Legend& legend, bool lying, Font font) {
  constexpr double arm = 0.35;       ///< length of the cross's arms
  constexpr double longestTitle = 9; ///< a longer title is broken into lines
  const double length = lying ? 4.2 : 5;
  const LegendAxis& across = legend.axes[0];
  const LegendAxis& down = legend.axes[1];
  const double gap = 2 * legendGap;
  const double left = legendTextWidth(across.ticks.front().label, font) + gap;
  const double right = legendTextWidth(across.ticks.back().label, font) + gap;
  const double words = left + length + right;
  const auto title = linesOf(across.title, std::max(words, longestTitle), font);
  double width = words;
  for (const std::string& line : title) {
    width = std::max(width, legendTextWidth(line, font));
  }
  const double indent = (width - words) / 2;
  Key key = keyOf(font);
  Drawing& drawing = key.drawing;
  const double side = legendLine + gap; // for a word above or below
  key.floor = static_cast<double>(title.size()) * legendLine + side;
  const double west = indent + left;
  const double middle = west + length / 2;
  const double center = key.floor + length / 2;
  drawColors(drawing, legend.swatch, west, key.floor, length, length);
  drawing.lines.push_back(
      {.x0 = middle - arm, .y0 = center, .x1 = middle + arm, .y1 = center, .raised = true});
  drawing.lines.push_back(
      {.x0 = middle, .y0 = center - arm, .x1 = middle, .y1 = center + arm, .raised = true});
  const auto word = [&](const LegendTick& tick, double x, double y, Align h, Align v) {
    addLegendText(drawing, tick.label, x, y, h, v);
  };
  word(across.ticks.front(), west - gap, center, Align::high, Align::middle);
  word(across.ticks.back(), west + length + gap, center, Align::low, Align::middle);
  word(down.ticks.front(), middle, key.floor + length + gap, Align::middle, Align::low);
  word(down.ticks.back(), middle, key.floor - gap, Align::middle, Align::high);
  double line = key.floor - side;
  for (const std::string& text : title) {
    addLegendText(drawing, text, width / 2, line, Align::middle, Align::high);
    line -= legendLine;
  }
  drawing.width = width;
  drawing.height = key.floor + length + side;
  return key;
}

/// Draws the greys of the bare cortex and their meaning.
Drawing drawNoData(Font font) {
  const std::string label = "no data";
  Picture greys(2, 1);
  for (int x = 0; x < 2; ++x) {
    std::ranges::copy(bytesOf(x == 0 ? gyrusGray : sulcusGray), greys.pixel(x, 0));
    greys.pixel(x, 0)[3] = 255;
  }
  Drawing drawing;
  drawing.font = font;
  drawColors(drawing, greys, 0, 0, patch, patch);
  addLegendText(drawing, label, patch + afterPatch, patch / 2, Align::low, Align::middle);
  drawing.width = patch + afterPatch + legendTextWidth(label, font);
  drawing.height = patch;
  return drawing;
}

Drawing withNoData(const Key& key, bool lying, Font font) {
  const Drawing noData = drawNoData(font);
  Drawing all;
  all.font = font;
  if (lying) {
    const double gap = 1.2;
    all.add(key.drawing, 1, 0, 0);
    all.add(noData, 1, key.drawing.width + gap, key.floor);
    all.width = key.drawing.width + gap + noData.width;
    all.height = key.drawing.height;
  } else {
    const double gap = 1.0;
    all.add(key.drawing, 1, 0, noData.height + gap);
    all.add(noData, 1, 0, 0);
    all.width = std::max(key.drawing.width, noData.width);
    all.height = key.drawing.height + gap + noData.height;
  }
  return all;
}

/// Draws the entries of a list, each with its colour, name and count, all of the same width.
std::vector<Drawing> cellsOf(const Legend& legend, Font font) {
  constexpr double beforeCount = 0.6;
  double names = 0;
  double counts = 0;
  for (const LegendEntry& entry : legend.entries) {
    names = std::max(names, legendTextWidth(entry.label, font));
    counts = std::max(counts, legendTextWidth(std::to_string(entry.vertices), font));
  }
  std::vector<Drawing> cells;
  for (std::size_t i = 0; i < legend.entries.size(); ++i) {
    Drawing& cell = cells.emplace_back();
    Picture color(1, 1);
    std::copy_n(legend.swatch.pixel(static_cast<int>(i), 0), 4, color.pixel(0, 0));
    drawColors(cell, color, 0, 0, patch, patch);
    const double end = patch + afterPatch + names + beforeCount + counts;
    addLegendText(
        cell, legend.entries[i].label, patch + afterPatch, patch / 2, Align::low, Align::middle);
    addLegendText(cell,
                  std::to_string(legend.entries[i].vertices),
                  end,
                  patch / 2,
                  Align::high,
                  Align::middle);
    cell.width = end;
  }
  if (legend.more > 0) {
    Drawing& cell = cells.emplace_back();
    const std::string text = "and " + std::to_string(legend.more) + " more";
    addLegendText(cell, text, 0, patch / 2, Align::low, Align::middle);
    cell.width = legendTextWidth(text, font);
  }
  cells.push_back(drawNoData(font));
  return cells;
}

/// Draws the cells below a title, column by column.
Drawing drawColumns(const std::vector<Drawing>& cells,
                    std::size_t columns,
                    const std::string& title,
                    Font font) {
  constexpr double row = legendLine + 0.05;
  constexpr double between = 1.0;
  constexpr double longestTitle = 7.5; ///< a longer title is broken if the cells are narrower
  const double cell = std::ranges::max(cells, {}, &Drawing::width).width;
  const std::size_t rows = (cells.size() + columns - 1) / columns;
  columns = (cells.size() + rows - 1) / rows;
  Drawing all;
  all.font = font;
  all.width = static_cast<double>(columns) * (cell + between) - between;
  const auto lines = linesOf(title, std::max(all.width, longestTitle), font);
  const double table = static_cast<double>(rows) * row;
  all.height = table + static_cast<double>(lines.size()) * legendLine;
  double top = all.height;
  for (const std::string& line : lines) {
    addLegendText(all, line, 0, top, Align::low, Align::high);
    all.width = std::max(all.width, legendTextWidth(line, font));
    top -= legendLine;
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    all.add(cells[i],
            1,
            static_cast<double>(i / rows) * (cell + between),
            table - row * static_cast<double>(i % rows + 1));
  }
  return all;
}

/// Draws a list with the number of columns that allows the largest scale; on ties, the narrowest
/// drawing beside the brain, the lowest one below it.
Drawing drawList(const Legend& legend, const LegendRoom& room, Font font) {
  const std::vector<Drawing> cells = cellsOf(legend, font);
  Drawing best;
  double bestScale = 0;
  for (std::size_t columns = 1; columns <= cells.size(); ++columns) {
    Drawing drawing = drawColumns(cells, columns, legend.axes.front().title, font);
    const double scale = std::min({1.0, room.width / drawing.width, room.height / drawing.height});
    if (scale > bestScale || (room.below && scale >= bestScale && drawing.height < best.height)) {
      best = std::move(drawing);
      bestScale = scale;
    }
  }
  return best;
}

} // namespace

Drawing drawLegend(const Legend& legend, const LegendRoom& room, Font font) {
  switch (legend.form) {
  case LegendForm::list:
    return drawList(legend, room, font);
  case LegendForm::image:
    return withNoData(drawImage(legend, room.below, font), room.below, font);
  case LegendForm::square:
    return withNoData(drawSquare(legend, room.below, font), room.below, font);
  case LegendForm::bar:
    break;
  }
  return withNoData(drawBar(legend, room.below, font), room.below, font);
}

} // namespace cortograph
