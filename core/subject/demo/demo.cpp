#include "subject/demo/demo.h"

#include "subject/demo/areas.h"
#include "subject/demo/cortex/cortex.h"
#include "subject/demo/parallel.h"
#include "subject/demo/random.h"
#include "subject/demo/responses.h"
#include "subject/demo/scenes/scene.h"

#include <cmath>
#include <utility>

namespace cortograph {

namespace {

using namespace demo;

constexpr std::size_t trainingImages = 480;
constexpr std::size_t testImages = 96;
constexpr std::uint64_t sceneSeed = 7;
constexpr std::uint64_t noiseSeed = 8;
constexpr std::uint64_t ceilingSeed = 9;

std::vector<Scene> paintScenes() {
  std::vector<Scene> scenes(trainingImages + testImages);
  inParallel(scenes.size(), [&](std::size_t i) { scenes[i] = paintScene(sceneSeed, i); });
  return scenes;
}

/// Each vertex to mean 0 and deviation 1 over the training images.
void standardise(Array<float>& responses) {
  const std::size_t vertices = responses.rowSize();
  for (std::size_t n = 0; n < vertices; ++n) {
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < trainingImages; ++i) {
      const double value = responses.row(i)[n];
      sum += value;
      squares += value * value;
    }
    const double mean = sum / trainingImages;
    const double deviation = std::sqrt(squares / trainingImages - mean * mean);
    for (std::size_t i = 0; i < responses.rows(); ++i) {
      float& value = responses.row(i)[n];
      value = static_cast<float>((value - mean) / deviation);
    }
  }
}

/// Shares of variance that images explain: 0.3 to 0.7, highest in V1.
std::vector<float> noiseCeilings(const std::vector<Tuning>& tuning) {
  std::vector<float> ceilings;
  Random random(ceilingSeed);
  for (const Tuning& vertex : tuning) {
    const double typical = vertex.local ? 0.6 : vertex.area.empty() ? 0.4 : 0.55;
    ceilings.push_back(static_cast<float>(typical + random.uniform(-0.1, 0.1)));
  }
  return ceilings;
}

/// Signal and noise so that the signal's share of the variance is the ceiling.
Array<float> withNoise(const Array<float>& signal, const std::vector<float>& ceilings) {
  Array<float> noisy = signal;
  inParallel(noisy.rows(), [&](std::size_t image) {
    Random random(noiseSeed, image);
    const std::span<float> row = noisy.row(image);
    for (std::size_t n = 0; n < row.size(); ++n) {
      row[n] = static_cast<float>(std::sqrt(ceilings[n]) * row[n] +
                                  std::sqrt(1 - ceilings[n]) * random.normal());
    }
  });
  return noisy;
}

Array<float> rowsOf(const Array<float>& array, std::size_t first, std::size_t count) {
  const auto begin = array.values.begin() + static_cast<std::ptrdiff_t>(first * array.rowSize());
  return {{count, array.rowSize()},
          {begin, begin + static_cast<std::ptrdiff_t>(count * array.rowSize())}};
}

std::string padded(std::size_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits - text.size(), '0') + text;
}

Session sessionOf(const std::string& split,
                  std::span<Scene> scenes,
                  std::size_t firstScene,
                  const Array<float>& responses) {
  Session session;
  for (std::size_t i = 0; i < scenes.size(); ++i) {
    session.images.push_back({split + padded(i + 1, 4) + "_demo-" + padded(firstScene + i, 5),
                              {},
                              std::make_shared<const Picture>(std::move(scenes[i].picture))});
  }
  session.responses = Responses(rowsOf(responses, firstScene, scenes.size()));
  return session;
}

Subject makeDemo() {
  std::vector<Scene> scenes = paintScenes();
  const std::shared_ptr<const Cortex> cortex = demoCortex();
  Areas areas = layAreas(*cortex);
  Array<float> signal = idealResponses(scenes, areas.tuning);
  standardise(signal);

  Truth truth;
  truth.noiseCeiling = noiseCeilings(areas.tuning);
  for (const Tuning& vertex : areas.tuning) {
    truth.area.push_back(vertex.area);
    truth.x.push_back(static_cast<float>(vertex.x));
    truth.y.push_back(static_cast<float>(vertex.y));
    truth.local.push_back(vertex.local ? 1.0F : 0.0F);
  }
  truth.testSignal = rowsOf(signal, trainingImages, testImages);
  for (std::size_t i = 0; i < testImages; ++i) {
    for (std::size_t n = 0; n < truth.noiseCeiling.size(); ++n) {
      truth.testSignal.row(i)[n] *= std::sqrt(truth.noiseCeiling[n]);
    }
  }

  const Array<float> responses = withNoise(signal, truth.noiseCeiling);
  Subject subject;
  subject.name = "demo (simulated)";
  subject.simulated = true;
  subject.cortex = cortex;
  subject.vertices = std::move(areas.vertices);
  subject.regions = std::move(areas.regions);
  subject.noiseCeiling = truth.noiseCeiling;
  const std::span<Scene> all(scenes);
  subject.training = sessionOf("train-", all.first(trainingImages), 0, responses);
  subject.test = sessionOf("test-", all.last(testImages), trainingImages, responses);
  subject.truth = std::make_shared<const Truth>(std::move(truth));
  return subject;
}

} // namespace

Subject demoSubject() {
  static const Subject demo = makeDemo();
  return demo;
}

} // namespace cortograph
