#include "encoder/checkpoint.h"

#include "base/error.h"
#include "base/hdf5.h"

#include <optional>
#include <string>
#include <utility>

namespace cortograph {

namespace {

const std::string momentMean = "/training/moment_mean";
const std::string momentSquare = "/training/moment_square";
const std::string bestValues = "/training/best_values";
const std::string bestR2 = "/training/best_r2";

/// Writes one uncompressed row: compressing values that are nearly noise is not worth the time.
void writeFlat(Hdf5File& file,
               const std::string& name,
               const std::vector<float>& values,
               const std::string& meaning) {
  file.createRows(name, {1, values.size()}, StoredFloat::float32, meaning);
  file.writeRows(name, 0, 1, values);
}

void writeState(Hdf5File& file, const Checkpoint& checkpoint) {
  writeFlat(file, momentMean, checkpoint.momentMean, "running mean of the gradients");
  writeFlat(file, momentSquare, checkpoint.momentSquare, "running mean of their squares");
  const BestState& best = checkpoint.best;
  if (best.step > 0) {
    writeFlat(file, bestValues, best.values, "all parameters at the best validation");
    writeFlat(file, bestR2, best.r2, "R2 of each vertex at the best validation");
  }
  file.setAttributes(momentMean,
                     {{"step", std::int64_t{checkpoint.step}},
                      {"validations_since_best", std::int64_t{checkpoint.validationsSinceBest}},
                      {"best_step", std::int64_t{best.step}},
                      {"best_r2", best.r2Mean}});
}

template <class Number> Number requiredNumber(const Attributes& attributes, const char* key) {
  const std::optional<Number> number = numberOf<Number>(attributes, key);
  if (!number) {
    throw Error(ErrorKind::format,
                std::string("The checkpoint has no number \"") + key + "\"; the file is damaged.");
  }
  return *number;
}

int wholeOf(const Attributes& attributes, const char* key) {
  return static_cast<int>(requiredNumber<std::int64_t>(attributes, key));
}

} // namespace

void writeCheckpoint(const std::filesystem::path& file, const Checkpoint& checkpoint) {
  inContext("writing a checkpoint", [&] {
    writeMap(file, checkpoint.map, [&](Hdf5File& stored) { writeState(stored, checkpoint); });
  });
}

Checkpoint readCheckpoint(const std::filesystem::path& file) {
  return inContext("reading the checkpoint " + file.string(), [&] {
    Checkpoint checkpoint;
    checkpoint.map = readMap(file);
    const Hdf5File stored = Hdf5File::open(file);
    if (!stored.has(momentMean)) {
      throw Error(ErrorKind::format,
                  "This map has no training state to continue from; leave out --resume.");
    }
    const Attributes attributes = stored.attributes(momentMean);
    checkpoint.step = wholeOf(attributes, "step");
    checkpoint.validationsSinceBest = wholeOf(attributes, "validations_since_best");
    checkpoint.momentMean = stored.read<float>(momentMean).values;
    checkpoint.momentSquare = stored.read<float>(momentSquare).values;
    checkpoint.best.step = wholeOf(attributes, "best_step");
    checkpoint.best.r2Mean = requiredNumber<double>(attributes, "best_r2");
    if (checkpoint.best.step > 0) {
      checkpoint.best.values = stored.read<float>(bestValues).values;
      checkpoint.best.r2 = stored.read<float>(bestR2).values;
    }
    return checkpoint;
  });
}

} // namespace cortograph
