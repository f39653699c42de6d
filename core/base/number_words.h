#pragma once

#include <string>

namespace cortograph {

/// "0.30": a number as it is said in a picture, `decimals` behind the point; "no data" for NaN.
[[nodiscard]] std::string inDecimals(double value, int decimals);

/// "+0.30", "-0.30", "0.00": a difference; "no data" for NaN.
[[nodiscard]] std::string inSigned(double difference, int decimals);

/// "2.47", "-0.131", "1.2e+06": to three significant digits; "no data" for NaN.
[[nodiscard]] std::string inThreeDigits(double value);

/// "2.47 GB", "12.3 MB".
[[nodiscard]] std::string inBytes(double bytes);

/// "71 %" of a share 0..1.
[[nodiscard]] std::string inPercent(double share);

} // namespace cortograph
