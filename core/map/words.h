#pragma once

#include <string>

namespace cortograph {

/// "0.30": a number as it is said in a picture, `decimals` behind the point; "no data" for NaN.
[[nodiscard]] std::string inDecimals(double value, int decimals);

/// "+0.30", "-0.30", "0.00": a difference; "no data" for NaN.
[[nodiscard]] std::string inSigned(double difference, int decimals);

/// "71 %" of a share 0..1.
[[nodiscard]] std::string inPercent(double share);

} // namespace cortograph
