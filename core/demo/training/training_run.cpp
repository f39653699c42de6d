#include "demo/training/training_run.h"

#include "base/error.h"
#include "compute/threads.h"

#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

namespace cortograph {

namespace {

using torch::Tensor;

constexpr std::int64_t partsOfBatch = 4;

/// The uses of a seed, which each get different random numbers.
enum class Use : std::uint64_t { heads = 1, order = 2, step = 3 };

std::uint64_t seedOf(std::uint64_t seed, Use use, std::int64_t index = 0) {
  SplitMix random(seed, static_cast<std::uint64_t>(use));
  return SplitMix(random.bits(), static_cast<std::uint64_t>(index)).bits();
}

std::vector<ParameterSpec> allParameters(const DemoVitSize& size, const Learner& learner) {
  std::vector<ParameterSpec> specs = vitParameters(size);
  const std::vector<ParameterSpec> heads = learner.heads();
  specs.insert(specs.end(), heads.begin(), heads.end());
  return specs;
}

double meanOf(const std::vector<double>& values, std::size_t first, std::size_t end) {
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(first),
                         values.begin() + static_cast<std::ptrdiff_t>(end),
                         0.0) /
         static_cast<double>(std::max<std::size_t>(1, end - first));
}

} // namespace

TrainingRun::TrainingRun(const DemoVitSize& size,
                         const DemoTensors& start,
                         const TrainSettings& settings,
                         Learner& learner,
                         const SceneSet& scenes)
    : size_(size),
      settings_(settings),
      learner_(learner),
      scenes_(scenes),
      parameters_(allParameters(size, learner), torch::kCPU, seedOf(settings.seed, Use::heads)),
      optimizer_(parameters_, settings.weightDecay) {
  if (scenes.count() < settings.batch || settings.batch < partsOfBatch) {
    throw Error(ErrorKind::mismatch,
                "There are " + std::to_string(scenes.count()) + " scenes for batches of " +
                    std::to_string(settings.batch) + "; a batch needs at least " +
                    std::to_string(partsOfBatch) +
                    " scenes, and at most as many as there are. Change the batch or paint more "
                    "scenes.");
  }
  setVit(parameters_, start);
  for (std::int64_t part = 0; part < partsOfBatch; ++part) {
    parts_.emplace_back(parameters_.sharing(), size);
  }
  learner_.begin(parameters_);
}

void TrainingRun::finish(const Control& control) {
  using Clock = std::chrono::steady_clock;
  const OwnProducts ownProducts;
  const Clock::time_point start = Clock::now();
  for (int index = 0; index < settings_.steps; ++index) {
    control.cancel.throwIfCanceled();
    step(index);
    secondsPerStep_ = std::chrono::duration<double>(Clock::now() - start).count() / (index + 1);
    Progress progress{.what = "training, loss " + std::to_string(losses_.back()),
                      .done = static_cast<double>(index + 1),
                      .total = static_cast<double>(settings_.steps),
                      .unit = "steps",
                      .secondsLeft = secondsPerStep_ * (settings_.steps - index - 1)};
    control.report(progress);
  }
}

/// Takes the next batch of a pass over all scenes in random order. Scenes that do not fill a batch
/// at the end of a pass are skipped.
void TrainingRun::drawBatch(int index) {
  const auto batches = scenes_.count() / settings_.batch;
  const std::int64_t place = index % batches;
  if (place == 0) {
    SplitMix random(seedOf(settings_.seed, Use::order, index / batches));
    order_ = random.permutation(scenes_.count());
  }
  const auto first = order_.begin() + place * settings_.batch;
  batch_.assign(first, first + settings_.batch);
}

void TrainingRun::computeOutputs(int index) {
  const std::uint64_t seed = seedOf(settings_.seed, Use::step, index);
  std::vector<Part*> parts;
  for (Part& part : parts_) {
    parts.push_back(&part);
  }
  inParallel(partsOfBatch, [&](std::int64_t i) {
    const auto first = static_cast<std::size_t>(settings_.batch * i / partsOfBatch);
    const auto end = static_cast<std::size_t>(settings_.batch * (i + 1) / partsOfBatch);
    Part& part = *parts[static_cast<std::size_t>(i)];
    part.parameters.gradients().zero_();
    part.outputs = learner_.outputs(part.model,
                                    {.scenes = &scenes_,
                                     .which = {batch_.data() + first, end - first},
                                     .seed = seed,
                                     .first = first});
  });
}

/// Computes the loss of the joined outputs and propagates its gradients to the parts' parameters.
/// Returns the loss.
double TrainingRun::spreadGradients() {
  std::vector<Tensor> joined;
  for (std::size_t i = 0; i < parts_.front().outputs.size(); ++i) {
    std::vector<Tensor> rows;
    for (const Part& part : parts_) {
      rows.push_back(part.outputs[i].detach());
    }
    joined.push_back(torch::cat(rows));
    joined.back().requires_grad_(parts_.front().outputs[i].requires_grad());
  }
  const Tensor loss = learner_.loss(joined);
  loss.backward();
  std::vector<std::pair<std::vector<Tensor>, std::vector<Tensor>>> work;
  std::vector<std::int64_t> first(joined.size(), 0);
  for (Part& part : parts_) {
    auto& [outputs, gradients] = work.emplace_back();
    for (std::size_t i = 0; i < joined.size(); ++i) {
      const std::int64_t rows = part.outputs[i].size(0);
      if (joined[i].requires_grad()) {
        outputs.push_back(part.outputs[i]);
        gradients.push_back(joined[i].grad().slice(0, first[i], first[i] + rows));
      }
      first[i] += rows;
    }
    part.outputs.clear();
  }
  inParallel(partsOfBatch, [&work](std::int64_t i) {
    auto& [outputs, gradients] = work[static_cast<std::size_t>(i)];
    torch::autograd::backward(outputs, gradients);
  });
  return loss.item<double>();
}

void TrainingRun::step(int index) {
  drawBatch(index);
  computeOutputs(index);
  losses_.push_back(spreadGradients());
  Tensor& gradients = parameters_.gradients();
  gradients.zero_();
  for (Part& part : parts_) {
    gradients.add_(part.parameters.gradients());
  }
  const double norm = clipGradients(parameters_, settings_.clipNorm);
  if (!std::isfinite(losses_.back()) || !std::isfinite(norm)) {
    throw Error(ErrorKind::mismatch,
                "The training failed at step " + std::to_string(index + 1) +
                    ": the loss or its gradient is not a finite number; use a lower learning "
                    "rate.");
  }
  optimizer_.step(learningRateAt(settings_, index));
  learner_.stepped(parameters_, static_cast<double>(index + 1) / settings_.steps);
}

double TrainingRun::firstLoss() const {
  return meanOf(losses_, 0, (losses_.size() + 9) / 10);
}

double TrainingRun::lastLoss() const {
  return meanOf(losses_, losses_.size() - (losses_.size() + 9) / 10, losses_.size());
}

} // namespace cortograph
