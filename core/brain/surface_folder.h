#pragma once

#include "brain/surface.h"

#include <array>
#include <filesystem>
#include <optional>
#include <vector>

namespace cortograph {

enum class Measure { curvature, sulcalDepth, thickness };

/// A file of a folder of surfaces, with the side and content that its name states.
struct NamedFile {
  std::filesystem::path path;
  Side side = Side::left;
  std::optional<Shape> shape; ///< nothing for a measure
  Measure measure = Measure::curvature;
  bool isPatch = false; ///< a FreeSurfer patch, whose triangles are those of the whole surface
};

/// Lists the surfaces and measures in a folder: whole surfaces, then patches, then measures, each
/// sorted by name. FreeSurfer's own names count exactly: of lh.inflated, lh.inflated.H and
/// lh.inflated.gii the first is listed alone, and of several flat patches one, that of the whole
/// cortex if there is one. Throws Error{notFound} when the folder can't be read, Error{mismatch}
/// when two files state the same side and content.
[[nodiscard]] std::vector<NamedFile> namedFilesIn(const std::filesystem::path& folder);

/// Returns where the surfaces of a file's mesh may lie: its own folder, and FreeSurfer's "surf"
/// beside it.
[[nodiscard]] std::array<std::filesystem::path, 2>
surfaceFoldersBeside(const std::filesystem::path& file);

/// Chooses the files that a picture of one shape needs; all when one of these is missing.
[[nodiscard]] std::vector<NamedFile> filesFor(Shape shape, const std::vector<NamedFile>& all);

} // namespace cortograph
