#include "base/error.h"
#include "brain/format.h"
#include "brain/formats/cifti_xml.h"
#include "brain/formats/nifti_file.h"
#include "brain/formats/nifti_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;
using cifti::Dimension;
using cifti::DimensionKind;

namespace {

/// A value's row in the matrix, and its place in a column: the left vertices, then the right ones.
struct Place {
  std::size_t row;
  std::size_t place;
};

std::string wordOf(DimensionKind kind) {
  switch (kind) {
  case DimensionKind::brainModels:
    return "brain models";
  case DimensionKind::parcels:
    return "parcels";
  case DimensionKind::scalars:
    return "scalars";
  case DimensionKind::labels:
    return "labels";
  case DimensionKind::series:
    return "a series";
  }
  return {};
}

bool isOfBrain(DimensionKind kind) {
  return kind == DimensionKind::brainModels || kind == DimensionKind::parcels;
}

/// Throws unless the matrix has a dimension of maps and one of the brain, of the sizes that the
/// header states.
void requireMatrix(const std::vector<Dimension>& dimensions,
                   const nifti::Header& header,
                   const fs::path& file) {
  if (dimensions.size() != 2 || isOfBrain(dimensions[0].kind) || !isOfBrain(dimensions[1].kind)) {
    std::string found;
    for (const Dimension& dimension : dimensions) {
      found += (found.empty() ? "" : " by ") + wordOf(dimension.kind);
    }
    throw Error(ErrorKind::unsupported,
                file.string() + " holds a matrix of " + found +
                    ", but scalars, labels or a series by brain models or parcels are expected "
                    "(.dscalar, .dlabel, .dtseries, .pscalar, .plabel, .ptseries); take one map of "
                    "it by wb_command -cifti-reduce or -cifti-merge.");
  }
  constexpr std::size_t axesBefore = 4; // which are 1
  const ArrayShape expected{1, 1, 1, 1, dimensions[0].size, dimensions[1].size};
  ArrayShape found = header.shape;
  while (found.size() > axesBefore + 2 && found.back() == 1) {
    found.pop_back();
  }
  if (found != expected) {
    cifti::throwDamaged(file,
                        "its header states " + toString(header.shape) + " values, but its XML " +
                            toString(expected));
  }
}

/// Returns the places of the values that lie on the cortex, by ascending row.
std::vector<Place> placesOf(const Dimension& brain) {
  std::vector<Place> places;
  const std::array<std::size_t, 2> begin{0, brain.vertices[0]};
  for (const cifti::BrainModel& model : brain.models) {
    const auto side = cifti::cortexSide(model.structure);
    for (std::size_t i = 0; side && i < model.vertices.size(); ++i) {
      places.push_back({.row = model.offset + i,
                        .place = begin.at(*side) + static_cast<std::size_t>(model.vertices[i])});
    }
  }
  for (std::size_t row = 0; row < brain.parcels.size(); ++row) {
    for (std::size_t side = 0; side < 2; ++side) {
      for (const std::int32_t vertex : brain.parcels[row].vertices.at(side)) {
        places.push_back({.row = row, .place = begin.at(side) + static_cast<std::size_t>(vertex)});
      }
    }
  }
  return places;
}

/// Throws when columns over whole surfaces would be much larger than what the file holds.
void requireModest(const Dimension& maps, const Dimension& brain, const fs::path& file) {
  constexpr std::size_t always = std::size_t{1} << 26U; // values
  constexpr std::size_t mostGrowth = 16;
  const std::size_t vertices = brain.vertices[0] + brain.vertices[1];
  const std::size_t most = std::max(always, mostGrowth * maps.size * brain.size);
  if (maps.size > 0 && vertices > most / maps.size) {
    cifti::throwDamaged(file,
                        "it states surfaces of " + std::to_string(vertices) + " vertices for " +
                            std::to_string(brain.size) + " values of each of its " +
                            std::to_string(maps.size) + " maps");
  }
}

/// Reads the matrix, whose rows hold the maps' values at one index, into one column for each map.
/// Vertices without a value have NaN.
std::vector<FileColumn>
readColumns(nifti::File& file, const Dimension& maps, const Dimension& brain) {
  constexpr std::size_t valuesAtOnce = std::size_t{1} << 16U; // stay in the cache
  const std::vector<Place> places = placesOf(brain);
  std::vector<FileColumn> columns(maps.size);
  for (FileColumn& column : columns) {
    column.values.assign(brain.vertices[0] + brain.vertices[1],
                         std::numeric_limits<float>::quiet_NaN());
  }
  std::vector<float> rows;
  auto next = places.begin();
  for (std::size_t first = 0; first < brain.size && next != places.end();) {
    const std::size_t count =
        std::min(std::max<std::size_t>(1, valuesAtOnce / maps.size), brain.size - first);
    rows.clear();
    file.append(rows, count * maps.size);
    const auto end = std::find_if(
        next, places.end(), [&](const Place& place) { return place.row >= first + count; });
    for (std::size_t map = 0; map < maps.size; ++map) {
      for (auto at = next; at != end; ++at) {
        columns[map].values[at->place] = rows[(at->row - first) * maps.size + map];
      }
    }
    next = end;
    first += count;
  }
  return columns;
}

/// Gathers the tables of all maps in one. A key that stands for a label of another name in an
/// earlier map gets a free number, in the map's values too. Returns whether there was one.
bool uniteLabels(const Dimension& maps, BrainFile& file) {
  std::set<int> stored;
  for (const cifti::NamedMap& map : maps.maps) {
    for (const VertexLabel& label : map.labels) {
      stored.insert(label.key);
    }
  }
  std::map<std::pair<int, std::string>, int> keys; // of each stored key and name
  std::set<int> taken;
  int free = 1;
  for (std::size_t i = 0; i < maps.maps.size(); ++i) {
    std::unordered_map<float, float> renumbered; // NaN is never found
    for (VertexLabel label : maps.maps[i].labels) {
      const auto [known, isNew] = keys.try_emplace({label.key, label.name}, label.key);
      if (isNew && !taken.insert(label.key).second) {
        while (stored.contains(free) || !taken.insert(free).second) {
          ++free;
        }
        known->second = free;
      }
      if (known->second != label.key) {
        renumbered[static_cast<float>(label.key)] = static_cast<float>(known->second);
      }
      label.key = known->second;
      if (isNew) {
        file.labels.push_back(std::move(label));
      }
    }
    for (float& value : file.columns[i].values) {
      const auto found = renumbered.find(value);
      value = found == renumbered.end() ? value : found->second;
    }
  }
  return std::ranges::any_of(keys,
                             [](const auto& entry) { return entry.first.first != entry.second; });
}

/// Returns the structures that are not the cortex, in words: "THALAMUS_LEFT, BRAIN_STEM".
std::string otherStructures(const Dimension& brain) {
  std::string names;
  for (const cifti::BrainModel& model : brain.models) {
    if (!model.isSurface || !cifti::cortexSide(model.structure)) {
      names += (names.empty() ? "" : ", ") + model.structure;
    }
  }
  for (const cifti::Parcel& parcel : brain.parcels) {
    if (parcel.hasOther) {
      names += (names.empty() ? "" : ", ") + parcel.name;
    }
  }
  return names;
}

void nameColumns(const Dimension& maps, BrainFile& file) {
  for (std::size_t i = 0; i < maps.maps.size(); ++i) {
    file.columns[i].name = maps.maps[i].name;
  }
  if (maps.kind == DimensionKind::series && maps.series.unit == "SECOND") {
    file.dataKind = VertexDataKind::time;
    file.timeStep = maps.series.step;
    file.timeUnit = "s";
  }
  if (maps.kind == DimensionKind::labels) {
    file.dataKind = VertexDataKind::labels;
    if (uniteLabels(maps, file)) {
      file.notes.emplace_back("its maps give some keys different labels: these have new keys");
    }
  }
}

BrainFile readCifti(const fs::path& path) {
  constexpr int code = 32; // NIFTI_ECODE_CIFTI
  nifti::File file(path);
  std::string_view xml = file.extension(code);
  xml = xml.substr(0, xml.find('\0'));
  if (xml.empty()) {
    cifti::throwDamaged(path, "its header has no extension of CIFTI's XML");
  }
  const std::vector<Dimension> dimensions = cifti::dimensionsOf(xml, path);
  requireMatrix(dimensions, file.header(), path);
  const Dimension& maps = dimensions[0];
  const Dimension& brain = dimensions[1];
  if (brain.vertices[0] + brain.vertices[1] == 0) {
    throw Error(ErrorKind::unsupported,
                path.string() + " holds no values of the cortex, only of " +
                    otherStructures(brain) + "; give a file with CORTEX_LEFT or CORTEX_RIGHT.");
  }
  requireModest(maps, brain, path);
  BrainFile result{.shape = {maps.size, brain.size}, .type = nifti::typeName(file.header())};
  result.columns = readColumns(file, maps, brain);
  result.sideCounts = brain.vertices;
  if (const std::string others = otherStructures(brain); !others.empty()) {
    result.notes.push_back("values outside the cortex are left out: " + others);
  }
  nameColumns(maps, result);
  return result;
}

bool recognizesCifti(const fs::path& file) {
  return nifti::containerOf(file) == nifti::Container::cifti;
}

} // namespace

namespace formats {

const Format& cifti();

const Format& cifti() {
  static const Format format{
      .name = "cifti",
      .title = "CIFTI-2 vertex data",
      .endings = {".dscalar.nii",
                  ".dlabel.nii",
                  ".dtseries.nii",
                  ".pscalar.nii",
                  ".plabel.nii",
                  ".ptseries.nii"},
      .specification = "https://www.nitrc.org/projects/cifti",
      .contents = {FormatContent::vertexData},
      .recognizes = &recognizesCifti,
      .read = &readCifti,
  };
  return format;
}

} // namespace formats

} // namespace cortograph
