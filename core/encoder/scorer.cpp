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

/// Images and the rows of the responses to them.
struct Chosen {
  std::vector<Stimulus> images;
  std::vector<std::size_t> rows;
};

/// The hash of all images' hashes, as a training records it.
std::string hashOf(const std::vector<Stimulus>& images, const Control& control) {
  std::string all;
  for (const std::string& hash : hashesOf(images, control.cancel)) {
    all += hash;
  }
  return contentHash(std::as_bytes(std::span(all)));
}

Chosen validationImages(const BrainMap& map, const Subject& subject, const Control& control) {
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
  Chosen chosen;
  for (const std::string& name : map.validationImages) {
    const auto found = rowOf.find(name);
    if (found == rowOf.end()) {
      throw Error(ErrorKind::mismatch,
                  "The map's validation image " + name + " is none of the training images of " +
                      subject.name + "; give the subject that the map was trained on.");
    }
    chosen.images.push_back(shown[found->second]);
    chosen.rows.push_back(found->second);
  }
  if (hashOf(shown, control) != textOf(map.attributes, "images_hash")) {
    throw Error(ErrorKind::mismatch,
                "The training images of " + subject.name +
                    " are not those that the map was trained on: their names agree, their content "
                    "does not. Give the subject that the map was trained on.");
  }
  return chosen;
}

Chosen testImages(const Subject& subject) {
  Chosen chosen{subject.test.images, {}};
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

/// What a simulated subject would have answered to its test images without noise; empty: unknown.
Responses noiseFree(const Subject& subject) {
  return subject.truth && !subject.truth->testSignal.empty() ? Responses(subject.truth->testSignal)
                                                             : Responses();
}

} // namespace

Scores scoreMap(const ScoreJob& job, const Control& control) {
  return inContext("scoring on " + job.subject.name, [&] {
    const Subject subject = restrictToVertices(job.subject, job.map->vertices);
    const bool test = job.images == ScoredImages::test;
    const Chosen chosen = test ? testImages(subject) : validationImages(*job.map, subject, control);
    const Responses& responses = (test ? subject.test : subject.training).responses;
    R2Score score(job.map->size());
    R2Score signalScore(job.map->size());
    const Responses signal = test ? noiseFree(subject) : Responses();
    const PredictJob predicted{job.map, job.network, job.tokens, chosen.images, job.compute};
    forEachPrediction(predicted, control, [&](std::int64_t first, const torch::Tensor& prediction) {
      const auto rows = std::span(chosen.rows)
                            .subspan(static_cast<std::size_t>(first),
                                     static_cast<std::size_t>(prediction.size(0)));
      score.add(prediction, toTensor(responses.rows(rows)));
      if (!signal.empty()) {
        signalScore.add(prediction, toTensor(signal.rows(rows)));
      }
    });
    Scores scores{chosen.images.size(), score.values(), score.correlation(), {}, {}, {}};
    scores.noiseCeiling = subject.noiseCeiling;
    if (!scores.noiseCeiling.empty()) {
      scores.normalisedR2 = normaliseByCeiling(scores.r2, scores.noiseCeiling);
    }
    if (!signal.empty()) {
      scores.signalCorrelation = signalScore.correlation();
    }
    return scores;
  });
}

} // namespace cortograph
