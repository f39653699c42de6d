#include "base/error.h"
#include "base/npy.h"
#include "subject/noise_ceiling.h"
#include "subject/subject.h"

#include <algorithm>
#include <numeric>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

const char* const trainingResponses = "responses_train.npy";

/// Returns the images whose names start with `start`, in the same order.
std::vector<Stimulus> imagesNamed(const std::vector<Stimulus>& all, const std::string& start) {
  std::vector<Stimulus> chosen;
  std::copy_if(all.begin(), all.end(), std::back_inserter(chosen), [&start](const Stimulus& image) {
    return image.name.starts_with(start);
  });
  return chosen;
}

Responses readResponses(const fs::path& file) {
  return inContext("reading " + file.string(), [&] { return Responses(NpyFile(file)); });
}

/// Makes `count` voxels without a place on a cortex.
VertexSet unplaced(std::size_t count) {
  VertexSet voxels{{.name = unplacedMesh, .vertices = {count, 0}}, {}};
  voxels.ofSide[0].resize(count);
  std::iota(voxels.ofSide[0].begin(), voxels.ofSide[0].end(), 0);
  return voxels;
}

bool recognizesFolder(const std::string& spec) {
  std::error_code ignored;
  return fs::is_regular_file(fs::path(spec) / trainingResponses, ignored) &&
         fs::is_directory(fs::path(spec) / "images", ignored);
}

Subject readFolder(const std::string& spec) {
  Subject subject;
  subject.folder = spec;
  subject.name = fs::weakly_canonical(spec).filename().string();
  const std::vector<Stimulus> images = findImages(subject.folder / "images");
  subject.training = {imagesNamed(images, "train"),
                      readResponses(subject.folder / trainingResponses)};
  subject.vertices = unplaced(subject.training.responses.vertices());
  subject.test.images = imagesNamed(images, "test");
  if (const fs::path file = subject.folder / "responses_test.npy"; fs::exists(file)) {
    subject.test.responses = readResponses(file);
  }
  if (const fs::path file = subject.folder / "noise_ceiling.npy"; fs::exists(file)) {
    subject.noiseCeiling = readVertexValues(file, "noise_ceiling");
  }
  return subject;
}

} // namespace

namespace layouts {

const Layout& folder();

const Layout& folder() {
  static const Layout layout{
      .name = "folder",
      .title = "Folder of images and responses",
      .specification =
          "images/train… and images/test…, sorted by name, belong to the rows of "
          "responses_train.npy and responses_test.npy (images x voxels); noise_ceiling.npy holds "
          "shares of variance",
      .recognizes = &recognizesFolder,
      .read = &readFolder,
  };
  return layout;
}

} // namespace layouts

} // namespace cortograph
