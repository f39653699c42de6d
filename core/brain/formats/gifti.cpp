#include "base/array.h"
#include "base/error.h"
#include "base/text.h"
#include "brain/format.h"
#include "brain/formats/gifti_content.h"
#include "brain/formats/gifti_data.h"
#include "brain/gifti_write.h"

#include <algorithm>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;
using gifti::Content;
using gifti::DataArray;
using gifti::Role;

namespace {

const DataArray* find(const Content& content, Role role) {
  const auto found = std::ranges::find(content.arrays, role, &DataArray::role);
  return found == content.arrays.end() ? nullptr : &*found;
}

bool isTriples(const DataArray& array) {
  return array.values.shape.size() == 2 && array.values.shape[1] == 3;
}

std::vector<Point> pointsOf(const DataArray& array, const fs::path& file) {
  if (!isTriples(array) || array.values.rows() >= std::numeric_limits<std::int32_t>::max()) {
    gifti::throwDamaged(file,
                        "its coordinates are " + toString(array.values.shape) +
                            ", but vertices x 3 are expected");
  }
  std::vector<Point> points(array.values.rows());
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      points[i].at(axis) = static_cast<float>(array.values.values[i * 3 + axis]);
    }
  }
  return points;
}

/// Returns a vertex's number; -1 for what is not one.
std::int32_t vertexOf(double number) {
  const bool fits = number >= 0 && number < std::numeric_limits<std::int32_t>::max();
  const auto vertex = fits ? static_cast<std::int32_t>(number) : -1;
  return static_cast<double>(vertex) == number ? vertex : -1;
}

std::vector<Triangle> trianglesOf(const DataArray& array, const fs::path& file) {
  if (!isTriples(array)) {
    gifti::throwDamaged(file,
                        "its triangles are " + toString(array.values.shape) +
                            ", but triangles x 3 are expected");
  }
  std::vector<Triangle> triangles(array.values.rows());
  for (std::size_t i = 0; i < triangles.size(); ++i) {
    for (std::size_t corner = 0; corner < 3; ++corner) {
      triangles[i].at(corner) = vertexOf(array.values.values[i * 3 + corner]);
    }
  }
  return triangles;
}

/// Adds the columns of an array: the array itself, or those of its second axis.
void addColumns(BrainFile& result, const DataArray& array, const fs::path& file) {
  const ArrayShape& shape = array.values.shape;
  const std::vector<double>& values = array.values.values;
  const std::size_t longest = *std::ranges::max_element(shape);
  if (longest == values.size()) {
    result.columns.push_back({.name = array.name, .values = {values.begin(), values.end()}});
    return;
  }
  if (shape.size() != 2) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds an array of " + toString(shape) +
                    ", but vertices, or vertices x columns, are expected; save its columns as "
                    "arrays of their own.");
  }
  for (std::size_t column = 0; column < shape[1]; ++column) {
    FileColumn& added = result.columns.emplace_back();
    added.name = array.name.empty() ? "" : array.name + " " + std::to_string(column + 1);
    added.values.resize(shape[0]);
    for (std::size_t row = 0; row < shape[0]; ++row) {
      added.values[row] = static_cast<float>(values[row * shape[1] + column]);
    }
  }
}

/// Reads the time between the arrays of a series, which GIFTI states in milliseconds.
void addTimeStep(BrainFile& result, const Content& content) {
  const auto stepOf = [](const gifti::Metadata& metadata) {
    const auto found = metadata.find("TimeStep");
    return found == metadata.end() ? 0 : numberIn<double>(found->second).value_or(0);
  };
  const DataArray* series = find(content, Role::series);
  const double ofFile = stepOf(content.metadata);
  const double step = ofFile > 0 ? ofFile : stepOf(series->metadata);
  if (step > 0) {
    result.timeStep = step / 1000;
    result.timeUnit = "s";
  }
}

BrainFile readGifti(const fs::path& file) {
  const Content content = gifti::read(file);
  const DataArray* points = find(content, Role::points);
  const DataArray* triangles = find(content, Role::triangles);
  const DataArray& main = points != nullptr ? *points : content.arrays.front();
  BrainFile result{.shape = main.values.shape,
                   .type = main.type,
                   .side = content.side,
                   .subject = content.subject};
  if (points != nullptr) {
    result.surface = {.verticesRas = pointsOf(*points, file), .triangles = {}};
    if (triangles != nullptr) {
      result.surface->triangles = trianglesOf(*triangles, file);
    }
  }
  for (const DataArray& array : content.arrays) {
    if (array.role != Role::points && array.role != Role::triangles) {
      addColumns(result, array, file);
    }
  }
  for (const gifti::Label& label : content.labels) {
    result.labels.push_back(
        {.key = label.key, .name = label.name, .color = label.color.value_or(VertexLabel().color)});
  }
  if (find(content, Role::labels) != nullptr) {
    result.dataKind = VertexDataKind::labels;
  } else if (find(content, Role::series) != nullptr) {
    result.dataKind = VertexDataKind::time;
    addTimeStep(result, content);
  }
  return result;
}

void writeGifti(const fs::path& file, const VertexData& data, std::optional<Side> side) {
  writeVertexData(file, data, side.value());
}

} // namespace

namespace formats {

const Format& gifti();

const Format& gifti() {
  static const Format format{
      .name = "gifti",
      .title = "GIFTI surfaces and vertex data",
      .endings = {".gii", ".gii.gz"},
      .specification = "https://www.nitrc.org/projects/gifti",
      .contents = {FormatContent::surface, FormatContent::vertexData},
      .recognizes = &cortograph::gifti::recognizes,
      .read = &readGifti,
      .write = &writeGifti,
      .writtenEndings = {".gii"},
  };
  return format;
}

} // namespace formats

} // namespace cortograph
