#pragma once

#include "viewer/scene/plate.h"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// The metadata in a figure's file.
struct FigureNote {
  std::string command; ///< command that makes the figure
  std::string session; ///< JSON: what is shown, from which files, and their hashes
};

/// A file format for figures. An entry is one .cpp in formats/ and one word in CMakeLists.txt.
struct FigureFormat {
  std::string_view name;                 ///< "tiff"
  std::string_view title;                ///< "TIFF picture"
  std::vector<std::string_view> endings; ///< ".tif", ".tiff"
  /// Keeps text and lines as such; else stores only pixels.
  bool keepsMarks = false;
  /// Returns whether a file with this start may have the format. `start` has 1,024 bytes, or all of
  /// a shorter file.
  bool (*recognizes)(std::string_view start) = nullptr;
  /// Writes a figure, whole or not at all. `dotsPerInch` must be above 0. Throws Error{file}.
  void (*write)(const std::filesystem::path& file,
                const Plate& plate,
                const FigureNote& note,
                double dotsPerInch) = nullptr;
  /// Returns the session of a file that write() wrote; empty for any other file. Throws
  /// Error{file}.
  std::string (*session)(const std::filesystem::path& file) = nullptr;
};

using FigureFormatEntry = const FigureFormat& (*)();
[[nodiscard]] std::span<const FigureFormatEntry> figureFormatTable();

/// Returns the format for the file's extension, in upper or lower case. Throws Error{unsupported}
/// that lists the known extensions.
[[nodiscard]] const FigureFormat& figureFormatFor(const std::filesystem::path& file);

/// Returns the session in a figure of any format; empty for a file that is not a figure.
[[nodiscard]] std::string sessionIn(const std::filesystem::path& file);

} // namespace cortograph
