#pragma once

#include "kinds/range.h"
#include "viewer/color/color_vision.h"
#include "viewer/color/colormap.h"
#include "viewer/picture/arrangement.h"
#include "viewer/picture/legend_style.h"
#include "viewer/picture/outlines.h"
#include "viewer/picture/threshold.h"

#include <optional>

namespace cortograph {

/// The choice of colours, and the colour vision with which they are shown.
struct ColorChoice {
  bool safe = false; ///< colours that colour-blind people can distinguish
  Vision vision = Vision::full;
  bool operator==(const ColorChoice&) const = default;
};

/// The style in which brains are drawn, independent of maps and cameras. Every field has a line in
/// the table of style_field.h, which saved views and commands follow.
struct Style {
  Arrangement arrangement = Arrangement::maps;
  int columns = 6; ///< panes per row of Arrangement::wrapped
  int layer = 1;   ///< the layer whose weight is shown, from 1
  ColorChoice colors;
  Rgb background{0.5F, 0.5F, 0.5F};
  bool transparent = false; ///< no background in captures; text as on the background
  bool lit = true;          ///< shading; without it, colours are exactly the legend's
  Outlines outlines;
  LegendStyle legends;
  bool titles = true;
  std::optional<Threshold> threshold;
  double dim = 0;     ///< opacity of the colours of vertices below the threshold, 0..1
  Ranges ranges;      ///< of kinds that do not have their usual range
  bool linked = true; ///< panes move together
  bool operator==(const Style&) const = default;
};

} // namespace cortograph
