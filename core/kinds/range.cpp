#include "kinds/range.h"

#include "base/error.h"
#include "base/number_words.h"
#include "base/quantile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace cortograph {

namespace {

constexpr double lowPercentile = 0.02;
constexpr double colorSteps = 256; ///< values less than half a step beyond an end count as inside

/// Returns the smallest 1, 2 or 5 times a power of ten that fits at most four times into a span.
double roundStep(double span) {
  const double wanted = span / 4;
  const double power = std::pow(10.0, std::floor(std::log10(wanted)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= wanted * (1 - 1e-6)) {
      return factor * power;
    }
  }
  return 10 * power;
}

std::string tickLabel(double value, double step, bool plus) {
  const double shown = std::abs(value) < step * 1e-6 ? 0 : value;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), plus && shown > 0 ? "+%.6g" : "%.6g", shown);
  return text.data();
}

void markEnds(Axis& axis, const std::vector<float>& values) {
  const float slack = (axis.high - axis.low) / static_cast<float>(2 * colorSteps);
  const auto mark = [&](float end, const char* sign, bool beyond) {
    for (std::size_t i = 0; beyond && i < axis.ticks.size(); ++i) {
      if (axis.ticks[i] == end && i < axis.tickLabels.size()) {
        axis.tickLabels[i] = sign + axis.tickLabels[i];
      }
    }
  };
  mark(axis.low, "≤ ", std::any_of(values.begin(), values.end(), [&](float value) {
         return value < axis.low - slack;
       }));
  mark(axis.high, "≥ ", std::any_of(values.begin(), values.end(), [&](float value) {
         return value > axis.high + slack;
       }));
}

} // namespace

bool hasRange(const MapKind& kind) {
  return kind.legend == LegendForm::bar && !kind.labels;
}

void requireRange(const std::string& kind, const RangeChoice& range) {
  if (!hasRange(mapKindNamed(kind))) {
    std::string names;
    for (const MapKindEntry entry : mapKindTable()) {
      if (hasRange(entry())) {
        names += (names.empty() ? "" : ", ") + std::string(entry().name);
      }
    }
    throw Error(ErrorKind::unsupported,
                "The map kind " + kind + " has no range; kinds with a range are " + names + ".");
  }
  if (range.mode == RangeMode::given &&
      !(std::isfinite(range.low) && std::isfinite(range.high) &&
        static_cast<float>(range.low) < static_cast<float>(range.high))) {
    const auto said = [](double end) {
      return std::isfinite(end) ? inThreeDigits(end) : std::string("a value that is not a number");
    };
    throw Error(ErrorKind::format,
                "The range of " + kind + " is from " + said(range.low) + " to " + said(range.high) +
                    "; give two numbers, the lower one first.");
  }
}

std::pair<std::string, RangeChoice> parseRange(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string kind = text.substr(0, equals);
  const std::string words = equals == std::string::npos ? "" : text.substr(equals + 1);
  RangeChoice range;
  int used = 0;
  if (words == "data" || words == "own") {
    range.mode = words == "data" ? RangeMode::data : RangeMode::own;
  } else if (std::sscanf(words.c_str(), "%lf:%lf%n", &range.low, &range.high, &used) == 2 &&
             static_cast<std::size_t>(used) == words.size()) {
    range.mode = RangeMode::given;
  } else if (words != "usual") {
    throw Error(ErrorKind::format,
                "\"" + text +
                    "\" is not a range; write a map kind, \"=\" and low:high, data, own or usual: "
                    "r2=0:0.4, prediction=data.");
  }
  requireRange(kind, range);
  return {kind, range};
}

std::string toString(const RangeChoice& range) {
  switch (range.mode) {
  case RangeMode::data:
    return "data";
  case RangeMode::own:
    return "own";
  case RangeMode::given: {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.9g:%.9g", range.low, range.high);
    return text.data();
  }
  case RangeMode::usual:
    break;
  }
  return "usual";
}

Zero zeroOf(const MapKind& kind, const Axis& usual) {
  return kind.ofData                ? Zero::asDataHave
         : usual.low == 0           ? Zero::lowEnd
         : usual.low == -usual.high ? Zero::inTheMiddle
                                    : Zero::anywhere;
}

Axis axisOver(Axis axis, double low, double high) {
  const bool plus = !axis.tickLabels.empty() && axis.tickLabels.back().starts_with('+');
  const double step = roundStep(high - low);
  axis.low = static_cast<float>(low);
  axis.high = static_cast<float>(high);
  axis.ticks.clear();
  axis.tickLabels.clear();
  const auto add = [&](double value) {
    axis.ticks.push_back(static_cast<float>(value));
    axis.tickLabels.push_back(tickLabel(value, step, plus));
  };
  add(low);
  for (double tick = std::ceil(low / step) * step; tick < high - 0.6 * step; tick += step) {
    if (tick > low + 0.6 * step) {
      add(tick);
    }
  }
  add(high);
  return axis;
}

Axis axisOfData(Axis axis, Zero zero, std::vector<float> values) {
  std::erase_if(values, [](float value) { return !std::isfinite(value); });
  if (values.empty()) {
    return axis;
  }
  std::sort(values.begin(), values.end());
  double low = quantile<float>(values, lowPercentile);
  double high = quantile<float>(values, 1 - lowPercentile);
  if (zero == Zero::inTheMiddle || (zero == Zero::asDataHave && low < 0 && high > 0)) {
    high = std::max(std::abs(low), std::abs(high));
    low = -high;
  } else if (zero == Zero::lowEnd) {
    low = 0;
  }
  if (!(high - low > 1e-6 * std::max(std::abs(low), std::abs(high)))) {
    return axis;
  }
  const double round = roundStep(high - low) / 2;
  return axisOver(std::move(axis),
                  std::floor(low / round + 1e-6) * round,
                  std::ceil(high / round - 1e-6) * round);
}

std::vector<Axis> axesWith(const RangeChoice& range,
                           const MapKind& kind,
                           const MapSource& source,
                           const std::vector<float>& values) {
  std::vector<Axis> axes = kind.axes(source);
  if (!hasRange(kind)) {
    return axes;
  }
  Axis& axis = axes.front();
  if (range.mode == RangeMode::given) {
    requireRange(std::string(kind.name), range);
    axis = axisOver(std::move(axis), range.low, range.high);
  } else if (range.mode != RangeMode::usual) {
    axis = axisOfData(axis, zeroOf(kind, axis), values);
  }
  markEnds(axis, values);
  return axes;
}

} // namespace cortograph
