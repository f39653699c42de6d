#include "brain/format.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "brain/file_names.h"

#include <algorithm>
#include <utility>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

/// Throws when a surface has a flaw.
void requireSound(const Surface& surface, const fs::path& file) {
  if (const std::string flaw = flawOf(surface); !flaw.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " holds no valid surface: " + flaw + "; write or copy it again.");
  }
}

/// Returns the side that a name to write states. A lone letter, as in "r.func.gii", is not enough.
std::optional<Side> sideStatedBy(const fs::path& file) {
  const std::vector<std::string> words = nameWords(file.filename().string());
  const std::optional<Side> side = sideIn(words);
  const bool isStated = std::ranges::any_of(words, [](const std::string& word) {
    return word == "hemi" || word == "lh" || word == "rh" || word == "left" || word == "right";
  });
  return isStated ? side : std::nullopt;
}

/// Returns the format that vertex data are written in under this name.
const Format& writableFormatOf(const fs::path& file) {
  std::string endings;
  for (const FormatEntry entry : formatTable()) {
    const Format& format = entry();
    if (format.write == nullptr) {
      continue;
    }
    if (hasEnding(file, format.writtenEndings)) {
      return format;
    }
    for (const std::string_view ending : format.writtenEndings) {
      endings += (endings.empty() ? "" : ", ") + std::string(ending);
    }
  }
  throw Error(ErrorKind::unsupported,
              "Vertex data can't be written to " + file.string() +
                  "; give a name that ends in one of " + endings + ".");
}

} // namespace

bool Format::holds(FormatContent content) const {
  return std::ranges::find(contents, content) != contents.end();
}

const Format* formatOf(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) {
    return nullptr;
  }
  for (const FormatEntry entry : formatTable()) {
    if (entry().recognizes(file)) {
      return &entry();
    }
  }
  return nullptr;
}

const Format& knownFormatOf(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    throw Error(ErrorKind::file, "There is no file " + file.string() + ".");
  }
  if (fs::is_directory(file, ignored)) {
    throw Error(ErrorKind::file, file.string() + " is a folder, but a file is expected.");
  }
  if (const Format* format = formatOf(file)) {
    return *format;
  }
  std::string titles;
  for (const FormatEntry entry : formatTable()) {
    titles += (titles.empty() ? "" : "; ") + std::string(entry().title);
  }
  throw Error(ErrorKind::format,
              file.string() + " has an unknown format; the known ones are: " + titles + ".");
}

bool hasFormatEnding(const fs::path& file) {
  return std::ranges::any_of(formatTable(),
                             [&](FormatEntry entry) { return hasEnding(file, entry().endings); });
}

bool hasSurfaceEnding(const fs::path& file) {
  return std::ranges::any_of(formatTable(), [&](FormatEntry entry) {
    return entry().holds(FormatContent::surface) && hasEnding(file, entry().endings);
  });
}

BrainFile readBrainFile(const fs::path& file) {
  return knownFormatOf(file).read(file);
}

SurfaceFile readSurface(const fs::path& file) {
  BrainFile content = readBrainFile(file);
  if (!content.surface || content.surface->triangles.empty() || !content.vertices.empty()) {
    const bool isPatch = !content.vertices.empty() && content.surface;
    throw Error(ErrorKind::format,
                file.string() + " holds " +
                    (isPatch           ? "a patch of a surface"
                     : content.surface ? "coordinates but no triangles"
                                       : "no coordinates of vertices") +
                    ", but a whole surface is expected; give one, such as lh.pial or a .surf.gii "
                    "file.");
  }
  requireSound(*content.surface, file);
  return {.surface = std::move(*content.surface),
          .side = content.side,
          .subject = std::move(content.subject),
          .surfaceToScanner = content.surfaceToScanner};
}

PatchFile readPatch(const fs::path& file) {
  BrainFile content = readBrainFile(file);
  if (!content.surface || content.vertices.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " holds no patch of a surface, but one is expected; give one, such "
                                "as lh.full.flat.patch.3d.");
  }
  requireSound({.verticesRas = content.surface->verticesRas, .triangles = {}}, file);
  return {.vertices = std::move(content.vertices),
          .points = std::move(content.surface->verticesRas)};
}

VertexData readVertexData(const fs::path& file) {
  return vertexDataOf(file, readBrainFile(file));
}

void requireWritableEnding(const fs::path& file) {
  (void)writableFormatOf(file);
}

std::vector<fs::path> writeVertexData(const fs::path& file, const VertexData& data) {
  const Format& format = writableFormatOf(file);
  if (format.writesBothSides) {
    format.write(file, data, {});
    return {file};
  }
  const std::optional<Side> named = sideStatedBy(file);
  if (const std::optional<Side> only = named ? named : data.side()) {
    if (!data.mesh.has(*only)) {
      throw Error(ErrorKind::mismatch,
                  "The name of " + file.string() + " says " + std::string(toString(*only)) +
                      ", but the data are of the other side; give another name.");
    }
    format.write(file, data, only);
    return {file};
  }
  std::vector<fs::path> written;
  for (const Side side : bothSides) {
    const char* const prefix = side == Side::left ? "lh." : "rh.";
    written.push_back(file.parent_path() / (prefix + file.filename().string()));
    format.write(written.back(), data, side);
  }
  return written;
}

Volume readVolume(const fs::path& file) {
  BrainFile content = readBrainFile(file);
  if (!content.volume) {
    throw Error(ErrorKind::format,
                file.string() + " holds a surface or numbers of vertices, but a volume is "
                                "expected; give one, such as a .nii.gz or .mgz file.");
  }
  return std::move(*content.volume);
}

} // namespace cortograph
