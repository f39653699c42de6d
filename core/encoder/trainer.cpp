#include "encoder/trainer.h"

#include "base/error.h"
#include "base/log.h"
#include "base/pending_file.h"
#include "compute/arrays.h"
#include "compute/compute.h"
#include "compute/optimizer.h"
#include "encoder/batch_feed.h"
#include "encoder/checkpoint.h"
#include "encoder/encoder_map.h"
#include "encoder/positional_encoding.h"
#include "encoder/random_use.h"
#include "encoder/readout_fit.h"
#include "encoder/score.h"
#include "encoder/training_frame.h"
#include "encoder/training_step.h"
#include "map/left_out.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <system_error>

namespace cortograph {

namespace {

using Clock = std::chrono::steady_clock;

constexpr float notMeasured = std::numeric_limits<float>::quiet_NaN();
constexpr int historyEntries = 200;
constexpr int validations = 8;
constexpr int fewestStepsBetweenValidations = 100;
constexpr int mostStepsBetweenValidations = 500;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A training in progress.
class Training {
public:
  Training(const TrainJob& job,
           const TrainingData& data,
           BrainMap frame,
           torch::Device device,
           const Control& control,
           const TrainObserver& observer)
      : job_(job),
        data_(data),
        control_(control),
        observer_(observer),
        map_(std::move(frame)),
        usable_(data.usable.to(device)),
        encoder_({.widths = data.tokens->widths(),
                  .vertices = static_cast<std::int64_t>(map_.size()),
                  .bottleneck = job.settings.bottleneck,
                  .selectors = job.settings.selectors},
                 positionalEncoding(map_.coordinates, map_.encodingFrame),
                 device,
                 randomFor(RandomUse::parameters, job.settings.seed).bits()),
        optimizer_(encoder_.parameters(), job.settings.weightDecay) {}

  /// Continues from a checkpoint. Throws Error{mismatch} when it belongs to another training.
  void restore(Checkpoint checkpoint);
  /// Trains to the end and returns the map.
  BrainMap run();

private:
  void step(const TrainingBatch& batch);
  void requireFinite(const StepResult& result) const;
  void takeStock();
  void validate(const Selection& selection);
  void compareWithBest();
  void saveCheckpoint();
  void keepBest();
  void record(bool validated);
  void reportProgress() const;
  void snapshot(const Selection& selection);
  [[nodiscard]] bool done() const;
  [[nodiscard]] bool validationIsDue() const;
  [[nodiscard]] double secondsPerStep() const;
  [[nodiscard]] double secondsLeft() const;

  const TrainJob& job_;
  const TrainingData& data_;
  const Control& control_;
  const TrainObserver& observer_;
  BrainMap map_;
  torch::Tensor usable_;
  FactorTopy encoder_;
  AdamW optimizer_;

  int step_ = 0;      ///< completed steps
  int firstStep_ = 0; ///< steps completed before this run
  BestState best_;
  int validationsSinceBest_ = 0;
  int checkpointStep_ = 0; ///< step of the last checkpoint; 0: none yet
  struct MeanLoss {
    double sum = 0;
    int count = 0;
    [[nodiscard]] double value() const { return count > 0 ? sum / count : 0; }
  };
  MeanLoss sinceRecord_;
  MeanLoss sinceSnapshot_;
  std::optional<ScoreSummary> r2_;
  double secondsWaited_ = 0;
  Clock::time_point start_;
  std::optional<Clock::time_point> lastSnapshot_;
};

void Training::restore(Checkpoint checkpoint) {
  requireSameTraining(checkpoint.map, map_);
  const torch::NoGradGuard noGrad;
  takeModel(encoder_, checkpoint.map);
  // The readout of vertices left out is NaN in the file, which would spread to all gradients.
  encoder_.parameters().values().nan_to_num_(0.0);
  const auto count = static_cast<std::size_t>(encoder_.parameters().values().numel());
  const std::vector<float>& best = checkpoint.best.values;
  if (checkpoint.momentMean.size() != count || checkpoint.momentSquare.size() != count ||
      (!best.empty() && best.size() != count)) {
    throw Error(ErrorKind::format,
                "The optimiser state in the checkpoint does not fit its encoder; the file is "
                "damaged.");
  }
  optimizer_.restore(torch::tensor(checkpoint.momentMean),
                     torch::tensor(checkpoint.momentSquare),
                     checkpoint.step);
  step_ = checkpoint.step;
  firstStep_ = step_;
  checkpointStep_ = step_;
  best_ = std::move(checkpoint.best);
  validationsSinceBest_ = checkpoint.validationsSinceBest;
  map_.history = std::move(checkpoint.map.history);
  map_.r2 = std::move(checkpoint.map.r2);
  if (!map_.r2.empty()) {
    r2_ = summarize(map_.r2);
  }
}

BrainMap Training::run() {
  start_ = Clock::now();
  {
    const torch::NoGradGuard noGrad;
    snapshot(encoder_.select());
  }
  BatchFeed feed(data_,
                 job_.subject.training.responses,
                 BatchOrder(data_.train, job_.settings.seed),
                 job_.settings.batch,
                 step_,
                 control_.cancel);
  while (!done()) {
    control_.cancel.throwIfCanceled();
    step(feed.next());
    secondsWaited_ = feed.secondsWaited();
  }
  keepBest();
  const torch::NoGradGuard noGrad;
  const Selection selection = encoder_.select();
  if (job_.settings.readout == Readout::ridge) {
    fitReadout(encoder_, selection, data_, job_.subject.training.responses, control_);
    validate(selection);
  }
  fillSelection(map_, selection);
  fillModel(map_, encoder_);
  leaveOut(map_, data_.leftOut());
  return std::move(map_);
}

bool Training::done() const {
  const int patience = job_.settings.patience;
  return step_ >= job_.settings.steps || (patience > 0 && validationsSinceBest_ >= patience);
}

void Training::step(const TrainingBatch& batch) {
  const torch::Device device = encoder_.device();
  const StepResult result = computeGradients(
      encoder_, batch.tokens.to(device), batch.target.to(device), usable_, job_.settings, step_);
  control_.cancel.throwIfCanceled();
  const auto loss = result.loss.fit.item<double>();
  requireFinite(result);
  optimizer_.step(learningRateAt(job_.settings, step_));
  ++step_;
  for (MeanLoss* mean : {&sinceRecord_, &sinceSnapshot_}) {
    mean->sum += loss;
    ++mean->count;
  }
  if (validationIsDue()) {
    takeStock();
  } else {
    record(false);
  }
  reportProgress();
  snapshot(result.selection);
}

void Training::requireFinite(const StepResult& result) const {
  if (std::isfinite(result.loss.total.item<double>()) && std::isfinite(result.gradientNorm)) {
    return;
  }
  const std::string name = encoder_.parameters().firstNotFinite();
  const std::string checkpoint =
      checkpointStep_ == 0 ? ""
                           : " The last good checkpoint is " + checkpointOf(job_.out).string() +
                                 ", of step " + std::to_string(checkpointStep_) + ".";
  throw Error(ErrorKind::mismatch,
              "The training failed at step " + std::to_string(step_ + 1) +
                  ": the loss or its gradient is not a finite number" +
                  (name.empty() ? "" : " (parameter " + name + ")") +
                  "; use a lower learning rate, or look for extreme values in the responses." +
                  checkpoint);
}

bool Training::validationIsDue() const {
  const TrainSettings& settings = job_.settings;
  const int between = settings.validateEvery > 0 ? settings.validateEvery
                                                 : std::clamp(settings.steps / validations,
                                                              fewestStepsBetweenValidations,
                                                              mostStepsBetweenValidations);
  return step_ % between == 0 || step_ == settings.steps;
}

void Training::takeStock() {
  const torch::NoGradGuard noGrad;
  const Selection selection = encoder_.select();
  validate(selection);
  record(true);
  compareWithBest();
  if (!done() && !job_.out.empty()) {
    fillSelection(map_, selection);
    saveCheckpoint();
  }
}

void Training::validate(const Selection& selection) {
  if (data_.validation.empty()) {
    return;
  }
  constexpr std::size_t together = 16;
  R2Score score(map_.size());
  for (std::size_t first = 0; first < data_.validation.size(); first += together) {
    control_.cancel.throwIfCanceled();
    const auto begin = data_.validation.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<std::int64_t> images(
        begin,
        begin + static_cast<std::ptrdiff_t>(std::min(together, data_.validation.size() - first)));
    const TokenPack tokens = data_.tokens->of(images, control_.cancel);
    score.add(encoder_.predict(tokens.to(encoder_.device()), selection),
              responsesTo(job_.subject.training.responses, images, data_.usable));
  }
  // Vertices left out have responses of 0, which are constant, so their R2 is NaN.
  map_.r2 = score.values();
  r2_ = summarize(map_.r2);
}

void Training::compareWithBest() {
  if (!r2_ || std::isnan(r2_->mean)) {
    return;
  }
  ++validationsSinceBest_;
  if (best_.step == 0 || r2_->mean > best_.r2Mean) {
    best_ = {.step = step_,
             .r2Mean = r2_->mean,
             .r2 = map_.r2,
             .values = toArray(encoder_.parameters().values()).values};
    validationsSinceBest_ = 0;
  }
}

void Training::saveCheckpoint() {
  Checkpoint checkpoint;
  checkpoint.map = map_;
  fillModel(checkpoint.map, encoder_);
  leaveOut(checkpoint.map, data_.leftOut());
  checkpoint.step = step_;
  checkpoint.validationsSinceBest = validationsSinceBest_;
  checkpoint.momentMean = toArray(optimizer_.mean()).values;
  checkpoint.momentSquare = toArray(optimizer_.square()).values;
  checkpoint.best = best_;
  try {
    writeCheckpoint(checkpointOf(job_.out), checkpoint);
    checkpointStep_ = step_;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::file) {
      throw;
    }
    logWarning(std::string("The training continues without a checkpoint at step ") +
               std::to_string(step_) + ": " + error.what());
  }
}

void Training::keepBest() {
  const TrainSettings& settings = job_.settings;
  int kept = step_;
  if ((settings.keepBest || settings.patience > 0) && best_.step > 0) {
    const torch::NoGradGuard noGrad;
    encoder_.parameters().values().copy_(torch::tensor(best_.values));
    map_.r2 = best_.r2;
    kept = best_.step;
  }
  map_.attributes["steps_done"] = std::int64_t{step_};
  map_.attributes["kept_step"] = std::int64_t{kept};
}

void Training::record(bool validated) {
  const int between = std::max(1, job_.settings.steps / historyEntries);
  if (!validated && step_ % between != 0) {
    return;
  }
  map_.history.step.push_back(step_);
  map_.history.loss.push_back(static_cast<float>(sinceRecord_.value()));
  map_.history.r2.push_back(validated && r2_ ? static_cast<float>(r2_->mean) : notMeasured);
  sinceRecord_ = {};
}

double Training::secondsPerStep() const {
  return step_ == firstStep_ ? 0 : secondsSince(start_) / (step_ - firstStep_);
}

double Training::secondsLeft() const {
  return secondsPerStep() * (job_.settings.steps - step_);
}

void Training::reportProgress() const {
  control_.report({.what = "training",
                   .done = static_cast<double>(step_),
                   .total = static_cast<double>(job_.settings.steps),
                   .unit = "steps",
                   .secondsLeft = secondsLeft()});
}

void Training::snapshot(const Selection& selection) {
  const bool due = !lastSnapshot_ || observer_.snapshotsPerSecond <= 0 ||
                   secondsSince(*lastSnapshot_) >= 1 / observer_.snapshotsPerSecond;
  if (!observer_.onSnapshot || !due) {
    return;
  }
  lastSnapshot_ = Clock::now();
  auto map = std::make_shared<BrainMap>(map_);
  fillSelection(*map, selection);
  leaveOut(*map, data_.leftOut());
  auto snapshot = std::make_shared<TrainSnapshot>();
  snapshot->step = step_;
  snapshot->steps = job_.settings.steps;
  snapshot->loss = sinceSnapshot_.value();
  snapshot->secondsPerStep = secondsPerStep();
  snapshot->secondsWaitingPerStep = secondsWaited_ / std::max(1, step_ - firstStep_);
  snapshot->secondsLeft = secondsLeft();
  if (r2_) {
    snapshot->r2Mean = r2_->mean;
    snapshot->r2Median = r2_->median;
    snapshot->r2ShareAboveZero = r2_->shareAboveZero;
    for (const Region& region : map_.regions) {
      snapshot->r2ByRegion.emplace_back(region.name, summarize(map_.r2, region.member).mean);
    }
  }
  snapshot->map = std::move(map);
  sinceSnapshot_ = {};
  observer_.onSnapshot(snapshot);
}

} // namespace

namespace {

/// Continues from the checkpoint beside the map if the job asks for it and there is one.
void resume(const TrainJob& job, Training& training) {
  const std::filesystem::path file = checkpointOf(job.out);
  if (job.out.empty() || !std::filesystem::exists(file)) {
    return;
  }
  if (!job.resume) {
    logWarning(file.string() + " contains an interrupted training and will be replaced. To "
                               "continue that training, stop this one and use "
                               "--resume.");
    return;
  }
  Checkpoint checkpoint = readCheckpoint(file);
  logInfo("The training continues after step " + std::to_string(checkpoint.step) + ".");
  if (const std::string threads = textOf(checkpoint.map.attributes, "threads");
      threads != std::to_string(threadsInUse())) {
    logWarning("The training was begun with " + threads + " threads and continues with " +
               std::to_string(threadsInUse()) + ": its last digits will differ.");
  }
  inContext("resuming from " + file.string(), [&] { training.restore(std::move(checkpoint)); });
}

} // namespace

BrainMap trainEncoder(const TrainJob& job, const Control& control, const TrainObserver& observer) {
  return inContext("training on " + job.subject.name, [&] {
    requireSettings(job.settings);
    if (!job.out.empty()) {
      const PendingFile writable(job.out); // fails now rather than after hours of training
    }
    useThreads(job.compute.threads);
    const torch::Device device = deviceOf(job.compute);
    const TrainingData data = prepareTraining(job, device, control);
    Training training(job, data, frameOf(job, data, device), device, control, observer);
    resume(job, training);
    BrainMap map = training.run();
    control.cancel.throwIfCanceled();
    if (!job.out.empty()) {
      writeMap(job.out, map);
      std::error_code ignored; // there may be no checkpoint
      std::filesystem::remove(checkpointOf(job.out), ignored);
    }
    return map;
  });
}

} // namespace cortograph
