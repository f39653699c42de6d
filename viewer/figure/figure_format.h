#pragma once

#include "viewer/scene/plate.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// What a figure's file says of itself.
struct FigureNote {
  std::string command; ///< that makes the figure
  std::string session; ///< JSON: what is shown, of which files, with their hashes
};

/// A kind of file that figures are written as. An entry is one .cpp in formats/ and one word in
/// CMakeLists.txt.
struct FigureFormat {
  std::string_view name;                 ///< "tiff"
  std::string_view title;                ///< "TIFF picture"
  std::vector<std::string_view> endings; ///< ".tif", ".tiff"
  bool keepsMarks = false;               ///< text and lines as such, else pixels alone
  /// Whether a file that starts so may be one; 1,024 bytes, or all of a shorter file.
  bool (*recognises)(std::string_view start) = nullptr;
  /// Whole or absent. `dotsPerInch` is above 0. Throws Error{file}.
  void (*write)(const std::filesystem::path& file,
                const Plate& plate,
                const FigureNote& note,
                double dotsPerInch) = nullptr;
  /// The session of a file that write() wrote; empty of any other. Throws Error{file}.
  std::string (*session)(const std::filesystem::path& file) = nullptr;
};

using FigureFormatEntry = const FigureFormat& (*)();
[[nodiscard]] std::span<const FigureFormatEntry> figureFormatTable();

/// By the file's ending, in any case; throws Error{unsupported} that names those there are.
[[nodiscard]] const FigureFormat& figureFormatFor(const std::filesystem::path& file);

/// The session in a figure of any format; empty in a file that is none.
[[nodiscard]] std::string sessionIn(const std::filesystem::path& file);

} // namespace cortograph
