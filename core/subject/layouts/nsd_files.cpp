#include "subject/layouts/nsd_files.h"

#include "base/error.h"
#include "base/mat_file.h"
#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view subjectStart = "subj";

/// Returns the folders of subjects in a copy of the dataset, sorted.
std::vector<std::string> subjectsIn(const fs::path& root) {
  std::error_code failure;
  std::vector<std::string> subjects;
  for (fs::directory_iterator at(root / "nsddata_betas/ppdata", failure), end;
       !failure && at != end;
       at.increment(failure)) {
    if (const std::string name = at->path().filename().string(); name.starts_with(subjectStart)) {
      subjects.push_back(name);
    }
  }
  std::ranges::sort(subjects);
  return subjects;
}

/// Returns whether the folder is nsddata_betas/ppdata/subjNN.
bool isSubjectFolder(const fs::path& folder) {
  return folder.filename().string().starts_with(subjectStart) &&
         folder.parent_path().filename() == "ppdata" &&
         folder.parent_path().parent_path().filename() == "nsddata_betas";
}

/// Returns the absolute path of a folder without a slash at its end. Links are kept, because the
/// parts of a copy may lie on several disks.
fs::path plain(const fs::path& folder) {
  std::error_code failure;
  const fs::path path = fs::absolute(folder, failure).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

/// Returns the number of the session in "lh.betas_session01.mgh", for this side.
std::optional<int> sessionIn(const std::string& name, std::string_view side) {
  const std::string start = std::string(side) + ".betas_session";
  constexpr std::string_view end = ".mgh";
  if (!name.starts_with(start) || !name.ends_with(end) ||
      name.size() <= start.size() + end.size()) {
    return std::nullopt;
  }
  const auto digits =
      std::string_view(name).substr(start.size(), name.size() - start.size() - end.size());
  const std::optional<int> number = numberIn<int>(digits);
  return number && *number > 0 ? number : std::nullopt;
}

/// Throws an error about a subject whose betas on fsaverage are missing.
[[noreturn]] void throwNoBetas(const NsdFolder& folder) {
  for (const char* space : {"func1pt8mm", "func1mm", "nativesurface", "MNI"}) {
    const fs::path other = folder.at("nsddata_betas/ppdata/" + folder.subject) / space;
    if (std::error_code ignored; fs::is_directory(other, ignored)) {
      throw Error(ErrorKind::unsupported,
                  other.string() +
                      " holds betas in another space, which are not read; fetch those "
                      "on fsaverage: s3://natural-scenes-dataset/" +
                      folder.betas() + "/.");
    }
  }
  folder.require({folder.betas() + "/lh.betas_session01.mgh"});
  throw Error(ErrorKind::internal, "The betas of " + folder.subject + " are there after all.");
}

/// Returns numbers that count from 1 as indices. Throws unless they are whole numbers up to
/// `count`.
std::vector<std::size_t>
indicesOf(std::span<const double> numbers, std::size_t count, const std::string& name) {
  std::vector<std::size_t> indices;
  indices.reserve(numbers.size());
  for (const double number : numbers) {
    if (!(number >= 1 && number <= static_cast<double>(count)) || number != std::trunc(number)) {
      throw Error(ErrorKind::mismatch,
                  name + " holds " + std::to_string(number) + ", but whole numbers from 1 to " +
                      std::to_string(count) + " are expected; fetch the file again.");
    }
    indices.push_back(static_cast<std::size_t>(number) - 1);
  }
  return indices;
}

} // namespace

void NsdFolder::require(const std::vector<std::string>& relative) const {
  std::string missing;
  for (const std::string& file : relative) {
    if (std::error_code ignored; !fs::exists(at(file), ignored)) {
      missing += (missing.empty() ? "" : ", ") + file;
    }
  }
  if (!missing.empty()) {
    throw Error(ErrorKind::notFound,
                root.string() + " lacks " + missing +
                    "; fetch it from s3://natural-scenes-dataset/, and keep its path.");
  }
}

std::string NsdFolder::betas() const {
  return "nsddata_betas/ppdata/" + subject + "/fsaverage/betas_fithrf_GLMdenoise_RR";
}

bool isNsdFolder(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder, ignored) &&
         (isSubjectFolder(plain(folder)) || !subjectsIn(folder).empty());
}

NsdFolder nsdFolderOf(const fs::path& folder) {
  const fs::path path = plain(folder);
  if (isSubjectFolder(path)) {
    return {.root = path.parent_path().parent_path().parent_path(),
            .subject = path.filename().string()};
  }
  const std::vector<std::string> subjects = subjectsIn(path);
  if (subjects.size() != 1) {
    throw Error(ErrorKind::notFound,
                path.string() + " holds " + std::to_string(subjects.size()) +
                    " subjects; give the folder of one: " +
                    (path / "nsddata_betas/ppdata" / subjects.front()).string() + ".");
  }
  return {.root = path, .subject = subjects.front()};
}

std::map<int, NsdSession> nsdSessionsOf(const NsdFolder& folder) {
  std::map<int, NsdSession> sessions;
  std::array<std::size_t, 2> found{};
  constexpr std::array<std::string_view, 2> sides{"lh", "rh"};
  std::error_code failure;
  for (fs::directory_iterator at(folder.at(folder.betas()), failure), end; !failure && at != end;
       at.increment(failure)) {
    for (std::size_t side = 0; side < sides.size(); ++side) {
      if (const auto number = sessionIn(at->path().filename().string(), sides.at(side))) {
        sessions[*number].at(side) = at->path();
        ++found.at(side);
      }
    }
  }
  if (sessions.empty()) {
    throwNoBetas(folder);
  }
  for (const auto& [number, files] : sessions) {
    for (std::size_t side = 0; side < sides.size(); ++side) {
      if (found.at(side) != 0 && files.at(side).empty()) {
        std::string name = files.at(1 - side).filename().string();
        name.replace(0, 2, sides.at(side));
        folder.require({folder.betas() + "/" + name});
      }
    }
  }
  return sessions;
}

NsdDesign readNsdDesign(const fs::path& file, const std::string& subject) {
  return inContext("reading " + file.string(), [&] {
    const Array<double> ordering = readMatMatrix(file, "masterordering"); // 1 × trials
    const Array<double> images = readMatMatrix(file, "subjectim");        // subjects × images
    const Array<double> shared = readMatMatrix(file, "sharedix");         // 1 × images
    constexpr std::size_t mostImages = 1'000'000'000;
    const auto number = numberIn<std::size_t>(subject.substr(subjectStart.size())).value_or(0);
    if (number < 1 || number > images.rows()) {
      throw Error(ErrorKind::mismatch,
                  "The design is of the subjects 1 to " + std::to_string(images.rows()) +
                      ", but the folder is named " + inQuotes(subject) +
                      "; name it as the distribution does, such as subj01.");
    }
    const std::vector<std::size_t> own = indicesOf(images.row(number - 1), mostImages, "subjectim");
    NsdDesign design;
    for (const std::size_t image : indicesOf(ordering.values, own.size(), "masterordering")) {
      design.imageOfTrial.push_back(own[image]);
    }
    const std::vector<std::size_t> common = indicesOf(shared.values, mostImages, "sharedix");
    design.shared = {common.begin(), common.end()};
    return design;
  });
}

} // namespace cortograph
