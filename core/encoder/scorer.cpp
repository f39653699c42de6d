#include "encoder/scorer.h"

#include "base/error.h"
#include "base/hash.h"
#include "compute/arrays.h"
#include "encoder/predictor.h"
#include "encoder/score.h"

#include <map>
#include <span>

namespace cortograph {

namespace {

/// The images to score on.
struct ChosenImages {
  std::vector<Stimulus> images;
  std::vector<std::size_t> rows; ///< row of the responses to each image
};

/// Returns the hash of all images' hashes, as a training records it.
std::string hashOf(const std::vector<Stimulus>& images, const Control& control) {
  std::string all;
  for (const std::string& hash : hashesOf(images, control.cancel)) {
    all += hash;
  }
  return contentHash(std::as_bytes(std::span(all)));
}

ChosenImages validationImages(const BrainMap& map, const Subject& subject, const Control& control) {
  if (map.validationImages.empty()) {
    throw Error(ErrorKind::notFound,
                "The map records no validation images; score it on the subject's test images "
                "(--split test).");
  }
  const std::vector<Stimulus>& shown = subject.training.images;
  std::map<std::string, std::size_t> rowOf;
  for (std::size_t row = 0; row < shown.size(); ++row) {
    rowOf.emplace(shown[row].name, row);
  }
  ChosenImages chosen;
  for (const std::string& name : map.validationImages) {
    const auto found = rowOf.find(name);
    if (found == rowOf.end()) {
      throw Error(ErrorKind::mismatch,
                  "The map's validation image " + name + " is not among the training images of " +
                      subject.name + "; give the subject that the map was trained on.");
    }
    chosen.images.push_back(shown[found->second]);
    chosen.rows.push_back(found->second);
  }
  if (hashOf(shown, control) != textOf(map.attributes, "images_hash")) {
    throw Error(ErrorKind::mismatch,
                "The training images of " + subject.name +
                    " are not those that the map was trained on: the names agree, but the contents "
                    "differ. Give the subject that the map was trained on.");
  }
  return chosen;
}

ChosenImages testImages(const Subject& subject) {
  ChosenImages chosen{subject.test.images, {}};
  if (chosen.images.empty() || subject.test.responses.empty()) {
    throw Error(ErrorKind::notFound,
                "The subject " + subject.name + " has no " +
                    (chosen.images.empty() ? "test images" : "responses to its test images") +
                    "; score on the validation images (--split validation).");
  }
  for (std::size_t row = 0; row < chosen.images.size(); ++row) {
    chosen.rows.push_back(row);
  }
  return chosen;
}

/// Returns a simulated subject's noise-free responses to its test images; empty: unknown.
Responses noiseFree(const Subject& subject) {
  return subject.truth && !subject.truth->testSignal.empty() ? Responses(subject.truth->testSignal)
                                                             : Responses();
}

} // namespace

Scores scoreMap(const ScoreJob& job, const Control& control) {
  return inContext("scoring on " + job.subject.name, [&] {
    const Subject subject = restrictToVertices(job.subject, job.map->vertices);
    const bool test = job.images == ScoredImages::test;
    const ChosenImages chosen =
        test ? testImages(subject) : validationImages(*job.map, subject, control);
    const Responses& responses = (test ? subject.test : subject.training).responses;
    R2Score score(job.map->size());
    R2Score signalScore(job.map->size());
    const Responses signal = test ? noiseFree(subject) : Responses();
    const PredictJob predicted{.map = job.map,
                               .network = job.network,
                               .tokens = job.tokens,
                               .images = chosen.images,
                               .compute = job.compute};
    forEachPrediction(predicted, control, [&](std::int64_t first, const torch::Tensor& prediction) {
      const auto rows = std::span(chosen.rows)
                            .subspan(static_cast<std::size_t>(first),
                                     static_cast<std::size_t>(prediction.size(0)));
      score.add(prediction, toTensor(responses.rows(rows)));
      if (!signal.empty()) {
        signalScore.add(prediction, toTensor(signal.rows(rows)));
      }
    });
    Scores scores;
    scores.images = chosen.images.size();
    scores.r2 = score.values();
    scores.correlation = score.correlation();
    scores.noiseCeiling = subject.noiseCeiling;
    if (!scores.noiseCeiling.empty()) {
      scores.normalizedR2 = normalizeByCeiling(scores.r2, scores.noiseCeiling);
    }
    if (!signal.empty()) {
      scores.signalCorrelation = signalScore.correlation();
    }
    return scores;
  });
}

} // namespace cortograph
