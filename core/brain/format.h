#pragma once

#include "brain/vertex_data.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// A surface as a file holds it.
struct SurfaceFile {
  Surface surface;
  std::optional<Side> side;
  std::string subject; ///< the person; empty when the file does not say
};

/// A file format of brains. An entry is one .cpp in formats/ and one word in CMakeLists.txt.
struct Format {
  std::string_view name;                 ///< "gifti"
  std::string_view title;                ///< "GIFTI surfaces and vertex data"
  std::vector<std::string_view> endings; ///< ".gii", ".gii.gz"
  std::string_view specification;        ///< where the format is defined
  /// Returns whether a file is of this format, by its content. Never throws.
  bool (*recognizes)(const std::filesystem::path&) = nullptr;
  /// Returns what `cortograph info` prints: kind, format, shape, hemisphere, counts, min, max,
  /// mean, labels.
  nlohmann::ordered_json (*info)(const std::filesystem::path&) = nullptr;
  SurfaceFile (*readSurface)(const std::filesystem::path&) = nullptr; ///< null: has none
  /// Reads data of the side that the file states, else of the side that its name states, else of
  /// both. Null when the format holds no vertex data.
  VertexData (*readVertexData)(const std::filesystem::path&, std::optional<Side> named) = nullptr;
};

using FormatEntry = const Format& (*)();
[[nodiscard]] std::span<const FormatEntry> formatTable();

/// Returns the format that recognises the file; null when none does.
[[nodiscard]] const Format* formatOf(const std::filesystem::path& file);

/// Returns whether a file's name ends as files of some format do, in any case.
[[nodiscard]] bool hasFormatEnding(const std::filesystem::path& file);
/// Returns whether a file's name ends as files of a format that can hold surfaces do.
[[nodiscard]] bool hasSurfaceEnding(const std::filesystem::path& file);

/// Reads a surface. Throws Error{file, format, unsupported}.
[[nodiscard]] SurfaceFile readSurface(const std::filesystem::path& file);
/// Reads vertex data of the side that the file or its name states, else of both sides, left before
/// right. Throws what readSurface() throws, and Error{mismatch} as vertexDataOf() does.
[[nodiscard]] VertexData readVertexData(const std::filesystem::path& file);

} // namespace cortograph
