#include "demo/subject/demo_subject.h"

#include "base/parallel.h"
#include "base/random.h"
#include "demo/areas/areas.h"
#include "demo/cortex/cortex.h"
#include "demo/responses/responses.h"
#include "demo/scenes/scene.h"

#include <cmath>
#include <map>
#include <mutex>
#include <utility>

namespace cortograph {

namespace {

using namespace demo;

constexpr std::size_t trainingImages = 1300;
constexpr std::size_t testImages = 200;
constexpr std::uint64_t sceneSeed = 7;
constexpr std::uint64_t noiseSeed = 8;
constexpr std::uint64_t ceilingSeed = 9;

std::string padded(std::size_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits - text.size(), '0') + text;
}

/// Scales each vertex to mean 0 and deviation 1 over the training images.
void standardize(Array<float>& responses) {
  const std::size_t vertices = responses.rowSize();
  std::vector<double> sum(vertices);
  std::vector<double> squares(vertices);
  for (std::size_t i = 0; i < trainingImages; ++i) {
    const std::span<const float> row = responses.row(i);
    for (std::size_t n = 0; n < vertices; ++n) {
      sum[n] += row[n];
      squares[n] += static_cast<double>(row[n]) * row[n];
    }
  }
  for (std::size_t i = 0; i < responses.rows(); ++i) {
    const std::span<float> row = responses.row(i);
    for (std::size_t n = 0; n < vertices; ++n) {
      const double mean = sum[n] / trainingImages;
      const double deviation = std::sqrt(squares[n] / trainingImages - mean * mean);
      row[n] = static_cast<float>((row[n] - mean) / deviation);
    }
  }
}

/// Returns a key for each vertex, unique among all people and hemispheres, and the same on the
/// coarse and the fine mesh.
std::vector<std::uint64_t> keysOf(const VertexSet& vertices, const DemoPerson& person) {
  std::vector<std::uint64_t> keys;
  for (const Side side : bothSides) {
    for (const std::int32_t vertex : vertices.of(side)) {
      keys.push_back(
          ((static_cast<std::uint64_t>(person.number) << 1U) + static_cast<std::uint64_t>(side))
              << 32U |
          static_cast<std::uint64_t>(vertex));
    }
  }
  return keys;
}

/// Draws noise ceilings, the share of variance that images explain: 0.3 to 0.7, highest in the
/// early areas.
std::vector<float> noiseCeilings(const std::vector<Tuning>& tuning,
                                 const std::vector<std::uint64_t>& keys) {
  std::vector<float> ceilings;
  for (std::size_t n = 0; n < tuning.size(); ++n) {
    const double typical = tuning[n].local ? 0.6 : tuning[n].area.empty() ? 0.4 : 0.55;
    ceilings.push_back(
        static_cast<float>(typical + SplitMix(ceilingSeed, keys[n]).uniform(-0.1, 0.1)));
  }
  return ceilings;
}

/// Adds noise to the signal such that the signal's share of variance, in a mean over the repeats,
/// is the noise ceiling. Returns one repeat if `repeat` is set, else the mean of all repeats.
Array<float> withNoise(const Array<float>& signal,
                       std::size_t firstImage,
                       const Truth& truth,
                       const std::vector<std::uint64_t>& keys,
                       std::optional<std::size_t> repeat = {}) {
  Array<float> noisy = signal;
  inParallel(noisy.rows(), [&](std::size_t image) {
    const std::span<float> row = noisy.row(image);
    for (std::size_t n = 0; n < row.size(); ++n) {
      SplitMix random(noiseSeed + ((firstImage + image) << 8U), keys[n]);
      std::array<double, demoRepeats> noise{};
      double sum = 0;
      for (double& value : noise) {
        value = random.normal();
        sum += value;
      }
      const double drawn = repeat ? noise[*repeat] * std::sqrt(demoRepeats)
                                  : sum / std::sqrt(static_cast<double>(demoRepeats));
      row[n] = static_cast<float>(row[n] + std::sqrt(1 - truth.noiseCeiling[n]) * drawn);
    }
  });
  return noisy;
}

Array<float> rowsOf(const Array<float>& array, std::size_t first, std::size_t count) {
  const auto begin = array.values.begin() + static_cast<std::ptrdiff_t>(first * array.rowSize());
  return {{count, array.rowSize()},
          {begin, begin + static_cast<std::ptrdiff_t>(count * array.rowSize())}};
}

/// Makes stimuli that share the pictures of the scenes.
std::vector<Stimulus> stimuli(const std::string& split, std::size_t first, std::size_t count) {
  static const std::shared_ptr<const std::vector<Scene>> forever(&demoScenes(), [](auto*) {});
  std::vector<Stimulus> images;
  for (std::size_t i = 0; i < count; ++i) {
    images.push_back({split + padded(i + 1, 4) + "_demo-" + padded(first + i, 5),
                      {},
                      {forever, &demoScenes()[first + i].picture}});
  }
  return images;
}

Truth truthOf(const Areas& areas, const std::vector<std::uint64_t>& keys) {
  Truth truth;
  truth.noiseCeiling = noiseCeilings(areas.tuning, keys);
  for (const Tuning& vertex : areas.tuning) {
    truth.area.push_back(vertex.area);
    truth.x.push_back(static_cast<float>(vertex.x));
    truth.y.push_back(static_cast<float>(vertex.y));
    truth.local.push_back(vertex.local ? 1.0F : 0.0F);
  }
  return truth;
}

Subject makeDemo(const DemoPerson& person) {
  Subject subject;
  subject.name = "demo " + std::to_string(person.number) + " (simulated)";
  subject.simulated = true;
  subject.cortex = demoCortex(person.fine ? DemoMesh::fine : DemoMesh::coarse);
  Areas areas = layAreas(*subject.cortex, person.number - 1);
  const std::vector<std::uint64_t> keys = keysOf(areas.vertices, person);
  Truth truth = truthOf(areas, keys);
  subject.noiseCeiling = truth.noiseCeiling;

  Array<float> signal = idealResponses(demoScenes(), areas.tuning);
  standardize(signal);
  for (std::size_t i = 0; i < signal.rows(); ++i) {
    for (std::size_t n = 0; n < signal.rowSize(); ++n) {
      signal.row(i)[n] *= std::sqrt(truth.noiseCeiling[n]);
    }
  }
  truth.testSignal = rowsOf(signal, trainingImages, testImages);
  subject.training = {stimuli("train-", 0, trainingImages),
                      Responses(withNoise(rowsOf(signal, 0, trainingImages), 0, truth, keys))};
  subject.test = {stimuli("test-", trainingImages, testImages),
                  Responses(withNoise(truth.testSignal, trainingImages, truth, keys))};
  subject.vertices = std::move(areas.vertices);
  subject.regions = std::move(areas.regions);
  subject.truth = std::make_shared<const Truth>(std::move(truth));
  return subject;
}

} // namespace

const std::vector<std::string>& demoPersonNames() {
  static const std::vector<std::string> names{"demo", "demo:2", "demo:fine", "demo:2-fine"};
  return names;
}

std::optional<DemoPerson> demoPersonNamed(const std::string& spec) {
  static const std::vector<DemoPerson> people{{.number = 1, .fine = false},
                                              {.number = 2, .fine = false},
                                              {.number = 1, .fine = true},
                                              {.number = 2, .fine = true}};
  const std::vector<std::string>& names = demoPersonNames();
  const auto found = std::find(names.begin(), names.end(), spec);
  if (found == names.end()) {
    return {};
  }
  return people[static_cast<std::size_t>(found - names.begin())];
}

const std::vector<Scene>& demoScenes() {
  static const std::vector<Scene> scenes = [] {
    std::vector<Scene> painted(trainingImages + testImages);
    inParallel(painted.size(), [&](std::size_t i) { painted[i] = paintScene(sceneSeed, i); });
    return painted;
  }();
  return scenes;
}

Subject demoSubject(const DemoPerson& person) {
  static std::mutex mutex;
  static std::map<DemoPerson, Subject> made;
  const std::scoped_lock lock(mutex);
  const auto found = made.find(person);
  return found != made.end() ? found->second : made.emplace(person, makeDemo(person)).first->second;
}

std::vector<Array<float>> demoTestRepeats(const DemoPerson& person) {
  const Subject subject = demoSubject(person);
  std::vector<Array<float>> repeats;
  for (std::size_t repeat = 0; repeat < demoRepeats; ++repeat) {
    repeats.push_back(withNoise(subject.truth->testSignal,
                                trainingImages,
                                *subject.truth,
                                keysOf(subject.vertices, person),
                                repeat));
  }
  return repeats;
}

} // namespace cortograph
