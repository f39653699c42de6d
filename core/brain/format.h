#pragma once

#include "brain/surface.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cortograph {

/// Values of one mesh's vertices, as a file holds them.
struct VertexData {
  std::string name;
  std::vector<float> values;
  std::optional<Side> side; ///< when the file says so
};

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
  bool (*recognises)(const std::filesystem::path&) = nullptr;
  /// What `cortograph info` prints: kind, format, shape, hemisphere, counts, min, max, mean,
  /// labels.
  nlohmann::ordered_json (*info)(const std::filesystem::path&) = nullptr;
  SurfaceFile (*readSurface)(const std::filesystem::path&) = nullptr;   ///< null: holds none
  VertexData (*readVertexData)(const std::filesystem::path&) = nullptr; ///< null: holds none
};

using FormatEntry = const Format& (*)();
[[nodiscard]] std::span<const FormatEntry> formatTable();

/// The format whose `recognises` says yes; null when none does.
[[nodiscard]] const Format* formatOf(const std::filesystem::path& file);

/// Whether a file's name ends as files of some format do, in any case.
[[nodiscard]] bool hasFormatEnding(const std::filesystem::path& file);
/// Whether it ends as files of a format do that surfaces are read of.
[[nodiscard]] bool hasSurfaceEnding(const std::filesystem::path& file);

/// Throw Error{file, format, unsupported} with the formats there are.
[[nodiscard]] SurfaceFile readSurface(const std::filesystem::path& file);
[[nodiscard]] VertexData readVertexData(const std::filesystem::path& file);

} // namespace cortograph
