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

/// Which colours stand for the numbers, and whose eyes see them.
struct ColorChoice {
  bool safe = false; ///< those that the colour-blind tell apart
  Vision vision = Vision::full;
  bool operator==(const ColorChoice&) const = default;
};

/// How brains are drawn, whatever is drawn and from where. Every field has a line in the table of
/// style_field.h, of which saved views and commands are made.
struct Style {
  Arrangement arrangement = Arrangement::maps;
  int columns = 6; ///< of Arrangement::wrapped
  int layer = 1;   ///< whose weight is shown, from 1
  ColorChoice colors;
  Rgb background{0.5F, 0.5F, 0.5F};
  bool transparent = false; ///< in captures nothing stands behind; ink as on the background
  bool lit = true;          ///< shaded; else colours are the legend's everywhere
  Outlines outlines;
  LegendStyle legends;
  bool titles = true;
  std::optional<Threshold> threshold;
  double dim = 0; ///< how strongly vertices below the threshold are painted: 0 hidden .. 1 fully
  Ranges ranges;  ///< of kinds that do not have their usual one
  bool linked = true; ///< panes move together
  bool operator==(const Style&) const = default;
};

} // namespace cortograph
