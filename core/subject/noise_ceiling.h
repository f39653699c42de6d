#pragma once

#include "subject/responses.h"

#include <filesystem>
#include <string>
#include <vector>

namespace cortograph {

/// A number of images that were shown equally often.
struct Repeats {
  int times = 1;
  int images = 1;
};

/// Reads numbers of repeats: "3", or "3x515,2x200,1x100" (times x images) when not all images were
/// shown equally often. Throws Error{format}.
[[nodiscard]] std::vector<Repeats> parseRepeats(const std::string& text);

/// Returns how often the images of these responses were shown.
[[nodiscard]] std::vector<Repeats> repeatsIn(const Responses& responses);

/// Computes the noise ceiling of responses averaged over repeats, the share of their variance that
/// is signal: snr² / (snr² + m), where m is the mean over images of 1 / times. `snr` is NSD's
/// `ncsnr`, the signal's standard deviation over the noise's in a single trial; NaN stays NaN.
/// Allen et al. 2022, doi:10.1038/s41593-021-00962-x, and the NSD data manual ("noise ceiling").
[[nodiscard]] std::vector<float> ceilingFromSnr(const std::vector<float>& snr,
                                                const std::vector<Repeats>& repeats);

/// Reads one number per vertex from an .npy file of N values, or a .csv file with one column or
/// with a header line that names one of its columns `column`. Throws Error{notFound, format,
/// mismatch}.
[[nodiscard]] std::vector<float> readVertexValues(const std::filesystem::path& file,
                                                  const std::string& column);

} // namespace cortograph
