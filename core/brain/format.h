#pragma once

#include "brain/brain_file.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cortograph {

/// What files of a format can hold.
enum class FormatContent { surface, vertexData, volume };

/// A file format of brains. An entry is one .cpp in formats/ and one word in CMakeLists.txt.
struct Format {
  std::string_view name;                 ///< "gifti"
  std::string_view title;                ///< "GIFTI surfaces and vertex data"
  std::vector<std::string_view> endings; ///< ".gii", ".gii.gz"
  std::string_view specification;        ///< where the format is defined
  std::vector<FormatContent> contents;   ///< empty: only a table of labels
  /// Returns whether a file is of this format, by its content. Never throws.
  bool (*recognizes)(const std::filesystem::path&) = nullptr;
  /// Reads a file. Throws Error{file, format, unsupported} that names it.
  BrainFile (*read)(const std::filesystem::path&) = nullptr;
  /// Describes a file of arrays that need not be of brains; null: fileInfo() does.
  nlohmann::ordered_json (*info)(const std::filesystem::path&) = nullptr;
  /// Writes vertex data of one side, or of both when `writesBothSides`, whole or not at all. Throws
  /// Error{file}, and Error{unsupported} for data that the format can't hold. Null: not written.
  void (*write)(const std::filesystem::path&,
                const VertexData&,
                std::optional<Side> side) = nullptr;
  std::vector<std::string_view> writtenEndings = {}; ///< the endings with which it is written
  bool writesBothSides = false; ///< a file holds both sides, and `side` is not given

  [[nodiscard]] bool holds(FormatContent content) const;
};

using FormatEntry = const Format& (*)();
[[nodiscard]] std::span<const FormatEntry> formatTable();

/// Returns the format that recognises the file; null when none does.
[[nodiscard]] const Format* formatOf(const std::filesystem::path& file);
/// Does the same, but throws Error{file, format} when there is no such file or no such format.
[[nodiscard]] const Format& knownFormatOf(const std::filesystem::path& file);

/// Returns whether a file's name ends as files of some format do, in any case.
[[nodiscard]] bool hasFormatEnding(const std::filesystem::path& file);
/// Returns whether a file's name ends as files of a format that can hold surfaces do.
[[nodiscard]] bool hasSurfaceEnding(const std::filesystem::path& file);

/// Reads a file of any format. Throws Error{file, format, unsupported}.
[[nodiscard]] BrainFile readBrainFile(const std::filesystem::path& file);

/// A surface as a file holds it, checked.
struct SurfaceFile {
  Surface surface;
  std::optional<Side> side;                      ///< according to the metadata
  std::string subject;                           ///< the person; empty when the file does not say
  std::optional<VoxelAffine> surfaceToScanner{}; ///< as in BrainFile
};
/// Reads a surface. Throws what readBrainFile() throws, and Error{format} when the file holds no
/// complete surface.
[[nodiscard]] SurfaceFile readSurface(const std::filesystem::path& file);

/// The points of some vertices of a surface, checked: a flat patch, in which z is 0.
struct PatchFile {
  std::vector<std::int32_t> vertices; ///< numbers in the whole surface
  std::vector<Point> points;          ///< one for each of them, mm
};
/// Reads a patch. Throws what readBrainFile() throws, and Error{format} when the file holds none.
[[nodiscard]] PatchFile readPatch(const std::filesystem::path& file);

/// Reads vertex data of the side that the file or its name states, else of both sides, left before
/// right. Throws what readBrainFile() and vertexDataOf() throw.
[[nodiscard]] VertexData readVertexData(const std::filesystem::path& file);
/// Writes vertex data in the format of the file's ending. In a format of one side, each side with
/// data becomes a file with "lh." or "rh." before the name; but when the name states a side, or
/// only one side has data, that side alone is written, under the name as it is. Returns the files.
/// Throws Error{unsupported} that lists the endings, and what Format::write throws.
std::vector<std::filesystem::path> writeVertexData(const std::filesystem::path& file,
                                                   const VertexData& data);
/// Throws Error{unsupported} that lists the endings unless a format with this file's ending can be
/// written.
void requireWritableEnding(const std::filesystem::path& file);
/// Reads a volume. Throws what readBrainFile() throws, and Error{format} when the file holds none.
[[nodiscard]] Volume readVolume(const std::filesystem::path& file);

/// Describes a file, as `cortograph info` prints it: format, kind, shape, type, side and how it was
/// told, vertices and the meshes that have as many, columns, labels, affine, notes, and the
/// minimum, maximum and mean of the finite values, for a surface of each axis. Throws what
/// readBrainFile() throws.
[[nodiscard]] nlohmann::ordered_json fileInfo(const std::filesystem::path& file);

} // namespace cortograph
