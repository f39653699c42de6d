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
  std::string subject; ///< whose; empty when the file does not say
};

/// A file format of brains. An entry is one .cpp in formats/ and one word in CMakeLists.txt.
struct Format {
  std::string_view name;                 ///< "gifti"
  std::string_view title;                ///< "GIFTI surfaces and vertex data"
  std::vector<std::string_view> endings; ///< ".gii", ".gii.gz"
  std::string_view specification;        ///< where the format is defined
  /// By content; never throws.
  bool (*recognizes)(const std::filesystem::path&) = nullptr;
  /// What `cortograph info` prints: kind, format, shape, hemisphere, counts, min, max, mean,
  /// labels.
  nlohmann::ordered_json (*info)(const std::filesystem::path&) = nullptr;
  SurfaceFile (*readSurface)(const std::filesystem::path&) = nullptr; ///< null: holds none
  /// Of the side that the file states, else of the named one, else of both. Null: holds none.
  VertexData (*readVertexData)(const std::filesystem::path&, std::optional<Side> named) = nullptr;
};

using FormatEntry = const Format& (*)();
[[nodiscard]] std::span<const FormatEntry> formatTable();

/// The format whose `recognizes` says yes; null when none does.
[[nodiscard]] const Format* formatOf(const std::filesystem::path& file);

/// Returns whether a file's name ends as files of some format do, in any case.
[[nodiscard]] bool hasFormatEnding(const std::filesystem::path& file);
/// Returns whether a file's name ends as files of a format that can hold surfaces do.
[[nodiscard]] bool hasSurfaceEnding(const std::filesystem::path& file);

/// Reads a surface. Throws Error{file, format, unsupported} with the formats there are.
[[nodiscard]] SurfaceFile readSurface(const std::filesystem::path& file);
/// One file's data, of the side that it or its name says, else of both, left ones first. Throws as
/// readSurface(), and Error{mismatch} as vertexDataOf().
[[nodiscard]] VertexData readVertexData(const std::filesystem::path& file);

} // namespace cortograph
