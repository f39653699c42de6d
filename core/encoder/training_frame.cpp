#include "encoder/training_frame.h"

#include "base/error.h"
#include "base/version.h"
#include "compute/compute.h"
#include "encoder/positional_encoding.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cortograph {

namespace {

const char* nameOf(Decay decay) {
  switch (decay) {
  case Decay::linear:
    return "linear";
  case Decay::cosine:
    return "cosine";
  case Decay::none:
    break;
  }
  return "none";
}

std::vector<Point> coordinatesOf(const TrainJob& job) {
  if (std::vector<Point> points = selectorCoordinates(job.subject); !points.empty()) {
    return points;
  }
  if (job.settings.selectors == Selectors::free) {
    return std::vector<Point>(job.subject.vertices.size());
  }
  throw Error(ErrorKind::notFound,
              "The subject " + job.subject.name +
                  " has no surfaces, which are needed for the positions of its vertices; give a "
                  "folder of surfaces "
                  "(--surfaces), or let every vertex select freely (--selectors free).");
}

Attributes settingsOf(const TrainJob& job, torch::Device device) {
  const TrainSettings& settings = job.settings;
  return {{"software_version", softwareVersion},
          {"command", job.command},
          {"subject", job.subject.name},
          {"subject_folder", job.subject.folder.string()},
          {"surfaces", job.subject.cortex ? job.subject.cortex->folder.string() : ""},
          {"standardise", std::string(toString(job.subject.training.responses.standardization()))},
          {"simulated", std::int64_t{job.subject.simulated ? 1 : 0}},
          {"seed", static_cast<std::int64_t>(settings.seed)},
          {"steps", std::int64_t{settings.steps}},
          {"batch", std::int64_t{settings.batch}},
          {"learning_rate", settings.learningRate},
          {"weight_decay", settings.weightDecay},
          {"clip_norm", settings.clipNorm},
          {"bottleneck", std::int64_t{settings.bottleneck}},
          {"regularisation", settings.regularization},
          {"regularisation_steps", std::int64_t{settings.regularizationSteps}},
          {"validation_share", settings.validationShare},
          {"selectors", settings.selectors == Selectors::free ? "free" : "coordinate"},
          {"warmup_steps", std::int64_t{settings.warmupSteps}},
          {"decay", nameOf(settings.decay)},
          {"validate_every", std::int64_t{settings.validateEvery}},
          {"patience", std::int64_t{settings.patience}},
          {"keep", settings.keepBest || settings.patience > 0 ? "best" : "last"},
          {"readout", settings.readout == Readout::ridge ? "ridge" : "trained"},
          {"device", device.is_cuda() ? "cuda" : "cpu"},
          {"threads", std::int64_t{threadsInUse()}}};
}

std::vector<std::string> namesOf(const Subject& subject, const std::vector<std::int64_t>& images) {
  std::vector<std::string> names;
  for (const std::int64_t image : images) {
    names.push_back(subject.training.images[static_cast<std::size_t>(image)].name);
  }
  return names;
}

/// Attributes that may differ between an interrupted training and the one that continues it.
constexpr std::array<const char*, 8> freeToDiffer{"software_version",
                                                  "command",
                                                  "subject_folder",
                                                  "surfaces",
                                                  "network_path",
                                                  "threads",
                                                  "device",
                                                  "subject"};

} // namespace

void requireSettings(const TrainSettings& settings) {
  const auto refuse = [](const std::string& what) {
    throw Error(ErrorKind::mismatch, "The training cannot start: " + what + ".");
  };
  if (settings.steps < 1 || settings.batch < 1 || settings.bottleneck < 1) {
    refuse("steps, batch and bottleneck must be 1 or more");
  }
  if (!(settings.learningRate > 0) || !(settings.weightDecay >= 0) || !(settings.clipNorm > 0)) {
    refuse("the learning rate and the clipping norm must be above 0, the weight decay 0 or more");
  }
  if (!(settings.validationShare >= 0) || !(settings.validationShare < 1)) {
    refuse("the validation share must be 0 or more and below 1");
  }
  if (!(settings.regularization >= 0)) {
    refuse("the regularisation must be 0 or more");
  }
  if (settings.warmupSteps < 0 || settings.warmupSteps > settings.steps) {
    refuse("the warm-up must be between 0 and the number of steps");
  }
  if (settings.patience < 0 || settings.validateEvery < 0) {
    refuse("patience and the steps between validations must be 0 or more");
  }
  if ((settings.patience > 0 || settings.keepBest) && !(settings.validationShare > 0)) {
    refuse("the best validation is requested, but no images are held out for validation");
  }
}

BrainMap frameOf(const TrainJob& job, const TrainingData& data, torch::Device device) {
  BrainMap map;
  map.attributes = settingsOf(job, device);
  map.attributes.insert(data.source.begin(), data.source.end());
  map.vertices = job.subject.vertices;
  map.coordinates = coordinatesOf(job);
  if (job.settings.selectors == Selectors::coordinate) {
    map.encodingFrame = encodingFrameOf(map.coordinates);
  }
  map.noiseCeiling = job.subject.noiseCeiling;
  map.regions = job.subject.regions;
  map.trainImages = namesOf(job.subject, data.train);
  map.validationImages = namesOf(job.subject, data.validation);
  return map;
}

void requireSameTraining(const BrainMap& earlier, const BrainMap& frame) {
  const auto refuse =
      [](const std::string& what, const std::string& found, const std::string& expected) {
        throw Error(ErrorKind::mismatch,
                    "The checkpoint belongs to another training: its " + what + " is " + found +
                        ", but this one's is " + expected +
                        "; give the same options, or leave out --resume to start again.");
      };
  for (const auto& [key, value] : frame.attributes) {
    const bool free =
        std::find(freeToDiffer.begin(), freeToDiffer.end(), key) != freeToDiffer.end();
    const std::string found = textOf(earlier.attributes, key);
    if (const std::string expected = textOf(frame.attributes, key); !free && found != expected) {
      refuse(key, "\"" + found + "\"", "\"" + expected + "\"");
    }
  }
  if (!areSame(earlier.vertices, frame.vertices) || earlier.coordinates != frame.coordinates) {
    refuse("set of vertices",
           std::to_string(earlier.size()) + " of " + inWords(earlier.vertices.mesh),
           std::to_string(frame.size()) + " of " + inWords(frame.vertices.mesh));
  }
}

} // namespace cortograph
