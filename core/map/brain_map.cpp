#include "map/brain_map.h"

#include "base/error.h"
#include "base/hdf5.h"
#include "base/pending_file.h"
#include "base/version.h"
#include "map/vertex_index.h"

namespace cortograph {

namespace {

constexpr std::int64_t schemaVersion = 2;
constexpr std::string_view mapKindName = "map";
const std::string modelGroup = "/model/";

void writeVertices(Hdf5File& file, const BrainMap& map) {
  const VertexSet& vertices = map.vertices;
  Array<float> coordinate({vertices.size(), 3});
  for (std::size_t i = 0; i < map.coordinates.size(); ++i) {
    std::copy(map.coordinates[i].begin(), map.coordinates[i].end(), coordinate.row(i).begin());
  }
  writeVertexIndex(file, vertices);
  file.write("/vertex/coordinate", coordinate, "x, y, z for the selectors, in mm on the sphere");
  file.write("/vertex/encoding_frame",
             Array<float>({4}, {map.encodingFrame.begin(), map.encodingFrame.end()}),
             "smallest x, y, z and largest extent of the positional encoding, in mm");
}

VertexSet readVertices(const Hdf5File& file, const Attributes& attributes) {
  VertexSet vertices;
  vertices.mesh = meshSpaceOf(attributes);
  const auto index = file.read<std::int32_t>("/vertex/index");
  const auto hemisphere = file.read<std::uint8_t>("/vertex/hemisphere");
  if (index.shape != hemisphere.shape || index.shape.size() != 1) {
    throw Error(ErrorKind::mismatch,
                "/vertex/index is " + toString(index.shape) + ", but /vertex/hemisphere is " +
                    toString(hemisphere.shape) + ".");
  }
  for (std::size_t n = 0; n < index.values.size(); ++n) {
    const std::size_t side = hemisphere.values[n];
    const std::int64_t first = side == 1 ? static_cast<std::int64_t>(vertices.mesh.vertices[0]) : 0;
    const std::int64_t vertex = index.values[n] - first;
    if (side > 1 || vertex < 0 ||
        vertex >= static_cast<std::int64_t>(vertices.mesh.vertices[side])) {
      throw Error(ErrorKind::format,
                  "/vertex/index holds a vertex that the mesh does not have; the file is damaged.");
    }
    if (side == 0 && !vertices.ofSide[1].empty()) {
      throw Error(ErrorKind::format,
                  "/vertex/hemisphere is not left before right; the file is damaged.");
    }
    vertices.ofSide[side].push_back(static_cast<std::int32_t>(vertex));
  }
  return vertices;
}

/// Reads a dataset and checks that its first axis is `count` and that it has `axes` axes.
Array<float>
readPerVertex(const Hdf5File& file, const std::string& name, std::size_t count, std::size_t axes) {
  Array<float> values = file.read<float>(name);
  if (values.shape.size() != axes || values.rows() != count) {
    throw Error(ErrorKind::mismatch,
                name + " is " + toString(values.shape) + ", but the map has " +
                    std::to_string(count) + " vertices.");
  }
  return values;
}

std::vector<float> readOptional(const Hdf5File& file, const std::string& name, std::size_t count) {
  return file.has(name) ? readPerVertex(file, name, count, 1).values : std::vector<float>{};
}

/// Writes the regions sorted by name, as they are read, so that a map written again has the same
/// bytes.
void writeRegions(Hdf5File& file, Parcellation regions) {
  std::sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) {
    return a.name < b.name;
  });
  for (const Region& region : regions) {
    const std::string name = "/region/" + region.name;
    file.write(name,
               Array<std::uint8_t>({region.member.size()}, region.member),
               "1 where the vertex lies in the region");
    file.setAttribute(name, "group", region.group);
  }
}

Parcellation readRegions(const Hdf5File& file, std::size_t count) {
  Parcellation regions;
  for (const std::string& name : file.children("/region")) {
    const std::string dataset = "/region/" + name;
    Array<std::uint8_t> member = file.read<std::uint8_t>(dataset);
    if (member.values.size() != count) {
      throw Error(ErrorKind::mismatch,
                  dataset + " is " + toString(member.shape) + ", but the map has " +
                      std::to_string(count) + " vertices.");
    }
    regions.push_back({.name = name,
                       .group = textOf(file.attributes(dataset), "group"),
                       .member = std::move(member.values)});
  }
  return regions;
}

const std::string clusterDataset = "/channel/cluster";

void writeClusters(Hdf5File& file, const ChannelClusters& clusters) {
  file.write(clusterDataset,
             Array<std::int32_t>({clusters.label.size()}, clusters.label),
             "cluster of the vertex by its readout weights, from 0; -1: none");
  file.setAttribute(clusterDataset, "clusters", std::int64_t{clusters.count});
  file.setAttributes(clusterDataset, clusters.settings);
}

ChannelClusters readClusters(const Hdf5File& file, std::size_t count) {
  if (!file.has(clusterDataset)) {
    return {};
  }
  ChannelClusters clusters;
  Array<std::int32_t> label = file.read<std::int32_t>(clusterDataset);
  clusters.settings = file.attributes(clusterDataset);
  clusters.settings.erase("meaning");
  const Attribute stored = clusters.settings["clusters"];
  clusters.settings.erase("clusters");
  clusters.count = static_cast<int>(
      std::holds_alternative<std::int64_t>(stored) ? std::get<std::int64_t>(stored) : 0);
  if (label.shape != ArrayShape{count}) {
    throw Error(ErrorKind::mismatch,
                clusterDataset + " is " + toString(label.shape) + ", but the map has " +
                    std::to_string(count) + " vertices.");
  }
  clusters.label = std::move(label.values);
  for (const std::int32_t one : clusters.label) {
    if (one < -1 || one >= clusters.count) {
      throw Error(ErrorKind::format,
                  clusterDataset + " holds the cluster " + std::to_string(one) + " of " +
                      std::to_string(clusters.count) +
                      ": the file is damaged; cluster the map again.");
    }
  }
  return clusters;
}

void writeHistory(Hdf5File& file, const History& history) {
  const std::size_t count = history.step.size();
  file.write("/history/step", Array<std::int64_t>({count}, history.step), "training step, from 1");
  file.write("/history/loss",
             Array<float>({count}, history.loss),
             "mean training loss since the last entry");
  file.write("/history/r2",
             Array<float>({count}, history.r2),
             "mean R2 over vertices on validation images, NaN where not measured");
}

void writeContents(Hdf5File& file, const BrainMap& map) {
  file.setAttributes("/", map.attributes);
  file.setAttribute("/", "cortograph_kind", std::string(mapKindName));
  file.setAttribute("/", "schema", schemaVersion);
  file.setAttribute("/", "software_version", std::string(softwareVersion));
  writeVertices(file, map);
  file.write("/select/layer", map.layer, "weight of each layer, rows sum to 1");
  file.write("/select/space", map.space, "place in the image: x right, y down, -1 to 1");
  file.write("/select/scale", map.scale, "0 local to 1 global");
  if (!map.r2.empty()) {
    file.write("/score/r2", Array<float>({map.r2.size()}, map.r2), "R2 on the validation images");
  }
  if (!map.noiseCeiling.empty()) {
    file.write("/score/noise_ceiling",
               Array<float>({map.noiseCeiling.size()}, map.noiseCeiling),
               "share of variance that can be explained, 0 to 1");
  }
  if (!map.clusters.label.empty()) {
    writeClusters(file, map.clusters);
  }
  writeRegions(file, map.regions);
  file.writeStrings("/split/train", map.trainImages, "images that the encoder learnt from");
  file.writeStrings(
      "/split/validation", map.validationImages, "images that the encoder is scored on");
  writeHistory(file, map.history);
  for (const auto& [name, values] : map.parameters) {
    file.write(modelGroup + name,
               values,
               "parameter of the encoder, with the public implementation's name");
  }
  if (map.hasReadout()) {
    file.write("/readout/weight", map.readoutWeight, "weight of each bottleneck channel");
    file.write("/readout/bias", map.readoutBias, "bias, in units of the responses");
    file.addName("/readout/weight", modelGroup + "weight");
    file.addName("/readout/bias", modelGroup + "bias");
  }
}

BrainMap readContents(const Hdf5File& file) {
  BrainMap map;
  Attributes attributes = file.attributes("/");
  map.vertices = readVertices(file, attributes);
  for (const auto& [key, value] : attributesOf(map.vertices.mesh)) {
    attributes.erase(key);
  }
  attributes.erase("cortograph_kind");
  attributes.erase("schema");
  map.attributes = std::move(attributes);

  const std::size_t count = map.vertices.size();
  const Array<float> coordinate = readPerVertex(file, "/vertex/coordinate", count, 2);
  if (count > 0 && coordinate.rowSize() != 3) {
    throw Error(ErrorKind::mismatch,
                "/vertex/coordinate is " + toString(coordinate.shape) + ", but N x 3 is expected.");
  }
  map.coordinates.resize(count);
  for (std::size_t n = 0; n < count; ++n) {
    std::copy_n(coordinate.row(n).begin(), 3, map.coordinates[n].begin());
  }
  const Array<float> frame = readPerVertex(file, "/vertex/encoding_frame", 4, 1);
  std::copy(frame.values.begin(), frame.values.end(), map.encodingFrame.begin());

  map.layer = readPerVertex(file, "/select/layer", count, 2);
  map.space = readPerVertex(file, "/select/space", count, 2);
  if (count > 0 && map.space.rowSize() != 2) {
    throw Error(ErrorKind::mismatch,
                "/select/space is " + toString(map.space.shape) + ", but N x 2 is expected.");
  }
  map.scale = readPerVertex(file, "/select/scale", count, 1);
  if (file.has("/readout/weight")) {
    map.readoutWeight = readPerVertex(file, "/readout/weight", count, 2);
    map.readoutBias = readPerVertex(file, "/readout/bias", count, 1);
  }
  map.r2 = readOptional(file, "/score/r2", count);
  map.noiseCeiling = readOptional(file, "/score/noise_ceiling", count);
  map.clusters = readClusters(file, count);
  map.regions = readRegions(file, count);
  map.trainImages = file.readStrings("/split/train");
  map.validationImages = file.readStrings("/split/validation");
  map.history = {.step = file.read<std::int64_t>("/history/step").values,
                 .loss = file.read<float>("/history/loss").values,
                 .r2 = file.read<float>("/history/r2").values};
  for (const std::string& name : file.children("/model")) {
    if (name != "weight" && name != "bias") {
      map.parameters[name] = file.read<float>(modelGroup + name);
    }
  }
  return map;
}

} // namespace

bool BrainMap::simulated() const {
  return textOf(attributes, "simulated") == "1";
}

std::string BrainMap::title() const {
  const std::string name = textOf(attributes, "network_name");
  return name.empty() ? textOf(attributes, "network") : name;
}

BrainMap readMap(const std::filesystem::path& path) {
  return inContext("reading the map " + path.string(), [&] {
    const Hdf5File file = Hdf5File::open(path);
    const Attributes attributes = file.attributes("/");
    const std::string kind = textOf(attributes, "cortograph_kind");
    if (kind != mapKindName) {
      throw Error(ErrorKind::format,
                  kind.empty()
                      ? "This HDF5 file was not written by Cortograph; give a map made by "
                        "`cortograph train`."
                      : "This file holds " + kind + "; give a map made by `cortograph train`.");
    }
    if (const std::string schema = textOf(attributes, "schema");
        schema != std::to_string(schemaVersion)) {
      throw Error(ErrorKind::unsupported,
                  "The map has schema " + schema + ", but this program reads schema " +
                      std::to_string(schemaVersion) +
                      "; train it again, or use the version of Cortograph that wrote it (" +
                      textOf(attributes, "software_version") + ").");
    }
    return readContents(file);
  });
}

void writeMap(const std::filesystem::path& path,
              const BrainMap& map,
              const std::function<void(Hdf5File&)>& more) {
  inContext("writing the map " + path.string(), [&] {
    PendingFile pending(path);
    {
      Hdf5File file = Hdf5File::create(pending.temporary());
      writeContents(file, map);
      if (more) {
        more(file);
      }
      file.flush();
    }
    pending.commit();
  });
}

bool isMap(const std::filesystem::path& path) {
  try {
    return Hdf5File::recognizes(path) &&
           textOf(Hdf5File::open(path).attributes("/"), "cortograph_kind") == mapKindName;
  } catch (const std::exception&) {
    return false;
  }
}

} // namespace cortograph
