#pragma once

#include "brain/surface.h"
#include "subject/response_block.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cortograph {

/// The endings of files of responses.
inline constexpr std::array<std::string_view, 4> responseEndings{
    ".npy", ".h5", ".hdf5", ".func.gii"};

/// A file of responses, and the dataset in it when the text names one: "data.h5:/train".
struct ResponseSource {
  std::filesystem::path file;
  std::string dataset{};
};
[[nodiscard]] ResponseSource responseSource(const std::filesystem::path& text);

/// The responses in a file, and the side that the file states to be of.
struct ResponseFile {
  ResponseBlock block;
  std::optional<Side> side{};
};

/// Reads responses, images × vertices, from what responseSource() reads: an .npy file; a dataset of
/// an HDF5 file, by default the only one with two axes; or vertex data such as .func.gii and .mgh,
/// whose columns are images. Float32 of .npy files, of HDF5 files without chunks and of .mgh files
/// stays in the mapped file; anything else is converted into memory. Throws Error{file, format,
/// mismatch, notFound, unsupported} that names the file.
[[nodiscard]] ResponseFile readResponseFile(const std::filesystem::path& text);

} // namespace cortograph
