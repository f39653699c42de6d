#include "viewer/color/legend.h"

#include "base/error.h"
#include "base/number_words.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace cortograph {

namespace {

LegendAxis legendAxis(const Axis& axis) {
  LegendAxis result{axis.unit.empty() ? axis.title : axis.title + " (" + axis.unit + ")", {}};
  const std::vector<float> ends{axis.low, axis.high};
  const std::vector<float>& ticks = axis.ticks.empty() ? ends : axis.ticks;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    result.ticks.push_back(
        {placeOn(axis, ticks[i]),
         i < axis.tickLabels.size() ? axis.tickLabels[i] : inThreeDigits(ticks[i])});
  }
  return result;
}

Picture swatchOf(const Colormap& colormap, LegendForm form) {
  Picture swatch = form == LegendForm::bar ? Picture(1, 256) : Picture(64, 64);
  for (int y = 0; y < swatch.height; ++y) {
    for (int x = 0; x < swatch.width; ++x) {
      const float across = (static_cast<float>(x) + 0.5F) / static_cast<float>(swatch.width);
      const float down = (static_cast<float>(y) + 0.5F) / static_cast<float>(swatch.height);
      const auto rgb = form == LegendForm::bar ? colorBytes(colormap, 1.0F - down, 0.0F)
                                               : colorBytes(colormap, across, down);
      std::uint8_t* pixel = swatch.pixel(x, y);
      std::ranges::copy(rgb, pixel);
      pixel[3] = 255;
    }
  }
  return swatch;
}

/// Returns the labels with the most vertices, in the labels' own order.
std::vector<KindLabel> mostFrequent(std::vector<KindLabel> labels) {
  std::vector<std::size_t> sizes;
  std::ranges::transform(labels, std::back_inserter(sizes), &KindLabel::vertices);
  std::ranges::sort(sizes, std::greater());
  if (sizes.size() <= mostEntries + 1) { // "and 1 more" would take as much room as the label
    return labels;
  }
  const std::size_t least = sizes[mostEntries - 1];
  auto equal = static_cast<std::ptrdiff_t>(mostEntries) -
               std::ranges::count_if(sizes, [least](std::size_t size) { return size > least; });
  std::erase_if(labels, [&](const KindLabel& label) {
    return label.vertices < least || (label.vertices == least && --equal < 0);
  });
  return labels;
}

void addEntries(Legend& legend,
                const std::vector<KindLabel>& labels,
                const Axis& axis,
                const Colormap& colormap) {
  const std::vector<KindLabel> shown = mostFrequent(labels);
  legend.more = labels.size() - shown.size();
  legend.swatch = Picture(static_cast<int>(shown.size()), 1);
  for (const KindLabel& label : shown) {
    std::uint8_t* pixel = legend.swatch.pixel(static_cast<int>(legend.entries.size()), 0);
    std::ranges::copy(colorBytes(colormap, placeOn(axis, label.value), 0.0F), pixel);
    pixel[3] = 255;
    legend.entries.push_back({label.name, label.vertices});
  }
}

} // namespace

bool Legend::operator==(const Legend& other) const {
  return form == other.form && axes == other.axes && swatch.rgba == other.swatch.rgba &&
         entries == other.entries && more == other.more;
}

Legend makeLegend(const MapKind& kind, const MapSource& source, const Colormap& colormap) {
  return makeLegend(kind, source, kind.axes(source), colormap);
}

Legend makeLegend(const MapKind& kind,
                  const MapSource& source,
                  const std::vector<Axis>& axes,
                  const Colormap& colormap) {
  const std::size_t expected = axisCount(kind.legend);
  const bool isList = kind.legend == LegendForm::list;
  if (axes.size() != expected || colormap.dimensions != static_cast<int>(expected) ||
      isList != (kind.labeled != nullptr)) {
    throw Error(ErrorKind::internal,
                "The map \"" + std::string(kind.name) + "\" has " + std::to_string(axes.size()) +
                    " axes and a colour map of " + std::to_string(colormap.dimensions) +
                    " dimensions where its legend needs " + std::to_string(expected) +
                    ", or it has no labels to list.");
  }
  Legend legend;
  legend.form = kind.legend;
  if (isList) {
    legend.axes = {{axes.front().title, {}}};
    addEntries(legend, kind.labeled(source), axes.front(), colormap);
  } else {
    std::ranges::transform(axes, std::back_inserter(legend.axes), legendAxis);
    legend.swatch = swatchOf(colormap, kind.legend);
  }
  return legend;
}

float placeOn(const Axis& axis, float value) {
  if (axis.high == axis.low) {
    return std::isnan(value) ? value : 0.5F;
  }
  const float place = (value - axis.low) / (axis.high - axis.low);
  return std::isnan(place) ? place : std::clamp(place, 0.0F, 1.0F);
}

std::array<std::uint8_t, 3> bytesOf(const Rgb& rgb) {
  std::array<std::uint8_t, 3> bytes{};
  std::ranges::transform(rgb, bytes.begin(), [](float c) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(c, 0.0F, 1.0F) * 255.0F));
  });
  return bytes;
}

std::array<std::uint8_t, 3> colorBytes(const Colormap& colormap, float u, float v) {
  return bytesOf(colormap.color(u, v));
}

} // namespace cortograph
