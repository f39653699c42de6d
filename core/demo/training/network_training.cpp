#include "demo/training/network_training.h"

#include "base/error.h"
#include "base/pending_file.h"
#include "base/version.h"
#include "compute/threads.h"
#include "demo/training/objective.h"
#include "demo/training/training_run.h"
#include "weights/weight_source.h"

#include <algorithm>

namespace cortograph {

namespace {

constexpr std::uint64_t subjectSeed = 7;
/// Offsets that keep the seeds of training and held-out scenes apart from each other and from the
/// subject's, whatever the seed of the job.
constexpr std::uint64_t trainingSeeds = 1'000'000;
constexpr std::uint64_t heldOutSeeds = 2'000'000'000;
static_assert(trainingSeeds > subjectSeed);

/// The settings of a job, with the defaults filled in.
struct Plan {
  const Objective* objective = nullptr;
  DemoVitSize size;
  DemoTensors start;
  std::optional<demo::SpecialSet> special;
  std::string title; ///< title of the network, without " (demo)"
  std::string fromHash;
  std::int64_t scenes = 0;
  std::int64_t heldOut = 0;
  TrainSettings settings;
};

demo::SpecialSet specialNamed(const std::string& name) {
  if (name == "textures") {
    return demo::SpecialSet::textures;
  }
  if (name == "aerial") {
    return demo::SpecialSet::aerial;
  }
  throw Error(ErrorKind::notFound,
              "There is no special set \"" + name + "\"; choose textures or aerial.");
}

/// Returns the network's title without its suffix: "CLIP ViT (demo)" gives "CLIP ViT".
std::string titleOf(const WeightFile& file) {
  const auto found = file.metadata().find("name");
  const std::string name = found == file.metadata().end() ? file.name() : found->second;
  return name.substr(0, name.find(" (demo)"));
}

int orElse(int value, int other) {
  return value > 0 ? value : other;
}

TrainSettings settingsOf(const DemoNetworkJob& job, const Objective& objective) {
  constexpr int warmupShare = 15;
  TrainSettings settings;
  settings.steps = orElse(job.steps, objective.steps);
  settings.batch = orElse(job.batch, objective.batch);
  settings.learningRate = job.learningRate > 0 ? job.learningRate : objective.learningRate;
  settings.weightDecay = objective.weightDecay;
  settings.clipNorm = 1;
  settings.seed = job.seed;
  settings.warmupSteps = std::max(1, settings.steps / warmupShare);
  settings.decay = Decay::cosine;
  return settings;
}

Plan planOf(const DemoNetworkJob& job) {
  if (job.from.empty() == job.objective.empty()) {
    throw Error(ErrorKind::mismatch,
                "A network is trained either on an objective or from another network; name one of "
                "the two.");
  }
  Plan plan;
  if (job.from.empty()) {
    plan.objective = &objectiveNamed(job.objective);
    plan.size = job.large ? largeDemoVit : smallDemoVit;
    plan.size.classToken = plan.objective->classToken;
    plan.start = initialVit(plan.size, job.seed);
    startWithCosines(plan.size, plan.start.at("patch_embed.proj.weight"));
    plan.title = std::string(plan.objective->title) + (job.large ? " ViT large" : " ViT");
  } else {
    plan.special = specialNamed(job.on);
    plan.objective = &specialObjective();
    const WeightFile file = weightsNamed(job.from);
    plan.size = demoSizeOf(file);
    plan.start = demoTensorsOf(file);
    plan.fromHash = file.hash();
    plan.title = titleOf(file) + " on " + job.on;
  }
  plan.scenes = orElse(job.scenes, plan.objective->scenes);
  plan.heldOut = orElse(job.heldOutScenes, plan.objective->heldOutScenes);
  plan.settings = settingsOf(job, *plan.objective);
  return plan;
}

SceneSet painted(const Plan& plan, bool training, const Control& control) {
  SceneRange range;
  range.seed = (training ? trainingSeeds : heldOutSeeds) + plan.settings.seed;
  range.count = training ? plan.scenes : plan.heldOut;
  if (plan.special) {
    return paintSpecials(*plan.special, range, plan.size.image, control);
  }
  SceneSides sides{plan.size.image, plan.objective->maskSide};
  if (training) {
    sides.picture = static_cast<int>(plan.objective->pictureShare * plan.size.image);
  }
  return paintScenes(range, sides, control);
}

WeightMetadata metadataOf(const DemoNetworkJob& job, const Plan& plan, double heldOut) {
  WeightMetadata metadata{{"family", "timm"},
                          {"format", "pt"},
                          {"heads", std::to_string(plan.size.heads)},
                          {"name", plan.title + " (demo)"},
                          {"objective", std::string(plan.objective->name)},
                          {"seed", std::to_string(job.seed)},
                          {"steps", std::to_string(plan.settings.steps)},
                          {"batch", std::to_string(plan.settings.batch)},
                          {"learning_rate", std::to_string(plan.settings.learningRate)},
                          {"training_scenes", std::to_string(plan.scenes)},
                          {"held_out_scenes", std::to_string(plan.heldOut)},
                          {"held_out_measure", std::string(plan.objective->measure)},
                          {"held_out_value", std::to_string(heldOut)},
                          {"images", "simulated"},
                          {"software", "cortograph " + std::string(softwareVersion)},
                          {"command", job.command}};
  if (plan.special) {
    metadata["from"] = job.from;
    metadata["from_hash"] = plan.fromHash;
    metadata["special_set"] = job.on;
  }
  return metadata;
}

} // namespace

DemoNetworkReport trainDemoNetwork(const DemoNetworkJob& job, const Control& control) {
  return inContext("training a demo network", [&] {
    const Plan plan = planOf(job);
    // Throws now, and not after the training, if job.out can't be written.
    const PendingFile writable(job.out);
    useThreads(job.compute.threads);
    const SceneSet training = painted(plan, true, control);
    const SceneSet heldOut = painted(plan, false, control);
    const std::unique_ptr<Learner> learner = plan.objective->learner(plan.size, training);
    TrainingRun run(plan.size, plan.start, plan.settings, *learner, training);
    run.finish(control);

    DemoNetworkReport report;
    report.network = plan.title + " (demo)";
    report.steps = plan.settings.steps;
    report.secondsPerStep = run.secondsPerStep();
    report.firstLoss = run.firstLoss();
    report.lastLoss = run.lastLoss();
    report.measure = plan.objective->measure;
    report.heldOut = learner->measure(run.model(), heldOut);
    const std::vector<std::byte> bytes =
        serializeWeights(run.tensors(), metadataOf(job, plan, report.heldOut), WeightType::f16);
    control.cancel.throwIfCanceled();
    writeWeights(job.out, bytes);
    report.hash = WeightFile::open(job.out).hash();
    return report;
  });
}

} // namespace cortograph
