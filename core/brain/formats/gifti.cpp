#include "base/array.h"
#include "base/error.h"
#include "brain/format.h"
#include "brain/formats/gifti_content.h"
#include "brain/formats/gifti_data.h"
#include "brain/formats/value_range.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

namespace fs = std::filesystem;
using gifti::Content;
using gifti::DataArray;
using gifti::Role;

namespace {

const DataArray* find(const Content& content, Role role) {
  const auto found = std::find_if(content.arrays.begin(),
                                  content.arrays.end(),
                                  [role](const DataArray& array) { return array.role == role; });
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
      const double value = array.values.values[i * 3 + axis];
      if (!std::isfinite(value)) {
        gifti::throwDamaged(file, "vertex " + std::to_string(i) + " has a coordinate NaN");
      }
      points[i].at(axis) = static_cast<float>(value);
    }
  }
  return points;
}

std::vector<Triangle>
trianglesOf(const DataArray& array, std::size_t vertices, const fs::path& file) {
  if (!isTriples(array)) {
    gifti::throwDamaged(file,
                        "its triangles are " + toString(array.values.shape) +
                            ", but triangles x 3 are expected");
  }
  std::vector<Triangle> triangles(array.values.rows());
  for (std::size_t i = 0; i < triangles.size(); ++i) {
    for (std::size_t corner = 0; corner < 3; ++corner) {
      const double vertex = array.values.values[i * 3 + corner];
      if (!(vertex >= 0 && vertex < static_cast<double>(vertices)) ||
          vertex != std::trunc(vertex)) {
        gifti::throwDamaged(file,
                            "a corner of triangle " + std::to_string(i) + " is not one of its " +
                                std::to_string(vertices) + " vertices");
      }
      triangles[i].at(corner) = static_cast<std::int32_t>(vertex);
    }
  }
  return triangles;
}

SurfaceFile readGiftiSurface(const fs::path& file) {
  const Content content = gifti::read(file);
  const DataArray* points = find(content, Role::points);
  const DataArray* triangles = find(content, Role::triangles);
  if (points == nullptr || triangles == nullptr) {
    throw Error(ErrorKind::format,
                file.string() + " holds " +
                    (points == nullptr ? "no coordinates" : "coordinates but no triangles") +
                    ", but a surface is expected; give a .surf.gii file.");
  }
  SurfaceFile result;
  result.side = content.side;
  result.subject = content.subject;
  result.surface.verticesRas = pointsOf(*points, file);
  result.surface.triangles = trianglesOf(*triangles, points->values.rows(), file);
  return result;
}

/// Returns the number of vertices of an array with one value per vertex; 0 when it has another
/// shape.
std::size_t singleColumn(const Array<double>& values) {
  const std::size_t longest = *std::max_element(values.shape.begin(), values.shape.end());
  return longest == values.values.size() ? longest : 0;
}

VertexData readGiftiVertexData(const fs::path& file, std::optional<Side> named) {
  const Content content = gifti::read(file);
  std::vector<const DataArray*> data;
  for (const DataArray& array : content.arrays) {
    if (array.role == Role::values || array.role == Role::labels) {
      data.push_back(&array);
    }
  }
  if (data.empty()) {
    throw Error(ErrorKind::format,
                file.string() + " holds a surface, but values of vertices are expected; give a "
                                ".func.gii, .shape.gii or .label.gii file.");
  }
  if (data.size() > 1 || singleColumn(data.front()->values) == 0) {
    throw Error(ErrorKind::unsupported,
                file.string() + " holds " +
                    (data.size() > 1 ? std::to_string(data.size()) + " arrays"
                                     : "an array of " + toString(data.front()->values.shape)) +
                    ", but one value per vertex is expected; save the right one in a file of its "
                    "own.");
  }
  const DataArray& array = *data.front();
  VertexData result = vertexDataOf(file,
                                   {{array.name.empty() ? file.stem().string() : array.name,
                                     {array.values.values.begin(), array.values.values.end()}}},
                                   content.side ? content.side : named);
  if (array.role == Role::labels) {
    result.kind = VertexDataKind::labels;
    for (const gifti::Label& label : content.labels) {
      result.labels.push_back({.key = label.key, .name = label.name});
    }
  }
  return result;
}

/// Adds the bounds and the centre, with one number per axis.
void addBox(nlohmann::ordered_json& json, const Array<double>& points) {
  for (const char* key : {"min", "max", "mean"}) {
    json[key] = nlohmann::ordered_json::array();
  }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::vector<double> column(points.rows());
    for (std::size_t i = 0; i < column.size(); ++i) {
      column[i] = points.values[i * 3 + axis];
    }
    nlohmann::ordered_json range;
    addValueRange(range, column);
    for (const char* key : {"min", "max", "mean"}) {
      json[key].push_back(range.value(key, nlohmann::ordered_json()));
    }
  }
}

nlohmann::ordered_json labelsOf(const Content& content, const std::vector<double>& values) {
  auto list = nlohmann::ordered_json::array();
  for (const gifti::Label& label : content.labels) {
    const auto count = std::count(values.begin(), values.end(), static_cast<double>(label.key));
    list.push_back({{"key", label.key}, {"name", label.name}, {"vertices", count}});
  }
  return list;
}

nlohmann::ordered_json giftiInfo(const fs::path& file) {
  const Content content = gifti::read(file);
  const DataArray* points = find(content, Role::points);
  const DataArray* triangles = find(content, Role::triangles);
  nlohmann::ordered_json json;
  json["kind"] = points != nullptr                        ? "surface"
                 : find(content, Role::labels) != nullptr ? "labels"
                 : content.arrays.size() > 1              ? "vertex data, several arrays"
                                                          : "vertex data";
  json["format"] = "gifti";
  json["hemisphere"] =
      content.side ? nlohmann::ordered_json(toString(*content.side)) : nlohmann::ordered_json();
  const DataArray& main = points != nullptr ? *points : content.arrays.front();
  json["shape"] = main.values.shape;
  json["vertices"] = main.values.shape.front();
  if (points == nullptr) {
    json["arrays"] = content.arrays.size();
  }
  if (triangles != nullptr) {
    json["triangles"] = triangles->values.shape.front();
  }
  if (points != nullptr && isTriples(*points)) {
    addBox(json, points->values);
    return json;
  }
  std::vector<double> all;
  for (const DataArray& array : content.arrays) {
    all.insert(all.end(), array.values.values.begin(), array.values.values.end());
  }
  addValueRange(json, all);
  if (!content.labels.empty()) {
    json["labels"] = labelsOf(content, all);
  }
  return json;
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
      .recognizes = &cortograph::gifti::recognizes,
      .info = &giftiInfo,
      .readSurface = &readGiftiSurface,
      .readVertexData = &readGiftiVertexData,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
