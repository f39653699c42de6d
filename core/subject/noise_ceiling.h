#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// How many images were shown how often.
struct Repeats {
  int times = 1;
  int images = 1;
};

/// "3", or "3x515,2x200,1x100" (times x images) when images were not all shown equally often.
/// Throws Error{format}.
[[nodiscard]] std::vector<Repeats> parseRepeats(const std::string& text);

/// The share of variance of responses averaged over repeats that is no noise:
/// snr² / (snr² + m), m the mean over images of 1 / times. `snr` is NSD's `ncsnr`, the signal's
/// standard deviation over the noise's of a single trial; NaN stays NaN.
/// Allen et al. 2022, doi:10.1038/s41593-021-00962-x, and the NSD data manual ("noise ceiling").
[[nodiscard]] std::vector<float> ceilingFromSnr(const std::vector<float>& snr,
                                                const std::vector<Repeats>& repeats);

/// One number a vertex: an .npy of N values, or a .csv of one column, or whose first line names
/// columns, one of them `column`. Throws Error{notFound, format, mismatch}.
[[nodiscard]] std::vector<float> readVertexValues(const std::filesystem::path& file,
                                                  const std::string& column);

} // namespace cortograph
