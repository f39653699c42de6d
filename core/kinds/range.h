#pragma once

#include "kinds/map_kind.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

enum class RangeMode {
  usual, ///< as the kind has it
  data,  ///< from the numbers of all shown panes of the kind, which share it
  own,   ///< each pane from its own
  given
};

/// The range that a kind's colours run over. Numbers beyond it have the colours of its ends.
struct RangeChoice {
  RangeMode mode = RangeMode::usual;
  double low = 0; ///< given, in the kind's unit
  double high = 1;
  bool operator==(const RangeChoice&) const = default;
};
using Ranges = std::map<std::string, RangeChoice>; ///< by kind; others have the usual one

/// Whether a kind's colours run over a range: not those of labels, nor squares.
[[nodiscard]] bool hasRange(const MapKind& kind);
/// Throws Error{unsupported} for a kind that has none, Error{format} where low is not below high;
/// and what mapKindNamed() does.
void requireRange(const std::string& kind, const RangeChoice& range);
/// "r2=0:0.4", "prediction=data", "=own", "=usual". Throws Error{format}, and as requireRange().
[[nodiscard]] std::pair<std::string, RangeChoice> parseRange(const std::string& text);
/// What follows the "=".
[[nodiscard]] std::string toString(const RangeChoice& range);

/// Where 0 lies in a range from data.
enum class Zero { lowEnd, inTheMiddle, anywhere, asDataHave };
/// As the kind's usual axis has it; asDataHave for loaded data: in the middle where they have
/// both signs, else anywhere.
[[nodiscard]] Zero zeroOf(const MapKind& kind, const Axis& usual);

/// The same axis from low to high, with ticks at round numbers and at both ends.
[[nodiscard]] Axis axisOver(Axis axis, double low, double high);
/// The same axis over the values' 2nd to 98th percentile, widened to round numbers; unchanged
/// where no value is finite or all are one.
[[nodiscard]] Axis axisOfData(Axis axis, Zero zero, std::vector<float> values);
/// The kind's axes for one pane's numbers. `data` counts as `own`: who knows the other panes hands
/// on the range that they share. An end beyond which values lie says so: "≥ 0.6".
[[nodiscard]] std::vector<Axis> axesWith(const RangeChoice& range,
                                         const MapKind& kind,
                                         const MapSource& source,
                                         const std::vector<float>& values);

} // namespace cortograph
