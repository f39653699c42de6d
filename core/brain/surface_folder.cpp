#include "brain/surface_folder.h"

#include "base/error.h"
#include "base/file_ending.h"
#include "brain/file_names.h"
#include "brain/format.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// Which file is preferred when several state the same side and content.
enum class Rank { freesurfer, wholePatch, otherPatch, other };

struct RankedFile {
  NamedFile file;
  Rank rank = Rank::other;
};

std::optional<Measure> measureNamed(std::string_view name) {
  return name == "curv"        ? std::optional(Measure::curvature)
         : name == "sulc"      ? std::optional(Measure::sulcalDepth)
         : name == "thickness" ? std::optional(Measure::thickness)
                               : std::nullopt;
}

bool isFreesurferName(std::string_view name) {
  return (name.starts_with("lh.") || name.starts_with("rh.")) && !hasEnding(name, ".gii") &&
         !hasEnding(name, ".gii.gz");
}

/// Reads FreeSurfer's names: "lh.pial", "rh.curv", "lh.occip.flat.patch.3d",
/// "lh.cortex.patch.flat". Other names with more words are of other surfaces: "lh.pial.T2",
/// "lh.sphere.reg", "lh.white.H".
std::optional<RankedFile> freesurferFile(const fs::path& path) {
  const std::string name = path.filename().string();
  std::string_view content = std::string_view(name).substr(3);
  for (const std::string_view ending : {".asc", ".mgh", ".mgz"}) {
    if (content.ends_with(ending)) {
      content.remove_suffix(ending.size());
    }
  }
  RankedFile named{.file = {.path = path,
                            .side = name.starts_with('l') ? Side::left : Side::right,
                            .shape = shapeNamed(content)},
                   .rank = name.size() == content.size() + 3 ? Rank::freesurfer : Rank::other};
  if (content.ends_with("flat.patch.3d") || content.ends_with("patch.flat")) {
    const bool isWhole = content.starts_with("full.") || content.starts_with("cortex.");
    named.file.shape = Shape::flat;
    named.file.isPatch = true;
    named.rank = isWhole ? Rank::wholePatch : Rank::otherPatch;
  }
  const std::optional<Measure> measure = measureNamed(content);
  named.file.measure = measure.value_or(Measure::curvature);
  return named.file.shape || measure ? std::optional(std::move(named)) : std::nullopt;
}

/// Reads side and content from any other name; nothing when it does not state both, or states a
/// variant that is not used: a registered sphere has other coordinates, "very inflated" is another
/// shape.
std::optional<RankedFile> otherFile(const fs::path& path) {
  const std::vector<std::string> words = nameWords(path.filename().string());
  const auto has = [&words](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const std::optional<Side> side = sideIn(words);
  if (!side || has("reg") || has("very") || has("veryinflated")) {
    return std::nullopt;
  }
  NamedFile named{.path = path, .side = *side, .shape = std::nullopt};
  for (const Shape shape : allShapes) {
    if (has(toString(shape)) || (shape == Shape::inflated && has("infl"))) {
      named.shape = shape;
    }
  }
  if (has("curv") || has("curvature")) {
    named.shape.reset();
  } else if (has("sulc")) {
    named.shape.reset();
    named.measure = Measure::sulcalDepth;
  } else if (has("thick") || has("thickness")) {
    named.shape.reset();
    named.measure = Measure::thickness;
  } else if (!named.shape) {
    return std::nullopt;
  }
  return RankedFile{.file = std::move(named)};
}

bool stateTheSame(const NamedFile& a, const NamedFile& b) {
  return a.side == b.side && a.shape == b.shape && a.measure == b.measure;
}

/// Leaves out files where one of a better rank states the same.
std::vector<NamedFile> preferred(const std::vector<RankedFile>& all) {
  std::vector<NamedFile> files;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto isBetter = [&](const RankedFile& other) {
      const bool isEarlierPatch =
          other.rank == all[i].rank && other.file.isPatch && &other < &all[i];
      return stateTheSame(other.file, all[i].file) && (other.rank < all[i].rank || isEarlierPatch);
    };
    if (std::ranges::none_of(all, isBetter)) {
      files.push_back(all[i].file);
    }
  }
  return files;
}

/// Throws when two files state the same side and content.
void checkUnique(const std::vector<NamedFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (stateTheSame(files[i], files[j])) {
        throw Error(ErrorKind::mismatch,
                    files[j].path.string() + " and " + files[i].path.filename().string() +
                        " are the same shape or measure of one side; keep one of them in the "
                        "folder.");
      }
    }
  }
}

/// Returns the files of a folder, sorted by name, so that errors do not depend on the file system.
std::vector<fs::path> pathsIn(const fs::path& folder) {
  std::error_code failure;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.is_regular_file(failure) && !entry.path().filename().string().starts_with('.')) {
      paths.push_back(entry.path());
    }
  }
  if (failure) {
    throw Error(ErrorKind::notFound,
                "The surfaces folder " + folder.string() + " can't be read: " + failure.message() +
                    ".");
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

} // namespace

std::vector<NamedFile> namedFilesIn(const fs::path& folder) {
  std::vector<RankedFile> all;
  for (const fs::path& path : pathsIn(folder)) {
    auto named =
        isFreesurferName(path.filename().string()) ? freesurferFile(path) : otherFile(path);
    if (named && (hasFormatEnding(path) || formatOf(path) != nullptr)) {
      all.push_back(std::move(*named));
    }
  }
  std::vector<NamedFile> files = preferred(all);
  checkUnique(files);
  // Measures come last, so that errors name the measure when it does not fit the surfaces.
  std::ranges::stable_sort(files, {}, [](const NamedFile& file) {
    return file.isPatch ? 1 : file.shape ? 0 : 2;
  });
  return files;
}

std::array<fs::path, 2> surfaceFoldersBeside(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  return {folder, folder / ".." / "surf"};
}

std::vector<NamedFile> filesFor(Shape shape, const std::vector<NamedFile>& all) {
  std::vector<NamedFile> files;
  std::copy_if(all.begin(), all.end(), std::back_inserter(files), [shape](const NamedFile& file) {
    return file.shape ? file.shape == shape : file.measure == Measure::curvature;
  });
  const auto complete = [&](Side side) {
    const auto hasSurface = [side](const std::vector<NamedFile>& some) {
      return std::any_of(some.begin(), some.end(), [side](const NamedFile& file) {
        return file.side == side && file.shape && !file.isPatch;
      });
    };
    return hasSurface(files) || !hasSurface(all);
  };
  return std::ranges::all_of(bothSides, complete) ? files : all;
}

} // namespace cortograph
