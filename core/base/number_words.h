#pragma once

#include <string>

namespace cortograph {

/// Formats a number with `decimals` digits after the point: "0.30"; "no data" for NaN.
[[nodiscard]] std::string inDecimals(double value, int decimals);

/// Formats a difference with its sign: "+0.30", "-0.30", "0.00"; "no data" for NaN.
[[nodiscard]] std::string inSigned(double difference, int decimals);

/// Formats a number to three significant digits: "2.47", "-0.131", "1.2e+06"; "no data" for NaN.
[[nodiscard]] std::string inThreeDigits(double value);

/// Formats a number of bytes with its unit: "2.47 GB", "12.3 MB".
[[nodiscard]] std::string inBytes(double bytes);

/// Formats a share 0..1 as a percentage: "71 %".
[[nodiscard]] std::string inPercent(double share);

} // namespace cortograph
