#include "app/cli/describe.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/hdf5.h"
#include "brain/format.h"
#include "brain/region_file.h"
#include "engine/engine.h"
#include "map/left_out.h"
#include "subject/subject.h"
#include "subject/usable_vertices.h"
#include "weights/weight_endings.h"
#include "weights/weight_source.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace cortograph {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

Json jsonOf(const Attributes& attributes) {
  Json out = Json::object();
  for (const auto& [key, value] : attributes) {
    std::visit([&out, &key = key](const auto& plain) { out[key] = plain; }, value);
  }
  return out;
}

/// Returns count, minimum, maximum and mean of the values that are numbers.
Json statistics(std::span<const float> values) {
  float low = std::numeric_limits<float>::infinity();
  float high = -low;
  double sum = 0;
  std::size_t count = 0;
  for (const float value : values) {
    if (!std::isnan(value)) {
      low = std::min(low, value);
      high = std::max(high, value);
      sum += value;
      ++count;
    }
  }
  return count == 0 ? Json{{"count", 0}}
                    : Json{{"count", count},
                           {"min", low},
                           {"max", high},
                           {"mean", sum / static_cast<double>(count)}};
}

Json sidesOf(std::size_t left, std::size_t right) {
  return {{"left", left}, {"right", right}};
}

/// Adds the properties of a mesh.
void addMesh(Json& json, const MeshSpace& mesh) {
  json["mesh"] = mesh.name;
  json["mesh_vertices"] = sidesOf(mesh.vertices[0], mesh.vertices[1]);
  json["mesh_density"] = mesh.density();
  json["mesh_told_by"] = inWords(mesh.toldBy);
  json["mesh_in_words"] = inWords(mesh);
}

Json regionCounts(const Parcellation& regions) {
  Json counts = Json::object();
  for (const Region& region : regions) {
    counts[region.name] = std::count(region.member.begin(), region.member.end(), 1);
  }
  return counts;
}

using Files = std::vector<fs::path>;

/// Returns the area of each region in mm²; null when the surfaces have none.
Json regionAreas(const Parcellation& regions, const VertexSet& vertices, const Cortex& cortex) {
  const std::vector<double> areas = areasOf(regions, vertices, cortex);
  Json json = Json::object();
  for (std::size_t r = 0; r < regions.size(); ++r) {
    json[regions[r].name] = std::isfinite(areas[r]) ? Json(areas[r]) : Json();
  }
  return json;
}

Json describeCortex(const std::string& folder) {
  const auto cortex = readCortex(folder);
  Json shapes = Json::array();
  for (const Shape shape : cortex->shapes()) {
    shapes.push_back(toString(shape));
  }
  Json json{{"kind", "surfaces"},
            {"name", cortex->mesh.name},
            {"vertices", sidesOf(cortex->mesh.vertices[0], cortex->mesh.vertices[1])},
            {"shapes", shapes}};
  addMesh(json, cortex->mesh);
  return json;
}

Json describeMap(const std::string& file, const Files& regionFiles) {
  BrainMap map = readMap(file);
  addRegions(map.regions, readRegions(regionFiles, map.vertices));
  Json json{{"kind", "map"}, {"format", "hdf5"}, {"title", map.title()}};
  addMesh(json, map.vertices.mesh);
  json.update(
      {{"modelled_vertices", sidesOf(map.vertices.ofSide[0].size(), map.vertices.ofSide[1].size())},
       {"left_out", leftOutCount(map)},
       {"layers", map.layers()},
       {"bottleneck", map.readoutWeight.rowSize()},
       {"r2", statistics(map.r2)},
       {"scale", statistics(map.scale.values)},
       {"noise_ceiling", statistics(map.noiseCeiling)},
       {"train_images", map.trainImages.size()},
       {"validation_images", map.validationImages.size()},
       {"channel_clusters", map.clusters.count},
       {"regions", regionCounts(map.regions)},
       {"attributes", jsonOf(map.attributes)}});
  return json;
}

/// Describes any other HDF5 file by its attributes and the shapes of its datasets.
Json describeHdf5(const std::string& path) {
  const Hdf5File file = Hdf5File::open(path);
  Json datasets = Json::object();
  for (const std::string& name : file.datasets()) {
    try {
      datasets[name] = toString(file.shapeOf(name));
    } catch (const Error& error) {
      datasets[name] = error.what();
    }
  }
  const Attributes attributes = file.attributes("/");
  const std::string kind = textOf(attributes, "cortograph_kind");
  return {{"kind", kind.empty() ? "hdf5" : kind},
          {"format", "hdf5"},
          {"attributes", jsonOf(attributes)},
          {"datasets", datasets}};
}

Json describePicture(const std::string& file) {
  const auto [width, height] = readPictureSize(file);
  return {{"kind", "image"}, {"width", width}, {"height", height}};
}

/// Returns the names or, when there are many, how many share their first part.
Json summaryOf(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  if (names.size() <= most) {
    return names;
  }
  std::map<std::string, std::size_t> counts;
  for (const std::string& name : names) {
    ++counts[name.substr(0, name.find('.'))];
  }
  Json summary = Json::array();
  for (const auto& [part, count] : counts) {
    summary.push_back(count == 1 ? part : part + ".* (" + std::to_string(count) + " tensors)");
  }
  return summary;
}

Json sizeOf(const Extent& extent) {
  return extent.rows == extent.columns ? Json(extent.rows) : Json(toString(extent));
}

Json originsOf(const NetworkInfo& info) {
  Json origins = Json::object();
  for (const auto& [what, where] : info.origins) {
    origins[what] = where;
  }
  return origins;
}

Json describeWeights(const std::string& file, NetworkSource source, const CancelToken& cancel) {
  source.spec = file;
  const NetworkInfo info = loadEngine().describeNetwork(source, cancel);
  const bool known = !info.layers.empty();
  const std::string open = "; its layers are known only when it runs; give --trust";
  const Json heads = info.heads == 0 ? Json("not in the file; give --heads") : Json(info.heads);
  return {{"kind", "network"},
          {"name", info.name},
          {"family", info.family},
          {"evidence", info.evidence + (known ? "" : open)},
          {"depth", known ? Json(info.depth()) : Json()},
          {"width", known ? Json(info.width()) : Json()},
          {"heads", info.patch == 0 ? Json() : heads},
          {"patch", info.patch == 0 ? Json() : Json(info.patch)},
          {"image_size", sizeOf(info.image)},
          {"registers", info.registers},
          {"activation", info.activation},
          {"layer_norm_eps", info.layerNormEps},
          {"preprocessing", info.preprocessing},
          {"parameters", info.parameters},
          {"told_by", originsOf(info)},
          {"unused", summaryOf(info.unused)},
          {"metadata", info.metadata},
          {"bytes", info.bytes},
          {"sha256", info.hash}};
}

bool holdsWeights(const std::string& folder) {
  const fs::directory_iterator files(folder);
  return std::any_of(
      begin(files), end(files), [](const auto& entry) { return namesWeights(entry.path()); });
}

Json describeFolder(const std::string& folder,
                    const NetworkSource& source,
                    const CancelToken& cancel) {
  try {
    return describeCortex(folder);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::notFound) {
      throw;
    }
  }
  if (holdsWeights(folder)) {
    return describeWeights(folder, source, cancel); // throws an error that names the file to give
  }
  throw Error(ErrorKind::format,
              "The folder " + folder +
                  " holds neither a subject nor surfaces; see cortograph list layouts.");
}

Json describeFile(const std::string& file,
                  const NetworkSource& source,
                  const Files& regionFiles,
                  const CancelToken& cancel) {
  if (!fs::exists(file)) {
    throw Error(ErrorKind::file, "The file " + file + " does not exist; check the path.");
  }
  if (!fs::is_regular_file(file)) {
    throw Error(ErrorKind::file,
                file + " is a pipe, a socket or a device, but a plain file is expected; save its "
                       "content to a file first.");
  }
  if (isMap(file)) {
    return describeMap(file, regionFiles);
  }
  if (Hdf5File::recognizes(file)) {
    return describeHdf5(file);
  }
  if (isPicture(file)) {
    return describePicture(file);
  }
  if (formatOf(file) != nullptr) {
    return fileInfo(file);
  }
  if (namesWeights(file)) {
    return describeWeights(file, source, cancel);
  }
  throw Error(ErrorKind::format,
              "The file " + file + " has an unknown format; see cortograph list formats.");
}

} // namespace

Json describeSubject(const std::string& spec, const Files& regionFiles, const Control& control) {
  Subject subject = readSubjectOnItsMesh(spec);
  addRegions(subject.regions, readRegions(regionFiles, subject.vertices));
  const std::vector<std::uint8_t> usable = usableVertices(subject.training.responses, control);
  Json json{{"kind", "subject"},
            {"layout", layoutOf(spec)->name},
            {"name", subject.name},
            {"simulated", subject.simulated}};
  addMesh(json, subject.vertices.mesh);
  json.update({{"modelled_vertices",
                sidesOf(subject.vertices.ofSide[0].size(), subject.vertices.ofSide[1].size())},
               {"left_out", std::ranges::count(usable, 0)},
               {"training_images", subject.training.images.size()},
               {"test_images", subject.test.images.size()},
               {"test_responses", subject.test.responses.images()},
               {"noise_ceiling", statistics(subject.noiseCeiling)},
               {"regions", regionCounts(subject.regions)}});
  if (subject.cortex != nullptr && subject.vertices.placed()) {
    json["region_areas_mm2"] = regionAreas(subject.regions, subject.vertices, *subject.cortex);
  }
  try {
    requireTrainable(subject);
    json["trainable"] = true;
  } catch (const Error& error) {
    json["trainable"] = false;
    json["not_trainable_because"] = error.what();
  }
  return json;
}

Json describe(const std::string& spec,
              const NetworkSource& source,
              const Files& regionFiles,
              const Control& control) {
  return inContext("inspecting " + spec, [&]() -> Json {
    if (layoutOf(spec) != nullptr) {
      return describeSubject(spec, regionFiles, control);
    }
    if (isBuiltInNetwork(spec)) {
      return describeWeights(spec, source, control.cancel);
    }
    if (fs::is_directory(spec)) {
      return describeFolder(spec, source, control.cancel);
    }
    Json out = describeFile(spec, source, regionFiles, control.cancel);
    if (!out.contains("sha256")) {
      out["bytes"] = fs::file_size(spec);
      out["sha256"] = contentHash(fs::path(spec));
    }
    return out;
  });
}

} // namespace cortograph
