#include "brain/brain_file.h"

#include "base/error.h"
#include "brain/file_names.h"
#include "brain/format.h"
#include "brain/surface_folder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

std::string unitOf(const std::string& name) {
  const std::vector<std::string> words = nameWords(name);
  const auto has = [&words](const char* word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return has("thickness") || has("thick") ? "mm" : has("area") ? "mm²" : "";
}

/// Returns the side of the head that a surface lies on: its mean is far from the middle compared
/// with its width, and its medial wall is near it.
std::optional<Side> sideByGeometry(const Surface& surface) {
  constexpr double mostFromMiddle = 20; // mm
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  double sum = 0;
  for (const Point& point : surface.verticesRas) {
    low = std::min(low, double{point[0]});
    high = std::max(high, double{point[0]});
    sum += point[0];
  }
  const double mean = sum / static_cast<double>(surface.verticesRas.size());
  const bool isAside = std::abs(mean) > (high - low) / 4;
  const bool isNear = std::abs(mean < 0 ? high : low) < mostFromMiddle;
  return isAside && isNear ? std::optional(mean < 0 ? Side::left : Side::right) : std::nullopt;
}

/// Splits the values of both sides, left before right.
std::array<std::vector<float>, 2> halvesOf(const fs::path& file, const std::vector<float>& values) {
  const std::size_t count = values.size();
  if (count == fsLrCortex[0] + fsLrCortex[1] || count == fsLrGrayordinates) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds " + std::to_string(count) +
                    " values, as many as fs_LR 32k has without its medial wall" +
                    (count == fsLrGrayordinates ? " and with subcortical voxels" : "") +
                    "; give the CIFTI file that they come from, or one file for each hemisphere "
                    "with all 32492 vertices (wb_command -cifti-separate).");
  }
  if (count % 2 != 0 || !standardMeshName(count).empty()) {
    throw Error(ErrorKind::mismatch,
                file.string() + " holds " + std::to_string(count) +
                    " values, and does not say of which hemisphere; begin its name with \"lh.\" or "
                    "\"rh.\", or give the values of both, left before right.");
  }
  const auto half = values.begin() + static_cast<std::ptrdiff_t>(count / 2);
  return {std::vector(values.begin(), half), std::vector(half, values.end())};
}

/// Returns the size of the mesh that a file's list of vertices refers to.
std::size_t meshSizeOf(const fs::path& file, const BrainFile& content, std::optional<Side> side) {
  if (const std::size_t size = standardMeshSize(content.subject); size > 0) {
    return size;
  }
  for (const fs::path& folder : surfaceFoldersBeside(file)) {
    std::error_code ignored;
    const auto files =
        fs::is_directory(folder, ignored) ? namedFilesIn(folder) : std::vector<NamedFile>();
    for (const NamedFile& surface : files) {
      if (surface.shape && !surface.isPatch && (!side || surface.side == *side)) {
        return readSurface(surface.path).surface.verticesRas.size();
      }
    }
  }
  throw Error(ErrorKind::mismatch,
              file.string() + " lists " + std::to_string(content.vertices.size()) +
                  " vertices of a mesh whose size it does not tell; put it into the folder of its "
                  "surfaces, or into \"label\" beside their folder \"surf\".");
}

/// Spreads values of some vertices over their mesh.
void spread(const fs::path& file, BrainFile& content, std::optional<Side> side) {
  const std::size_t size = meshSizeOf(file, content, side);
  const float missing =
      content.dataKind == VertexDataKind::labels ? 0.0F : std::numeric_limits<float>::quiet_NaN();
  for (FileColumn& column : content.columns) {
    std::vector<float> values(size, missing);
    for (std::size_t i = 0; i < content.vertices.size(); ++i) {
      const auto vertex = static_cast<std::size_t>(content.vertices[i]);
      if (vertex >= size) {
        throw Error(ErrorKind::mismatch,
                    file.string() + " lists the vertex " + std::to_string(content.vertices[i]) +
                        ", but its mesh has " + std::to_string(size) +
                        " vertices; give the file of this mesh.");
      }
      values[vertex] = column.values.at(i);
    }
    column.values = std::move(values);
  }
  content.vertices.clear();
}

/// Throws unless there are columns, all of one length.
void requireColumns(const fs::path& file, const BrainFile& content) {
  const std::vector<FileColumn>& columns = content.columns;
  if (columns.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " holds " +
                    (content.volume    ? "a volume"
                     : content.surface ? "a surface"
                                       : "names of labels") +
                    ", but values of vertices are expected; give vertex data, such as "
                    "lh.thickness or a .func.gii, .shape.gii or .label.gii file.");
  }
  if (columns.front().values.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " holds no values, but one for each vertex is expected; write or "
                                "copy it again.");
  }
  for (const FileColumn& column : columns) {
    if (column.values.size() != columns.front().values.size()) {
      throw Error(ErrorKind::mismatch,
                  file.string() + " holds columns of " +
                      std::to_string(columns.front().values.size()) + " and of " +
                      std::to_string(column.values.size()) +
                      " values; save the columns of each mesh in a file of their own.");
    }
  }
}

/// Returns the side of the values; nothing when they are of both.
std::optional<Side> sideOfValues(const fs::path& file, const BrainFile& content) {
  const std::optional<Side> named = sideIn(nameWords(file.filename().string()));
  if (content.side && named && *content.side != *named) {
    throw Error(ErrorKind::mismatch,
                file.string() + " says in its metadata that it is the " +
                    std::string(toString(*content.side)) + " hemisphere, but its name says " +
                    std::string(toString(*named)) + "; rename it or give the right file.");
  }
  return content.sideCounts ? std::nullopt : content.side ? content.side : named;
}

std::array<std::vector<float>, 2> sidesOf(const fs::path& file,
                                          const BrainFile& content,
                                          std::vector<float> values,
                                          std::optional<Side> side) {
  std::array<std::vector<float>, 2> sides;
  if (side) {
    sides[static_cast<std::size_t>(*side)] = std::move(values);
  } else if (content.sideCounts) {
    const auto left = values.begin() + static_cast<std::ptrdiff_t>((*content.sideCounts)[0]);
    sides = {std::vector(values.begin(), left), std::vector(left, values.end())};
  } else {
    sides = halvesOf(file, values);
  }
  return sides;
}

} // namespace

std::string flawOf(const Surface& surface) {
  const std::vector<Point>& points = surface.verticesRas;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::ranges::all_of(points[i], [](float value) { return std::isfinite(value); })) {
      return "vertex " + std::to_string(i) + " has a coordinate NaN or infinite";
    }
  }
  for (std::size_t i = 0; i < surface.triangles.size(); ++i) {
    for (const std::int32_t vertex : surface.triangles[i]) {
      if (vertex < 0 || static_cast<std::size_t>(vertex) >= points.size()) {
        return "a corner of triangle " + std::to_string(i) + " is not one of its " +
               std::to_string(points.size()) + " vertices";
      }
    }
  }
  return {};
}

ToldSide sideOf(const BrainFile& content, const fs::path& file) {
  if (content.side) {
    return {.side = content.side, .toldBy = "metadata"};
  }
  if (const auto named = sideIn(nameWords(file.filename().string()))) {
    return {.side = named, .toldBy = "name"};
  }
  const bool isWhole = content.surface && content.vertices.empty();
  const auto side = isWhole ? sideByGeometry(*content.surface) : std::nullopt;
  return {.side = side, .toldBy = side ? "geometry" : ""};
}

VertexData vertexDataOf(const fs::path& file, BrainFile content) {
  requireColumns(file, content);
  const std::optional<Side> side = sideOfValues(file, content);
  if (!content.vertices.empty()) {
    spread(file, content, side);
  }
  VertexData data;
  data.name = sidelessName(file);
  data.unit =
      content.columns.front().unit.empty() ? unitOf(data.name) : content.columns.front().unit;
  data.kind = content.dataKind;
  data.labels = std::move(content.labels);
  data.timeStep = content.timeStep;
  data.timeUnit = std::move(content.timeUnit);
  for (std::size_t i = 0; i < content.columns.size(); ++i) {
    FileColumn& column = content.columns[i];
    if (column.name.empty()) {
      column.name = content.columns.size() == 1 ? data.name : std::to_string(i + 1);
    }
    data.columns.push_back({.name = std::move(column.name),
                            .values = sidesOf(file, content, std::move(column.values), side)});
  }
  std::array<std::size_t, 2> vertices{};
  for (std::size_t s = 0; s < 2; ++s) {
    vertices.at(s) = data.columns.front().values.at(s).size();
    data.files.at(s) = vertices.at(s) == 0 ? fs::path() : file;
  }
  data.mesh = meshOfCounts(vertices);
  return data;
}

} // namespace cortograph
