#include "encoder/trainer.h"

#include "base/error.h"
#include "base/pending_file.h"
#include "base/version.h"
#include "encoder/compute.h"
#include "encoder/encoder_map.h"
#include "encoder/optimizer.h"
#include "encoder/positional_encoding.h"
#include "encoder/random.h"
#include "encoder/score.h"
#include "encoder/training_data.h"
#include "encoder/training_step.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

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

void requireSettings(const TrainSettings& settings) {
  const auto refuse = [](const std::string& what) {
    throw Error(ErrorKind::mismatch, "The training can't start: " + what + ".");
  };
  if (settings.steps < 1 || settings.batch < 1 || settings.bottleneck < 1) {
    refuse("steps, batch and bottleneck must be 1 or more");
  }
  if (!(settings.learningRate > 0) || !(settings.weightDecay >= 0) || !(settings.clipNorm > 0)) {
    refuse("learning rate and clipping norm must be above 0, weight decay 0 or more");
  }
  if (!(settings.validationShare >= 0) || !(settings.validationShare < 1)) {
    refuse("the validation share must be 0 or more and below 1");
  }
  if (!(settings.regularisation >= 0)) {
    refuse("the regularisation must be 0 or more");
  }
}

std::vector<Point> coordinatesOf(const TrainJob& job) {
  if (job.subject.cortex != nullptr) {
    return selectorCoordinates(*job.subject.cortex, job.subject.vertices);
  }
  if (job.settings.selectors == Selectors::free) {
    return std::vector<Point>(job.subject.vertices.size());
  }
  throw Error(ErrorKind::notFound,
              "The subject " + job.subject.name +
                  " has no surfaces, which tell where its vertices lie; name a folder of surfaces "
                  "(--surfaces), or let every vertex choose freely (--selectors free).");
}

Attributes settingsOf(const TrainJob& job, torch::Device device) {
  const TrainSettings& settings = job.settings;
  return {{"software_version", softwareVersion},
          {"command", job.command},
          {"subject", job.subject.name},
          {"subject_folder", job.subject.folder.string()},
          {"surfaces", job.subject.cortex ? job.subject.cortex->folder.string() : ""},
          {"simulated", std::int64_t{job.subject.simulated ? 1 : 0}},
          {"seed", static_cast<std::int64_t>(settings.seed)},
          {"steps", std::int64_t{settings.steps}},
          {"batch", std::int64_t{settings.batch}},
          {"learning_rate", settings.learningRate},
          {"weight_decay", settings.weightDecay},
          {"clip_norm", settings.clipNorm},
          {"bottleneck", std::int64_t{settings.bottleneck}},
          {"regularisation", settings.regularisation},
          {"regularisation_steps", std::int64_t{settings.regularisationSteps}},
          {"validation_share", settings.validationShare},
          {"selectors", settings.selectors == Selectors::free ? "free" : "coordinate"},
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

/// All of a map but what is learnt.
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

/// Images in a new random order each epoch; a batch may reach into the next epoch.
class BatchOrder {
public:
  BatchOrder(const std::vector<std::int64_t>& images, std::uint64_t seed)
      : images_(&images), random_(seed, RandomUse::order) {}

  [[nodiscard]] std::vector<std::int64_t> next(int count) {
    std::vector<std::int64_t> batch;
    for (int i = 0; i < count; ++i) {
      if (place_ == order_.size()) {
        order_ = random_.permutation(static_cast<std::int64_t>(images_->size()));
        place_ = 0;
      }
      batch.push_back((*images_)[static_cast<std::size_t>(order_[place_++])]);
    }
    return batch;
  }

private:
  const std::vector<std::int64_t>* images_;
  Random random_;
  std::vector<std::int64_t> order_;
  std::size_t place_ = 0;
};

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
        encoder_({data.tokens.widths(),
                  static_cast<std::int64_t>(map_.size()),
                  job.settings.bottleneck,
                  job.settings.selectors},
                 positionalEncoding(map_.coordinates, map_.encodingFrame),
                 device,
                 Random(job.settings.seed, RandomUse::parameters).next()),
        optimizer_(encoder_.parameters(), job.settings.learningRate, job.settings.weightDecay),
        order_(data.train, job.settings.seed) {}

  BrainMap run();

private:
  void step();
  void requireFinite(const StepResult& result) const;
  void validate(const Selection& selection);
  void record(bool validated);
  void reportProgress() const;
  void snapshot(const Selection& selection);
  [[nodiscard]] bool validationIsDue() const;
  [[nodiscard]] double secondsLeft() const;

  const TrainJob& job_;
  const TrainingData& data_;
  const Control& control_;
  const TrainObserver& observer_;
  BrainMap map_;
  torch::Tensor usable_;
  FactorTopy encoder_;
  AdamW optimizer_;
  BatchOrder order_;

  int step_ = 0; ///< done
  struct MeanLoss {
    double sum = 0;
    int count = 0;
    [[nodiscard]] double value() const { return count > 0 ? sum / count : 0; }
  };
  MeanLoss sinceRecord_;
  MeanLoss sinceSnapshot_;
  std::optional<R2Summary> r2_;
  Clock::time_point start_;
  std::optional<Clock::time_point> lastSnapshot_;
};

BrainMap Training::run() {
  start_ = Clock::now();
  {
    const torch::NoGradGuard noGrad;
    snapshot(encoder_.select());
  }
  while (step_ < job_.settings.steps) {
    control_.cancel.throwIfCancelled();
    step();
  }
  const torch::NoGradGuard noGrad;
  const Selection selection = encoder_.select();
  validate(selection);
  record(true);
  fillSelection(map_, selection);
  fillModel(map_, encoder_);
  return std::move(map_);
}

void Training::step() {
  const std::vector<std::int64_t> images = order_.next(job_.settings.batch);
  const torch::Device device = encoder_.device();
  const StepResult result = computeGradients(
      encoder_,
      data_.tokens.of(images, device),
      responsesTo(job_.subject.training.responses, images, data_.usable).to(device),
      usable_,
      job_.settings,
      step_);
  control_.cancel.throwIfCancelled();
  const double loss = result.loss.fit.item<double>();
  requireFinite(result);
  optimizer_.step();
  ++step_;
  for (MeanLoss* mean : {&sinceRecord_, &sinceSnapshot_}) {
    mean->sum += loss;
    ++mean->count;
  }
  if (step_ < job_.settings.steps) { // run() does the last one's
    const bool due = validationIsDue();
    if (due) {
      const torch::NoGradGuard noGrad;
      validate(encoder_.select());
    }
    record(due);
  }
  reportProgress();
  snapshot(result.selection);
}

void Training::requireFinite(const StepResult& result) const {
  if (std::isfinite(result.loss.total.item<double>()) && std::isfinite(result.gradientNorm)) {
    return;
  }
  const std::string name = encoder_.parameters().firstNotFinite();
  throw Error(ErrorKind::mismatch,
              "The training failed at step " + std::to_string(step_ + 1) +
                  ": the loss or its gradient is not a finite number" +
                  (name.empty() ? "" : " (parameter " + name + ")") +
                  "; use a lower learning rate, or look for extreme values in the responses.");
}

bool Training::validationIsDue() const {
  const int between = std::clamp(job_.settings.steps / validations,
                                 fewestStepsBetweenValidations,
                                 mostStepsBetweenValidations);
  return step_ % between == 0;
}

void Training::validate(const Selection& selection) {
  if (data_.validation.empty()) {
    return;
  }
  constexpr std::size_t together = 16;
  R2Score score(map_.size());
  for (std::size_t first = 0; first < data_.validation.size(); first += together) {
    control_.cancel.throwIfCancelled();
    const auto begin = data_.validation.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<std::int64_t> images(
        begin,
        begin + static_cast<std::ptrdiff_t>(std::min(together, data_.validation.size() - first)));
    score.add(encoder_.predict(data_.tokens.of(images, encoder_.device()), selection),
              responsesTo(job_.subject.training.responses, images, data_.usable));
  }
  // Responses left out were read as 0: constant, so their R2 is not a number.
  map_.r2 = score.values();
  r2_ = summarise(map_.r2);
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

double Training::secondsLeft() const {
  return step_ == 0 ? 0 : secondsSince(start_) / step_ * (job_.settings.steps - step_);
}

void Training::reportProgress() const {
  Progress progress{"training", static_cast<double>(step_), 0, "steps", secondsLeft()};
  progress.total = job_.settings.steps;
  control_.report(progress);
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
  auto snapshot = std::make_shared<TrainSnapshot>();
  snapshot->step = step_;
  snapshot->steps = job_.settings.steps;
  snapshot->loss = sinceSnapshot_.value();
  snapshot->secondsPerStep = step_ == 0 ? 0 : secondsSince(start_) / step_;
  snapshot->secondsLeft = secondsLeft();
  if (r2_) {
    snapshot->r2Mean = r2_->mean;
    snapshot->r2Median = r2_->median;
    snapshot->r2ShareAboveZero = r2_->shareAboveZero;
  }
  snapshot->map = std::move(map);
  sinceSnapshot_ = {};
  observer_.onSnapshot(snapshot);
}

} // namespace

BrainMap trainEncoder(const TrainJob& job, const Control& control, const TrainObserver& observer) {
  return inContext("training on " + job.subject.name, [&] {
    requireSettings(job.settings);
    if (!job.out.empty()) {
      const PendingFile writable(job.out); // not after hours of training
    }
    useThreads(job.compute.threads);
    const torch::Device device = deviceOf(job.compute);
    const TrainingData data = prepareTraining(job, device, control);
    BrainMap map = Training(job, data, frameOf(job, data, device), device, control, observer).run();
    control.cancel.throwIfCancelled();
    if (!job.out.empty()) {
      writeMap(job.out, map);
    }
    return map;
  });
}

} // namespace cortograph
