#include "base/error.h"
#include "base/npy.h"
#include "subject/layouts/folder_description.h"
#include "subject/layouts/folder_vertices.h"
#include "subject/noise_ceiling.h"
#include "subject/response_file.h"
#include "subject/subject.h"

#include <algorithm>
#include <map>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

/// The responses of one split as its files hold them.
struct ReadResponses {
  Trials trials;
  ResponseColumns columns;
};

ReadResponses readResponses(const SidedFiles& files) {
  if (!files.whole.empty()) {
    const ResponseFile read = readResponseFile(files.whole);
    ReadResponses out{Trials({read.block}), {.all = read.block.columns, .ofSide = {}}};
    if (read.side) {
      out.columns.ofSide.emplace().at(static_cast<std::size_t>(*read.side)) = read.block.columns;
    }
    return out;
  }
  std::vector<ResponseBlock> blocks;
  ReadResponses out;
  std::array<std::size_t, 2> counts{};
  for (const Side side : bothSides) {
    const fs::path& file = files.ofSide.at(static_cast<std::size_t>(side));
    if (file.empty()) {
      continue;
    }
    const ResponseFile read = readResponseFile(file);
    if (read.side && *read.side != side) {
      throw Error(ErrorKind::mismatch,
                  file.string() + " is named as the " + std::string(toString(side)) +
                      " side, but states that it is of the " + std::string(toString(*read.side)) +
                      "; exchange the names.");
    }
    counts.at(static_cast<std::size_t>(side)) = read.block.columns;
    blocks.push_back(read.block);
  }
  out.columns = {.all = counts[0] + counts[1], .ofSide = counts};
  out.trials = Trials(std::move(blocks));
  return out;
}

/// Returns the images whose names start with `start`.
std::vector<Stimulus> imagesStartingWith(const std::vector<Stimulus>& all,
                                         const std::string& start) {
  std::vector<Stimulus> chosen;
  std::ranges::copy_if(all, std::back_inserter(chosen), [&start](const Stimulus& image) {
    return image.name.starts_with(start);
  });
  return chosen;
}

/// Names the images of both splits that have no list, by the starts of their names.
void findUnlisted(const FolderDescription& description, Subject& subject) {
  if (description.training.images && description.test.images) {
    return;
  }
  const std::vector<Stimulus> all = findImages(description.images);
  std::vector<Stimulus> training = imagesStartingWith(all, "train");
  std::vector<Stimulus> test = imagesStartingWith(all, "test");
  if (!description.training.images) {
    subject.training.images = training.empty() && test.empty() ? all : std::move(training);
  }
  if (!description.test.images) {
    subject.test.images = std::move(test);
  }
}

/// Gives each image of a list one row, the mean of its trials, in the order of first appearance.
Split averaged(const std::vector<Stimulus>& shown, Trials trials) {
  if (trials.size() != 0 && trials.size() != shown.size()) {
    throw Error(ErrorKind::mismatch,
                "There are responses to " + std::to_string(trials.size()) +
                    " images, but the list "
                    "names " +
                    std::to_string(shown.size()) + "; name one image for each response.");
  }
  Split split;
  Responses::TrialsOfImages trialsOfImages;
  std::map<fs::path, std::size_t> known;
  for (std::size_t trial = 0; trial < shown.size(); ++trial) {
    const auto [at, isNew] = known.emplace(shown[trial].file, split.images.size());
    if (isNew) {
      split.images.push_back(shown[trial]);
      trialsOfImages.emplace_back();
    }
    trialsOfImages[at->second].push_back(trial);
  }
  if (trials.size() != 0) {
    split.responses = Responses(std::move(trials), std::move(trialsOfImages));
  }
  return split;
}

/// Reads the responses of a split and, when they are listed, its images.
ReadResponses
readSplit(const FolderDescription& description, const SplitFiles& files, Split& split) {
  ReadResponses read;
  if (!files.responses.empty()) {
    read = readResponses(files.responses);
    if (!files.sessions.empty()) {
      const auto numbers = NpyFile(files.sessions).read<std::int32_t>().values;
      inContext("reading " + files.sessions.string(), [&] { read.trials.setSessions(numbers); });
    }
  }
  if (files.images) {
    split = averaged(imagesNamed(description.images, *files.images), read.trials);
  } else if (read.trials.size() != 0) {
    split.responses = Responses(read.trials);
  }
  return read;
}

/// Returns how often the test images were shown, or the training images when there are no others.
std::vector<Repeats> repeatsOf(const FolderDescription& description, const Subject& subject) {
  if (!description.repeats.empty()) {
    return parseRepeats(description.repeats);
  }
  return repeatsIn((subject.test.responses.empty() ? subject.training : subject.test).responses);
}

std::vector<float> readNoiseCeiling(const FolderDescription& description, const Subject& subject) {
  if (!description.noiseCeiling.empty()) {
    return readVertexValues(description.noiseCeiling, "noise_ceiling");
  }
  if (!description.ncsnr.empty()) {
    return ceilingFromSnr(readVertexValues(description.ncsnr, "ncsnr"),
                          repeatsOf(description, subject));
  }
  return {};
}

/// Returns the mesh that the surfaces or the description tell.
std::optional<MeshSpace> meshOf(const FolderDescription& description, const Cortex* cortex) {
  if (cortex == nullptr) {
    return description.mesh;
  }
  if (description.mesh && !liesOn(*description.mesh, cortex->mesh)) {
    throw Error(ErrorKind::mismatch,
                "\"mesh\" is " + inWords(*description.mesh) + ", but " +
                    description.surfaces.string() + " holds " + inWords(cortex->mesh) +
                    "; correct the one that is wrong.");
  }
  return cortex->mesh;
}

/// Reads the places of voxels; returns none when there is no file.
std::vector<Point> readCoordinates(const fs::path& file, const VertexSet& vertices) {
  if (file.empty()) {
    return {};
  }
  if (vertices.placed()) {
    throw Error(ErrorKind::mismatch,
                file.string() + " gives places in mm, but the responses lie on " +
                    inWords(vertices.mesh) + "; remove one of the two.");
  }
  const NpyFile npy(file);
  if (npy.shape().size() != 2 || npy.shape()[1] != 3) {
    throw Error(ErrorKind::mismatch,
                file.string() + " is " + toString(npy.shape()) +
                    ", but voxels x 3 coordinates in mm are expected.");
  }
  const Array<float> values = npy.read<float>();
  std::vector<Point> points(values.rows());
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::ranges::copy(values.row(i), points[i].begin());
  }
  return points;
}

bool recognizesFolder(const std::string& spec) {
  return describesSubject(spec);
}

Subject readFolder(const std::string& spec) {
  const FolderDescription description = readDescription(spec);
  Subject subject;
  subject.folder = spec;
  subject.name = description.name;
  if (description.images.empty() || description.training.responses.empty()) {
    throw Error(ErrorKind::notFound,
                "The folder " + spec + " has no " +
                    (description.images.empty() ? "folder images"
                                                : "file responses_train.npy (.h5, .func.gii)") +
                    "; add it, or name it in " + descriptionFile + ".");
  }
  const ReadResponses training = readSplit(description, description.training, subject.training);
  (void)readSplit(description, description.test, subject.test);
  findUnlisted(description, subject);
  subject.surfaces = description.surfaces;
  if (!description.surfaces.empty()) {
    subject.cortex = readCortex(description.surfaces);
  }
  subject.vertices =
      readVertices(description, meshOf(description, subject.cortex.get()), training.columns);
  subject.coordinates = readCoordinates(description.coordinates, subject.vertices);
  if (!description.regions.empty()) {
    subject.regions = readRegionFolder(description.regions, subject.vertices);
  }
  subject.noiseCeiling = readNoiseCeiling(description, subject);
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
          "responses_train.npy and responses_test.npy (images x voxels); subject.json, which "
          "cortograph subject --new DIR writes, names anything else",
      .recognizes = &recognizesFolder,
      .read = &readFolder,
  };
  return layout;
}

} // namespace layouts

} // namespace cortograph
