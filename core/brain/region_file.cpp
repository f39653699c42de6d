#include "brain/region_file.h"

#include "base/error.h"
#include "brain/atlas.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace cortograph {

namespace {

namespace fs = std::filesystem;

std::string fileOf(const VertexData& data) {
  const fs::path& file = data.files[0].empty() ? data.files[1] : data.files[0];
  return file.empty() ? data.name : file.string();
}

/// Returns whether the first vertices of one fsaverage mesh are those of the other.
bool isFinerFsaverage(const MeshSpace& fine, const MeshSpace& coarse) {
  const auto isFsaverage = [](const MeshSpace& mesh) { return mesh.name.starts_with("fsaverage"); };
  return isFsaverage(fine) && isFsaverage(coarse) && std::ranges::all_of(bothSides, [&](Side side) {
           return !fine.has(side) || fine.of(side) >= coarse.of(side);
         });
}

void requireMesh(const VertexData& data, const VertexSet& vertices) {
  if (match(data.mesh, vertices.mesh) == MeshMatch::different &&
      !isFinerFsaverage(data.mesh, vertices.mesh)) {
    throw Error(ErrorKind::mismatch,
                fileOf(data) + " lies on " + inWords(data.mesh) +
                    ", but the regions of vertices on " + inWords(vertices.mesh) +
                    " are wanted; give a file on that mesh, or resample it first.");
  }
}

/// Returns the number of the region at each of the N vertices; 0 where there is none.
std::vector<int> numbersAt(const VertexData& data, std::size_t column, const VertexSet& vertices) {
  std::vector<int> numbers(vertices.size(), 0);
  for (const Side side : bothSides) {
    const std::vector<float>& values = data.of(side, column);
    const std::vector<std::int32_t>& chosen = vertices.of(side);
    for (std::size_t n = 0; n < chosen.size(); ++n) {
      const auto vertex = static_cast<std::size_t>(chosen[n]);
      const float value = vertex < values.size() ? values[vertex] : 0;
      if (std::isnan(value)) {
        continue;
      }
      if (value != std::trunc(value) || std::abs(value) > 1e9F) {
        throw Error(ErrorKind::format,
                    fileOf(data) + " holds " + std::to_string(value) +
                        ", but whole numbers of regions are expected; give labels, a mask, or an "
                        "atlas.");
      }
      numbers[vertices.offset(side) + n] = static_cast<int>(value);
    }
  }
  return numbers;
}

bool isUnknown(std::string name) {
  std::ranges::transform(
      name, name.begin(), [](unsigned char letter) { return std::tolower(letter); });
  return name.empty() || name == "???" || name == "unknown";
}

/// The names of a file's numbers, and their group.
struct Naming {
  std::string group;
  std::map<int, std::string> names;
};

Naming namingOf(const VertexData& data, std::size_t column, const std::vector<int>& numbers) {
  Naming naming{.group = data.columns.size() > 1 ? data.columns[column].name : data.name,
                .names = {}};
  const Atlas* atlas = atlasOf(data.files[0].empty() ? data.files[1] : data.files[0]);
  if (data.kind == VertexDataKind::labels) {
    for (const VertexLabel& label : data.labels) {
      if (!isUnknown(label.name)) {
        naming.names.emplace(label.key, label.name);
      }
    }
  } else if (atlas != nullptr) {
    naming.group = atlas->name;
    for (std::size_t i = 0; i < atlas->regions.size(); ++i) {
      naming.names.emplace(static_cast<int>(i) + 1, atlas->regions[i]);
    }
  } else {
    std::set<int> found(numbers.begin(), numbers.end());
    found.erase(0);
    const bool isMask = found == std::set<int>{1};
    for (const int number : found) {
      naming.names.emplace(number,
                           isMask ? naming.group : naming.group + "-" + std::to_string(number));
    }
  }
  return naming;
}

/// Returns the vertices' areas on the mean of white and pial surface; empty without either.
std::vector<double> meanVertexAreas(const Hemisphere& hemisphere) {
  std::vector<double> mean;
  double count = 0;
  for (const Shape shape : {Shape::white, Shape::pial}) {
    if (const auto found = hemisphere.shapes.find(shape); found != hemisphere.shapes.end()) {
      const std::vector<float> areas = vertexAreas(found->second);
      mean.resize(areas.size(), 0);
      ++count;
      std::ranges::transform(
          mean, areas, mean.begin(), [count](double a, double b) { return a + (b - a) / count; });
    }
  }
  return mean;
}

} // namespace

Parcellation regionsOf(const VertexData& data, const VertexSet& vertices) {
  requireMesh(data, vertices);
  Parcellation regions;
  for (std::size_t column = 0; column < data.columns.size(); ++column) {
    const std::vector<int> numbers = numbersAt(data, column, vertices);
    const Naming naming = namingOf(data, column, numbers);
    for (const auto& [number, name] : naming.names) {
      Region region{.name = name,
                    .group = naming.group,
                    .member = std::vector<std::uint8_t>(numbers.size(), 0)};
      std::ranges::transform(numbers, region.member.begin(), [number = number](int found) {
        return static_cast<std::uint8_t>(found == number ? 1 : 0);
      });
      if (std::ranges::find(region.member, 1) != region.member.end()) {
        regions.push_back(std::move(region));
      }
    }
  }
  return regions;
}

Parcellation readRegions(const std::vector<fs::path>& files, const VertexSet& vertices) {
  Parcellation regions;
  for (const auto& data : readVertexDataFiles(files)) {
    Parcellation found = regionsOf(*data, vertices);
    if (found.empty()) {
      throw Error(ErrorKind::notFound,
                  fileOf(*data) + " has no region that holds one of the " +
                      std::to_string(vertices.size()) + " modelled vertices.");
    }
    addRegions(regions, std::move(found));
  }
  return regions;
}

void addRegions(Parcellation& parcellation, Parcellation more) {
  for (Region& region : more) {
    const auto same = std::ranges::find_if(parcellation, [&region](const Region& there) {
      return there.name == region.name && there.group == region.group;
    });
    if (same == parcellation.end()) {
      parcellation.push_back(std::move(region));
    } else {
      *same = std::move(region);
    }
  }
}

std::vector<double>
areasOf(const Parcellation& regions, const VertexSet& vertices, const Cortex& cortex) {
  std::vector<double> ofVertex; // N
  for (const Side side : bothSides) {
    const std::vector<double> areas = meanVertexAreas(cortex.hemisphere(side));
    for (const std::int32_t vertex : vertices.of(side)) {
      const auto index = static_cast<std::size_t>(vertex);
      ofVertex.push_back(index < areas.size() ? areas[index]
                                              : std::numeric_limits<double>::quiet_NaN());
    }
  }
  std::vector<double> areas(regions.size(), 0);
  for (std::size_t r = 0; r < regions.size(); ++r) {
    for (std::size_t n = 0; n < ofVertex.size(); ++n) {
      areas[r] += regions[r].member[n] != 0 ? ofVertex[n] : 0;
    }
  }
  return areas;
}

} // namespace cortograph
