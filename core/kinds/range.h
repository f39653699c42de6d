#pragma once

#include "kinds/map_kind.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cortograph {

/// Where the range of a kind's colours comes from.
enum class RangeMode {
  usual, ///< the kind's own axis
  data,  ///< the numbers of all shown panes of the kind, which share the range
  own,   ///< the numbers of each pane, separately
  given  ///< low and high as typed by the user
};

/// The range that a kind's colours cover. Numbers beyond it get the colours of its ends.
struct RangeChoice {
  RangeMode mode = RangeMode::usual;
  double low = 0; ///< with RangeMode::given, in the kind's unit
  double high = 1;
  bool operator==(const RangeChoice&) const = default;
};
using Ranges = std::map<std::string, RangeChoice>; ///< by name of kind; missing kinds: usual range

/// Returns whether the range of a kind's colours can be chosen: only for bars that show no labels.
[[nodiscard]] bool hasRange(const MapKind& kind);
/// Checks a choice. Throws Error{unsupported} for a kind without a range, Error{format} where low
/// is not below high, and what mapKindNamed() throws.
void requireRange(const std::string& kind, const RangeChoice& range);
/// Parses a kind and its range: "r2=0:0.4", "prediction=data", "r2=own", "r2=usual". Throws
/// Error{format}, and what requireRange() throws.
[[nodiscard]] std::pair<std::string, RangeChoice> parseRange(const std::string& text);
/// Returns the part after the "=" that parseRange() reads: "0:0.4", "data".
[[nodiscard]] std::string toString(const RangeChoice& range);

/// Where a range that is computed from data has its zero; `asDataHave` means in the middle where
/// the data have both signs, else anywhere.
enum class Zero { lowEnd, inTheMiddle, anywhere, asDataHave };
/// Returns where the kind's usual axis has its zero; asDataHave for loaded data.
[[nodiscard]] Zero zeroOf(const MapKind& kind, const Axis& usual);

/// Returns the axis from low to high, with ticks at round numbers and at both ends.
[[nodiscard]] Axis axisOver(Axis axis, double low, double high);
/// Returns the axis over the values' 2nd to 98th percentile, widened to round numbers; unchanged
/// where no value is finite or all are equal.
[[nodiscard]] Axis axisOfData(Axis axis, Zero zero, std::vector<float> values);
/// Returns the kind's axes for one pane's numbers. RangeMode::data is treated as `own`: a caller
/// that knows the other panes passes the shared range as `given`. The label of an end says when
/// there are values beyond it: "≥ 0.6".
[[nodiscard]] std::vector<Axis> axesWith(const RangeChoice& range,
                                         const MapKind& kind,
                                         const MapSource& source,
                                         const std::vector<float>& values);

} // namespace cortograph
