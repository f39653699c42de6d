#include "base/error.h"
#include "base/log.h"
#include "brain/format.h"
#include "brain/region_file.h"
#include "subject/layouts/nsd_files.h"
#include "subject/noise_ceiling.h"
#include "subject/response_file.h"
#include "subject/subject.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>

namespace cortograph {

namespace fs = std::filesystem;

namespace {

constexpr const char* designFile = "nsddata/experiments/nsd/nsd_expdesign.mat";
constexpr const char* stimuliFile = "nsddata_stimuli/stimuli/nsd/nsd_stimuli.hdf5";
constexpr const char* labels = "nsddata/freesurfer/fsaverage/label";
constexpr const char* surfaces = "nsddata/freesurfer/fsaverage/surf";
constexpr std::array<const char*, 2> prefixes{"lh.", "rh."};

/// The trials of all sessions that are there.
struct ReadTrials {
  Trials trials;
  std::vector<std::size_t> ofDesign; ///< number of each trial among those of all sessions
  std::array<std::size_t, 2> vertices{};
};

/// Maps the files of every session. The trials of session n follow those of n - 1 sessions of the
/// same size.
ReadTrials readTrials(const std::map<int, NsdSession>& sessions, std::size_t planned) {
  ReadTrials read;
  std::size_t each = 0;
  for (const auto& [number, files] : sessions) {
    std::vector<ResponseBlock> sides;
    for (std::size_t side = 0; side < files.size(); ++side) {
      if (!files.at(side).empty()) {
        sides.push_back(readResponseFile(files.at(side)).block);
        read.vertices.at(side) = sides.back().columns;
      }
    }
    Trials session = inContext("reading " + files[files[0].empty() ? 1 : 0].string(),
                               [&] { return Trials(std::move(sides)); });
    each = each == 0 ? session.size() : each;
    const std::size_t first = static_cast<std::size_t>(number - 1) * each;
    if (session.size() != each || first + each > planned) {
      throw Error(ErrorKind::mismatch,
                  "Session " + std::to_string(number) + " has " + std::to_string(session.size()) +
                      " trials, but sessions of " + std::to_string(each) + " and " +
                      std::to_string(planned) +
                      " trials in total are expected; fetch its files again.");
    }
    session.setSessions(std::vector<std::int32_t>(each, number));
    read.trials.append(session);
    for (std::size_t trial = 0; trial < each; ++trial) {
      read.ofDesign.push_back(first + trial);
    }
  }
  return read;
}

/// Returns the images that are shared or are not, in the order of their numbers, and the means of
/// the responses to them.
Split splitOf(const ReadTrials& read,
              const NsdDesign& design,
              const std::shared_ptr<const ImageStack>& stack,
              bool shared) {
  std::map<std::size_t, std::vector<std::size_t>> trialsOf;
  for (std::size_t trial = 0; trial < read.ofDesign.size(); ++trial) {
    const std::size_t image = design.imageOfTrial[read.ofDesign[trial]];
    if (design.shared.contains(image) == shared) {
      trialsOf[image].push_back(trial);
    }
  }
  Split split;
  Responses::TrialsOfImages trialsOfImages;
  for (const auto& [image, trials] : trialsOf) {
    if (image >= stack->size()) {
      throw Error(ErrorKind::mismatch,
                  std::string(designFile) + " names the image " + std::to_string(image + 1) + ", but " +
                      stimuliFile + " holds " + std::to_string(stack->size()) +
                      "; fetch both from one distribution.");
    }
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "nsd-%05zu", image);
    split.images.push_back(
        {.name = name.data(), .file = {}, .picture = nullptr, .stack = stack, .slice = image});
    trialsOfImages.push_back(trials);
  }
  if (!trialsOfImages.empty()) {
    split.responses = Responses(read.trials, std::move(trialsOfImages));
  }
  return split;
}

/// Reads one number for each vertex of the mesh's sides; nothing when a file is missing.
std::optional<std::vector<std::vector<float>>> readSides(const NsdFolder& folder,
                                                         const std::string& start,
                                                         const std::string& end,
                                                         const MeshSpace& mesh) {
  std::vector<std::vector<float>> values(2);
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    const fs::path file = folder.at(start + prefixes.at(s) + end);
    if (!mesh.has(side)) {
      continue;
    }
    if (std::error_code ignored; !fs::exists(file, ignored)) {
      return std::nullopt;
    }
    values[s] = readVertexData(file).of(side);
    if (values[s].size() != mesh.of(side)) {
      throw Error(ErrorKind::mismatch,
                  file.string() + " has " + std::to_string(values[s].size()) +
                      " vertices, but the betas have " + std::to_string(mesh.of(side)) +
                      "; fetch both on fsaverage.");
    }
  }
  return values;
}

/// Returns the vertices in the mask nsdgeneral, all when it is missing.
VertexSet modeledVertices(const NsdFolder& folder, const MeshSpace& mesh) {
  const std::string mask = (fs::path(labels) / "").string();
  const auto general = readSides(folder, mask, "nsdgeneral.mgz", mesh);
  VertexSet vertices{mesh, {}};
  for (const Side side : bothSides) {
    const auto s = static_cast<std::size_t>(side);
    for (std::size_t vertex = 0; vertex < mesh.of(side); ++vertex) {
      if (!general || (*general)[s][vertex] == 1) {
        vertices.ofSide.at(s).push_back(static_cast<std::int32_t>(vertex));
      }
    }
  }
  if (!general) {
    logWarning("Without " + mask + "lh.nsdgeneral.mgz and rh.nsdgeneral.mgz all " +
               std::to_string(vertices.size()) +
               " vertices are modelled; fetch them from s3://natural-scenes-dataset/ to model the "
               "visual cortex.");
  }
  return vertices;
}

std::vector<float>
readNoiseCeiling(const NsdFolder& folder, const VertexSet& vertices, const Subject& subject) {
  const auto ratios = readSides(folder, folder.betas() + "/", "ncsnr.mgh", vertices.mesh);
  if (!ratios) {
    return {};
  }
  std::vector<float> chosen;
  for (const Side side : bothSides) {
    for (const std::int32_t vertex : vertices.of(side)) {
      chosen.push_back((*ratios)[static_cast<std::size_t>(side)][static_cast<std::size_t>(vertex)]);
    }
  }
  const Split& split = subject.test.responses.empty() ? subject.training : subject.test;
  return ceilingFromSnr(chosen, repeatsIn(split.responses));
}

/// Reads the atlases that are among the labels.
Parcellation readAtlases(const NsdFolder& folder, const VertexSet& vertices) {
  std::vector<fs::path> files;
  for (const char* atlas : {"prf-visualrois",
                            "floc-bodies",
                            "floc-faces",
                            "floc-places",
                            "floc-words",
                            "streams",
                            "Kastner2015"}) {
    for (const char* prefix : prefixes) {
      fs::path file = folder.at(labels) / (prefix + std::string(atlas) + ".mgz");
      if (std::error_code ignored; fs::exists(file, ignored)) {
        files.push_back(std::move(file));
      }
    }
  }
  return readRegions(files, vertices);
}

bool recognizesNsd(const std::string& spec) {
  return isNsdFolder(spec);
}

Subject readNsd(const std::string& spec) {
  const NsdFolder folder = nsdFolderOf(spec);
  const std::map<int, NsdSession> sessions = nsdSessionsOf(folder);
  folder.require({designFile, stimuliFile});
  const NsdDesign design = readNsdDesign(folder.at(designFile), folder.subject);
  const ReadTrials read = readTrials(sessions, design.imageOfTrial.size());
  const auto stack = std::make_shared<const ImageStack>(folder.at(stimuliFile), "/imgBrick");
  Subject subject;
  subject.name = folder.subject;
  subject.folder = spec;
  subject.training = splitOf(read, design, stack, false);
  subject.test = splitOf(read, design, stack, true);
  const MeshSpace mesh{
      .name = "fsaverage", .vertices = read.vertices, .toldBy = MeshEvidence::byFolder};
  subject.vertices = modeledVertices(folder, mesh);
  std::vector<std::size_t> columns;
  for (const std::int32_t index : meshIndices(subject.vertices)) {
    columns.push_back(static_cast<std::size_t>(index));
  }
  for (Split* split : {&subject.training, &subject.test}) {
    if (!split->responses.empty()) {
      split->responses = split->responses.ofVertices(columns);
    }
  }
  subject.noiseCeiling = readNoiseCeiling(folder, subject.vertices, subject);
  subject.regions = readAtlases(folder, subject.vertices);
  if (std::error_code ignored; fs::is_directory(folder.at(surfaces), ignored)) {
    subject.surfaces = folder.at(surfaces);
  }
  return subject;
}

} // namespace

namespace layouts {

const Layout& nsd();

const Layout& nsd() {
  static const Layout layout{
      .name = "nsd",
      .title = "Natural Scenes Dataset, a subject's folder in nsddata_betas/ppdata",
      .specification = "https://naturalscenesdataset.org; betas_fithrf_GLMdenoise_RR on fsaverage, "
                       "nsd_stimuli.hdf5, nsd_expdesign.mat",
      .recognizes = &recognizesNsd,
      .read = &readNsd,
  };
  return layout;
}

} // namespace layouts

} // namespace cortograph
