#include "base/error.h"
#include "brain/format.h"
#include "brain/value_range.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace cortograph {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string kindOf(const BrainFile& content) {
  if (content.volume) {
    return content.volume->frames > 1 ? "volumes" : "volume";
  }
  if (content.surface) {
    return content.vertices.empty() ? "surface" : "patch";
  }
  if (content.columns.empty()) {
    return "table of labels";
  }
  if (content.dataKind == VertexDataKind::time) {
    return "time series";
  }
  if (content.dataKind == VertexDataKind::labels) {
    return content.vertices.empty() ? "labels" : "label";
  }
  return content.columns.size() > 1 ? "vertex data, several arrays" : "vertex data";
}

/// Adds the counts of a surface, and its bounds and centre with one number per axis.
void addSurface(Json& json, const Surface& surface) {
  json["vertices"] = surface.verticesRas.size();
  json["triangles"] = surface.triangles.size();
  for (const char* key : {"min", "max", "mean"}) {
    json[key] = Json::array();
  }
  for (std::size_t axis = 0; axis < 3; ++axis) {
    ValueRange range;
    for (const Point& point : surface.verticesRas) {
      range.add(point.at(axis));
    }
    Json ofAxis;
    addTo(ofAxis, range);
    for (const char* key : {"min", "max", "mean"}) {
      json[key].push_back(ofAxis.value(key, Json()));
    }
  }
}

/// Adds the standard meshes that may be meant, and how they were told.
void addMeshes(Json& json, const BrainFile& content, const ToldSide& told) {
  const bool whole = content.vertices.empty();
  if (whole && content.surface) {
    const std::string name =
        standardMeshName({triangulationHash(content.surface->triangles), std::string()});
    if (!name.empty()) {
      json["meshes"] = {name};
      json["meshes_told_by"] = inWords(MeshEvidence::byTriangulation);
      return;
    }
  }
  const std::size_t count = content.surface           ? content.surface->verticesRas.size()
                            : content.columns.empty() ? 0
                                                      : content.columns.front().values.size();
  Json meshes = Json::array();
  const auto add = [&meshes](const std::string& name, const char* sides) {
    if (!name.empty()) {
      meshes.push_back(name + sides);
    }
  };
  if (!whole) {
    add(standardMeshSize(content.subject) > 0 ? content.subject : std::string(), "");
  } else if (content.sideCounts) {
    add(meshOfCounts(*content.sideCounts).name, "");
  } else {
    add(standardMeshName(count), "");
    if (!told.side && !content.surface && count % 2 == 0) {
      add(standardMeshName(count / 2), ", both sides");
    }
    for (const std::size_t part : {fsLrCortex[0], fsLrCortex[1], fsLrCortex[0] + fsLrCortex[1]}) {
      add(count == part ? "fsLR-32k" : "", " without its medial wall");
    }
  }
  json["meshes"] = std::move(meshes);
  json["meshes_told_by"] = json["meshes"].empty() ? ""
                           : whole                ? inWords(MeshEvidence::byCount)
                                                  : inWords(MeshEvidence::byMetadata);
}

/// Adds the table of labels, with the number of vertices of each.
void addLabels(Json& json, const BrainFile& content) {
  std::map<float, std::size_t> counts;
  for (const FileColumn& column : content.columns) {
    for (const float value : column.values) {
      if (!std::isnan(value)) {
        ++counts[value];
      }
    }
  }
  Json list = Json::array();
  for (const VertexLabel& label : content.labels) {
    const auto found = counts.find(static_cast<float>(label.key));
    list.push_back({{"key", label.key},
                    {"name", label.name},
                    {"color", label.color},
                    {"vertices", found == counts.end() ? 0 : found->second}});
  }
  json["labels"] = std::move(list);
}

/// Adds the columns, each with its range, and the range of all.
void addColumns(Json& json, const BrainFile& content) {
  json["vertices"] =
      content.vertices.empty() ? content.columns.front().values.size() : content.vertices.size();
  if (content.sideCounts) {
    json["side_vertices"] = {{"left", (*content.sideCounts)[0]},
                             {"right", (*content.sideCounts)[1]}};
  }
  json["arrays"] = content.columns.size();
  ValueRange all;
  Json columns = Json::array();
  for (std::size_t i = 0; i < content.columns.size(); ++i) {
    const FileColumn& column = content.columns[i];
    Json& added = columns.emplace_back(Json{{"name", column.name}, {"unit", column.unit}});
    if (content.timeStep > 0) {
      added["time"] = static_cast<double>(i) * content.timeStep;
    }
    ValueRange range;
    range.addAll(column.values);
    all.addAll(column.values);
    addTo(added, range);
  }
  addTo(json, all);
  json["columns"] = std::move(columns);
}

void addVolume(Json& json, const Volume& volume) {
  json["extent"] = volume.extent;
  json["frames"] = volume.frames;
  json["affine"] = volume.affine;
  json["voxel_size"] = voxelSizeMm(volume.affine);
  json["voxel_unit"] = "mm";
  json["orientation"] = orientationOf(volume.affine);
  ValueRange range;
  range.addAll(volume.values);
  addTo(json, range);
}

Json describe(const BrainFile& content, const Format& format, const fs::path& file) {
  const ToldSide told = sideOf(content, file);
  Json json{{"kind", kindOf(content)},
            {"format", format.name},
            {"hemisphere", told.side ? Json(toString(*told.side)) : Json()},
            {"hemisphere_told_by", told.toldBy},
            {"subject", content.subject},
            {"shape", content.shape},
            {"type", content.type}};
  if (content.surface) {
    addSurface(json, *content.surface);
  } else if (!content.columns.empty()) {
    addColumns(json, content);
  }
  if (content.volume) {
    addVolume(json, *content.volume);
  } else if (content.surface || !content.columns.empty()) {
    addMeshes(json, content, told);
  }
  if (content.timeStep > 0) {
    json["time_step"] = content.timeStep;
    json["time_unit"] = content.timeUnit;
  }
  if (!content.labels.empty()) {
    addLabels(json, content);
  }
  if (content.surfaceToScanner) {
    json["surface_to_scanner"] = *content.surfaceToScanner;
  }
  json["notes"] = content.notes;
  if (content.surface && content.vertices.empty()) {
    if (const std::string flaw = flawOf(*content.surface); !flaw.empty()) {
      json["notes"].push_back("it can't be drawn: " + flaw);
    }
  }
  return json;
}

} // namespace

Json fileInfo(const fs::path& file) {
  const Format& format = knownFormatOf(file);
  return format.info != nullptr ? format.info(file) : describe(format.read(file), format, file);
}

} // namespace cortograph
