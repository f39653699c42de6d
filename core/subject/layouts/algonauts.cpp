#include "base/error.h"
#include "base/file_ending.h"
#include "base/log.h"
#include "base/npy.h"
#include "base/npy_names.h"
#include "brain/atlas.h"
#include "subject/subject.h"

#include <algorithm>
#include <array>
#include <map>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::array<const char*, 2> prefixes{"lh", "rh"};

/// A family of masks. A mask holds a region's number for each vertex, or 0.
struct RegionGroup {
  std::string name;
  std::map<std::int64_t, std::string> regions; ///< names by number
};

/// Returns the families of the challenge, which has the numbers of the NSD's atlases.
std::vector<RegionGroup> challengeGroups() {
  constexpr std::array<std::string_view, 6> families{
      "prf-visualrois", "floc-bodies", "floc-faces", "floc-places", "floc-words", "streams"};
  std::vector<RegionGroup> groups;
  for (const std::string_view family : families) {
    RegionGroup& group = groups.emplace_back(RegionGroup{std::string(family), {}});
    std::int64_t number = 0;
    for (const std::string_view region : atlasNamed(family)->regions) {
      group.regions.emplace(++number, region);
    }
  }
  groups.insert(groups.end() - 1, {"floc-objects", {{1, "LO"}}}); // only in the demo
  return groups;
}

/// Returns the families of a folder of masks. Their mapping files, where there are any, name the
/// regions, and add families that the challenge does not have.
std::vector<RegionGroup> regionGroups(const fs::path& masks) {
  constexpr std::string_view start = "mapping_";
  std::vector<RegionGroup> groups = challengeGroups();
  std::vector<fs::path> mappings;
  std::error_code failure;
  for (fs::directory_iterator at(masks, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->path().filename().string().starts_with(start) && hasEnding(at->path(), ".npy")) {
      mappings.push_back(at->path());
    }
  }
  std::ranges::sort(mappings);
  for (const fs::path& mapping : mappings) {
    RegionGroup group{mapping.stem().string().substr(start.size()), {}};
    group.regions =
        inContext("reading the names of the regions " + group.name + " in " + mapping.string(),
                  [&] { return readNpyNames(mapping); });
    std::erase_if(group.regions, [](const auto& region) { return region.first <= 0; });
    const auto known = std::ranges::find(groups, group.name, &RegionGroup::name);
    if (known == groups.end()) {
      groups.push_back(std::move(group));
    } else {
      known->regions = std::move(group.regions);
    }
  }
  return groups;
}

/// Returns the files of both sides, lhNAME and rhNAME.
std::array<fs::path, 2> sidesOf(const fs::path& folder, const std::string& name) {
  return {folder / ("lh" + name), folder / ("rh" + name)};
}

/// Reads the values of a one-dimensional file.
template <class T> std::vector<T> readVector(const fs::path& file) {
  const NpyFile npy(file);
  if (npy.shape().size() != 1) {
    throw Error(ErrorKind::mismatch,
                file.string() + " is " + toString(npy.shape()) +
                    ", but one value per vertex is expected.");
  }
  return npy.read<T>().values;
}

fs::path trainingResponses(const fs::path& folder) {
  return folder / "training_split" / "training_fmri";
}

/// Reads the masks of modelled vertices. A side with neither mask nor responses is absent.
VertexSet readVertices(const fs::path& folder) {
  VertexSet vertices;
  const auto responses = sidesOf(trainingResponses(folder), "_training_fmri.npy");
  const auto files = sidesOf(folder / "roi_masks", ".all-vertices_fsaverage_space.npy");
  std::array<std::size_t, 2> counts{};
  const bool neither = !fs::exists(files[0]) && !fs::exists(files[1]);
  for (std::size_t side = 0; side < files.size(); ++side) {
    if (!neither && !fs::exists(files.at(side)) && !fs::exists(responses.at(side))) {
      continue;
    }
    const std::vector<std::int64_t> mask = readVector<std::int64_t>(files.at(side));
    counts.at(side) = mask.size();
    for (std::size_t vertex = 0; vertex < mask.size(); ++vertex) {
      if (mask[vertex] != 0) {
        vertices.ofSide.at(side).push_back(static_cast<std::int32_t>(vertex));
      }
    }
  }
  vertices.mesh = meshOfCounts(counts);
  return vertices;
}

/// Reads the responses of the sides that the mesh has.
Responses readResponses(const std::array<fs::path, 2>& files, const VertexSet& vertices) {
  std::vector<NpyFile> read;
  std::array<std::size_t, 2> found{};
  for (const Side side : bothSides) {
    if (vertices.mesh.has(side)) {
      const NpyFile& npy = read.emplace_back(files.at(static_cast<std::size_t>(side)));
      found.at(static_cast<std::size_t>(side)) = npy.shape().size() == 2 ? npy.shape()[1] : 0;
    }
  }
  const std::array<std::size_t, 2> wanted{vertices.ofSide[0].size(), vertices.ofSide[1].size()};
  for (std::size_t side = 0; side < files.size(); ++side) {
    if (found.at(side) == wanted.at(side)) {
      continue;
    }
    const bool swapped = found[0] == wanted[1] && found[1] == wanted[0];
    throw Error(ErrorKind::mismatch,
                files.at(side).string() + " is " +
                    toString((side == 0 ? read.front() : read.back()).shape()) + ", but images x " +
                    std::to_string(wanted.at(side)) +
                    " vertices are expected according to its mask in roi_masks" +
                    (swapped ? ": left and right seem to be swapped; exchange the two files' names."
                             : "; give the responses and masks of one subject."));
  }
  if (read.size() == 1) {
    const fs::path& file = files.at(vertices.mesh.has(Side::left) ? 0 : 1);
    return inContext("reading " + file.string(),
                     [&] { return Responses(Trials({blockOf(read.front())})); });
  }
  return inContext("reading " + files[0].string() + " and " + files[1].filename().string(), [&] {
    return Responses(Trials({blockOf(read[0]), blockOf(read[1])}));
  });
}

/// Reads the region numbers of one side's modelled vertices, 0 for none; all are 0 without the
/// file.
std::vector<std::int64_t> readRegionNumbers(const fs::path& folder,
                                            const std::string& group,
                                            const VertexSet& vertices,
                                            std::size_t side) {
  if (vertices.of(static_cast<Side>(side)).empty()) {
    return {};
  }
  const fs::path masks = folder / "roi_masks";
  const std::string start = std::string(prefixes.at(side)) + "." + group;
  const fs::path modeled = masks / (start + "_challenge_space.npy");
  const fs::path wholeMesh = masks / (start + "_fsaverage_space.npy");
  const auto& chosen = vertices.ofSide.at(side);
  const auto checkLength = [](const fs::path& file, std::size_t found, std::size_t wanted) {
    if (found != wanted) {
      throw Error(ErrorKind::mismatch,
                  file.string() + " has " + std::to_string(found) + " values, but " +
                      std::to_string(wanted) + " vertices are expected.");
    }
  };
  if (fs::exists(modeled)) {
    std::vector<std::int64_t> numbers = readVector<std::int64_t>(modeled);
    checkLength(modeled, numbers.size(), chosen.size());
    return numbers;
  }
  std::vector<std::int64_t> numbers(chosen.size(), 0);
  if (fs::exists(wholeMesh)) {
    const std::vector<std::int64_t> all = readVector<std::int64_t>(wholeMesh);
    checkLength(wholeMesh, all.size(), vertices.mesh.vertices.at(side));
    std::transform(chosen.begin(), chosen.end(), numbers.begin(), [&all](std::int32_t vertex) {
      return all[static_cast<std::size_t>(vertex)];
    });
  }
  return numbers;
}

/// Logs a warning when masks hold numbers that stand for no region.
void warnOfUnknown(const fs::path& folder,
                   const RegionGroup& group,
                   const std::vector<std::int64_t>& numbers) {
  const auto unknown = std::ranges::count_if(numbers, [&group](std::int64_t number) {
    return number != 0 && !group.regions.contains(number);
  });
  if (unknown > 0) {
    logWarning("In the region files " + group.name + " of " + folder.string() + ", " +
               std::to_string(unknown) + " vertices have numbers outside the " +
               std::to_string(group.regions.size()) + " known ones; they are left out.");
  }
}

Parcellation readRegions(const fs::path& folder, const VertexSet& vertices) {
  Parcellation regions;
  for (const RegionGroup& group : regionGroups(folder / "roi_masks")) {
    std::vector<std::int64_t> numbers = readRegionNumbers(folder, group.name, vertices, 0);
    const std::vector<std::int64_t> right = readRegionNumbers(folder, group.name, vertices, 1);
    numbers.insert(numbers.end(), right.begin(), right.end());
    warnOfUnknown(folder, group, numbers);
    for (const auto& [number, name] : group.regions) {
      Region region{.name = name,
                    .group = group.name,
                    .member = std::vector<std::uint8_t>(numbers.size(), 0)};
      std::ranges::transform(numbers, region.member.begin(), [wanted = number](std::int64_t found) {
        return static_cast<std::uint8_t>(found == wanted ? 1 : 0);
      });
      if (std::ranges::find(region.member, 1) != region.member.end()) {
        regions.push_back(std::move(region));
      }
    }
  }
  return regions;
}

/// Reads the noise ceiling, and converts it from per cent to shares; empty when neither side has
/// it.
std::vector<float> readNoiseCeiling(const fs::path& folder, const VertexSet& vertices) {
  const auto files = sidesOf(folder / "test_split" / "noise_ceiling", "_noise_ceiling.npy");
  std::vector<float> share;
  if (!fs::exists(files[0]) && !fs::exists(files[1])) {
    return share;
  }
  for (std::size_t side = 0; side < files.size(); ++side) {
    if (vertices.mesh.vertices.at(side) == 0) {
      continue;
    }
    const std::vector<float> percent = readVector<float>(files.at(side));
    const std::size_t wanted = vertices.ofSide.at(side).size();
    if (percent.size() != wanted) {
      throw Error(ErrorKind::mismatch,
                  files.at(side).string() + " has " + std::to_string(percent.size()) +
                      " values, but " + std::to_string(wanted) + " vertices are expected.");
    }
    constexpr float whole = 100.0F;
    std::transform(percent.begin(), percent.end(), std::back_inserter(share), [](float p) {
      return p / whole;
    });
  }
  return share;
}

Split readTest(const fs::path& folder, const VertexSet& vertices) {
  Split test;
  const fs::path split = folder / "test_split";
  if (fs::is_directory(split / "test_images")) {
    test.images = findImages(split / "test_images");
  }
  for (const char* name : {"test_fmri", "test_fmri_simulated"}) {
    const auto files = sidesOf(split / name, "_test_fmri.npy");
    if (fs::exists(files[0]) || fs::exists(files[1])) {
      test.responses = readResponses(files, vertices);
      break;
    }
  }
  return test;
}

bool recognizesAlgonauts(const std::string& spec) {
  std::error_code ignored;
  return fs::is_directory(trainingResponses(spec), ignored) &&
         fs::is_directory(fs::path(spec) / "roi_masks", ignored);
}

Subject readAlgonauts(const std::string& spec) {
  Subject subject;
  subject.folder = spec;
  subject.name = fs::weakly_canonical(spec).filename().string();
  subject.vertices = readVertices(subject.folder);
  subject.training.images = findImages(subject.folder / "training_split" / "training_images");
  subject.training.responses = readResponses(
      sidesOf(trainingResponses(subject.folder), "_training_fmri.npy"), subject.vertices);
  subject.regions = readRegions(subject.folder, subject.vertices);
  subject.noiseCeiling = readNoiseCeiling(subject.folder, subject.vertices);
  subject.test = readTest(subject.folder, subject.vertices);
  if (std::error_code ignored; fs::is_directory(subject.folder / "surfaces", ignored)) {
    subject.surfaces = subject.folder / "surfaces";
  }
  subject.truth = readTruth(subject.folder, subject.vertices, subject.regions);
  subject.simulated =
      subject.truth != nullptr || subject.name.find("simulated") != std::string::npos;
  return subject;
}

} // namespace

namespace layouts {

const Layout& algonauts();

const Layout& algonauts() {
  static const Layout layout{
      .name = "algonauts",
      .title = "Algonauts 2023 challenge folder",
      .specification = "http://algonauts.csail.mit.edu/challenge.html",
      .recognizes = &recognizesAlgonauts,
      .read = &readAlgonauts,
  };
  return layout;
}

} // namespace layouts

} // namespace cortograph
