#include "base/error.h"
#include "base/log.h"
#include "core/encoder/small_training.h"
#include "demo/networks/demo_networks.h"
#include "kinds/map_kind.h"
#include "map/left_out.h"
#include "map/scores.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <thread>
#include <utility>

using namespace cortograph;
using namespace cortograph::test;

namespace {

std::vector<char> bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Array<float>
predict(const BrainMap& map, const std::vector<Stimulus>& shown, const std::string& network = {}) {
  PredictJob job;
  job.map = std::make_shared<const BrainMap>(map);
  job.images = shown;
  job.network.spec = network;
  return loadEngine().predict(job, {});
}

} // namespace

class TrainingTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void theSameSeedGivesTheSameBytes();
  void theMapSaysWhatMadeIt();
  void snapshotsFollowTheTraining();
  void aCanceledTrainingLeavesNothing();
  void jobsTakeTurns();
  void freeSelectorsNeedNoSurfaces();
  void sidesNeedNotBeAlike();
  void responsesThatAreNoNumbersAreLeftOut();
  void theReadoutMayBeFitted();
  void aFittedReadoutLeavesOutWhatIsNoNumber();
  void scoresAreThoseOfPredictions();
  void aPartOfTheVerticesPredictsTheSame();
  void anotherNetworkIsRefused();
  void someLayersOnly();
  void tokensFromAFileTeachTheSame();
  void gridsNeedNotBeSquare();
  void jobsThatDoNotFitAreRefused();
  void aLossThatExplodesStops();
};

void TrainingTest::theSameSeedGivesTheSameBytes() {
  const QTemporaryDir folder;
  TrainJob job = smallJob();
  std::vector<std::vector<char>> files;
  for (const char* name : {"first.h5", "second.h5"}) {
    job.out = folder.filePath(name).toStdString();
    QVERIFY(train(job).size() == job.subject.vertices.size());
    files.push_back(bytesOf(job.out));
  }
  QVERIFY(!files[0].empty());
  QVERIFY(files[0] == files[1]);
  const BrainMap first = readMap(job.out);
  job.settings.seed = 1;
  const BrainMap other = train(job);
  QVERIFY(other.readoutWeight != first.readoutWeight);
  QVERIFY(other.validationImages != first.validationImages);
}

void TrainingTest::theMapSaysWhatMadeIt() {
  TrainJob job = smallJob();
  job.command = "cortograph train --subject small";
  job.subject.simulated = true;
  const BrainMap map = train(job);
  QCOMPARE(map.attributes.at("command"), Attribute(job.command));
  QCOMPARE(map.attributes.at("seed"), Attribute(std::int64_t{0}));
  QCOMPARE(map.attributes.at("steps"), Attribute(std::int64_t{12}));
  QCOMPARE(map.attributes.at("learning_rate"), Attribute(1e-3));
  QCOMPARE(map.attributes.at("network_path"), Attribute(std::string("demo:gabor")));
  QCOMPARE(map.attributes.at("layers"), Attribute(std::string("0,1,2,3,4,5")));
  for (const char* key : {"network_hash", "images_hash", "responses_hash"}) {
    QCOMPARE(textOf(map.attributes, key).size(), std::size_t{64});
  }
  QVERIFY(map.simulated());
  QVERIFY(!map.title().empty());
  QCOMPARE(map.trainImages.size(), std::size_t{18});
  QCOMPARE(map.validationImages.size(), std::size_t{6});
  QCOMPARE(map.history.step.back(), std::int64_t{12});
  QVERIFY(std::isfinite(map.history.r2.back()));
  for (std::size_t n = 0; n < map.size(); ++n) {
    float sum = 0;
    for (const float share : map.layer.row(n)) {
      sum += share;
    }
    QVERIFY(std::abs(sum - 1) < 1e-5);
  }
}

void TrainingTest::snapshotsFollowTheTraining() {
  TrainObserver observer;
  std::vector<std::shared_ptr<const TrainSnapshot>> snapshots;
  observer.onSnapshot = [&snapshots](const auto& snapshot) { snapshots.push_back(snapshot); };
  observer.snapshotsPerSecond = 0; // every step
  const BrainMap map = loadEngine().train(smallJob(), {}, observer);
  QCOMPARE(snapshots.size(), std::size_t{13});
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    QCOMPARE(snapshots[i]->step, static_cast<int>(i));
    QCOMPARE(snapshots[i]->map->scale.values.size(), map.size());
  }
  QVERIFY(snapshots.front()->map->scale.values == std::vector<float>(map.size(), 0.5F));
  QVERIFY(snapshots.back()->map->scale != snapshots.front()->map->scale);
  observer.snapshotsPerSecond = 1e-3;
  snapshots.clear();
  (void)loadEngine().train(smallJob(), {}, observer);
  QCOMPARE(snapshots.size(), std::size_t{1});
}

void TrainingTest::aCanceledTrainingLeavesNothing() {
  const QTemporaryDir folder;
  TrainJob job = smallJob();
  job.settings.steps = 100000;
  job.out = folder.filePath("map.h5").toStdString();
  Control control;
  double reached = 0;
  control.onProgress = [&](const Progress& progress) {
    if (progress.unit == "steps" && progress.done >= 3) {
      reached = progress.done;
      control.cancel.cancel();
    }
  };
  CORTOGRAPH_EXPECT_ERROR((void)loadEngine().train(job, control, {}), ErrorKind::canceled, "");
  QCOMPARE(reached, 3.0);
  QVERIFY(std::filesystem::is_empty(folder.path().toStdString()));
}

/// A second job waits for the first and can be cancelled meanwhile; descriptions do not wait.
void TrainingTest::jobsTakeTurns() {
  const TrainJob job = smallJob();
  TrainObserver observer;
  observer.snapshotsPerSecond = 0;
  bool asked = false;
  observer.onSnapshot = [&](const auto&) {
    if (std::exchange(asked, true)) {
      return;
    }
    Control other;
    std::thread later([&other] { other.cancel.cancel(); });
    CORTOGRAPH_EXPECT_ERROR((void)loadEngine().cluster({}, other), ErrorKind::canceled, "ancel");
    later.join();
    NetworkSource gabor;
    gabor.spec = "demo:gabor";
    QCOMPARE(loadEngine().describeNetwork(gabor).depth(), 6);
  };
  (void)loadEngine().train(job, {}, observer);
  QVERIFY(asked);
}

void TrainingTest::freeSelectorsNeedNoSurfaces() {
  TrainJob job = smallJob();
  job.subject.cortex = nullptr;
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::notFound, "--surfaces", "--selectors free");
  job.settings.selectors = Selectors::free;
  const BrainMap map = train(job);
  QVERIFY(map.parameters.contains("space_selector"));
  QVERIFY(map.scale != Array<float>({map.size()}, std::vector<float>(map.size(), 0.5F)));
  const Array<float> predicted = predict(map, job.subject.training.images);
  QCOMPARE(predicted.shape, (ArrayShape{images, map.size()}));
}

void TrainingTest::responsesThatAreNoNumbersAreLeftOut() {
  std::string warned;
  setLogSink([&warned](LogLevel level, std::string_view text) {
    if (level == LogLevel::warning) {
      warned += text;
    }
  });
  TrainJob job = smallJob();
  Array<float> responses = responsesOf(job.subject.training);
  responses.row(5)[7] = std::numeric_limits<float>::quiet_NaN();
  responses.row(0)[30] = std::numeric_limits<float>::infinity();
  for (std::size_t image = 0; image < images; ++image) {
    responses.row(image)[50] = 0.7F;
  }
  job.subject.training.responses = Responses(std::move(responses));
  const BrainMap map = train(job);
  setLogSink({});
  QVERIFY2(warned.starts_with("3 of 80 vertices"), warned.c_str());
  QCOMPARE(leftOutCount(map), std::size_t{3});
  const std::vector<float> layer =
      mapKindNamed("layer").values({std::make_shared<const BrainMap>(map), nullptr}).first;
  const Array<float> predicted = predict(map, job.subject.training.images);
  const QTemporaryDir folder;
  const std::filesystem::path file = folder.filePath("left_out.h5").toStdString();
  writeMap(file, map);
  const BrainMap read = readMap(file);
  for (std::size_t n = 0; n < map.size(); ++n) {
    const bool out = n == 7 || n == 30 || n == 50;
    QCOMPARE(isLeftOut(read, n), out);
    QCOMPARE(std::isnan(map.r2[n]), out);
    QCOMPARE(std::isnan(map.space.row(n)[0]) && std::isnan(map.scale.values[n]), out);
    QCOMPARE(std::isnan(map.readoutBias.values[n]), out);
    QCOMPARE(std::isnan(predicted.row(3)[n]), out);
    QCOMPARE(std::isnan(layer[n]), out);
  }
  QVERIFY(std::isfinite(summarize(map.r2).mean));
  for (const float loss : map.history.loss) {
    QVERIFY(std::isfinite(loss));
  }
}

void TrainingTest::theReadoutMayBeFitted() {
  TrainJob job = smallJob();
  const BrainMap trained = train(job);
  job.settings.readout = Readout::ridge;
  const BrainMap fitted = train(job);
  QCOMPARE(trained.attributes.at("readout"), Attribute(std::string("trained")));
  QCOMPARE(fitted.attributes.at("readout"), Attribute(std::string("ridge")));
  QVERIFY(fitted.layer == trained.layer);
  QVERIFY(fitted.space == trained.space);
  const auto mean = [](const BrainMap& map) {
    return std::accumulate(map.r2.begin(), map.r2.end(), 0.0) / static_cast<double>(map.size());
  };
  QVERIFY2(mean(fitted) > mean(trained), qPrintable(QString::number(mean(fitted))));
}

void TrainingTest::aFittedReadoutLeavesOutWhatIsNoNumber() {
  TrainJob job = smallJob();
  Array<float> responses = responsesOf(job.subject.training);
  responses.row(5)[7] = std::numeric_limits<float>::quiet_NaN();
  job.subject.training.responses = Responses(std::move(responses));
  const BrainMap trained = train(job);
  job.settings.readout = Readout::ridge;
  const BrainMap fitted = train(job);
  QVERIFY(isLeftOut(fitted, 7) && std::isnan(fitted.readoutWeight.row(7)[0]));
  QVERIFY(!std::ranges::equal(fitted.readoutWeight.row(8), trained.readoutWeight.row(8)));
  QVERIFY(std::isnan(fitted.r2[7]));
}

void TrainingTest::scoresAreThoseOfPredictions() {
  TrainJob job = smallJob();
  job.settings.readout = Readout::ridge;
  const BrainMap map = train(job);
  const Array<float> predicted = predict(map, job.subject.training.images);
  const Array<float> measured = responsesOf(job.subject.training);
  std::vector<std::size_t> held;
  for (std::size_t image = 0; image < images; ++image) {
    if (std::ranges::find(map.validationImages, job.subject.training.images[image].name) !=
        map.validationImages.end()) {
      held.push_back(image);
    }
  }
  QCOMPARE(held.size(), map.validationImages.size());
  for (std::size_t n = 0; n < map.size(); ++n) {
    double mean = 0;
    for (const std::size_t image : held) {
      mean += measured.row(image)[n] / static_cast<double>(held.size());
    }
    double residual = 0;
    double total = 0;
    for (const std::size_t image : held) {
      residual += std::pow(measured.row(image)[n] - predicted.row(image)[n], 2);
      total += std::pow(measured.row(image)[n] - mean, 2);
    }
    QVERIFY(std::abs(1 - residual / total - map.r2[n]) < 1e-4);
  }
}

void TrainingTest::sidesNeedNotBeAlike() {
  const TrainJob whole = smallJob();
  for (const std::size_t right : {std::size_t{30}, std::size_t{0}}) {
    TrainJob job = whole;
    auto cortex = std::make_shared<Cortex>(*whole.subject.cortex);
    Hemisphere& hemisphere = cortex->hemispheres[1];
    hemisphere.shapes.at(Shape::sphere).verticesRas.resize(right);
    if (right == 0) {
      hemisphere.shapes.clear();
    }
    cortex->mesh = meshOf(cortex->hemispheres, "small", MeshEvidence::none);
    job.subject.cortex = cortex;
    job.subject.vertices.mesh = cortex->mesh;
    job.subject.vertices.ofSide[1].resize(right);
    std::vector<std::size_t> kept(job.subject.vertices.size());
    std::iota(kept.begin(), kept.end(), std::size_t{0});
    job.subject.training.responses = whole.subject.training.responses.ofVertices(kept);
    const BrainMap map = train(job);
    QCOMPARE(map.size(), 40 + right);
    QCOMPARE(map.vertices, job.subject.vertices);
    QCOMPARE(map.coordinates, selectorCoordinates(*cortex, job.subject.vertices));
    for (const float score : map.r2) {
      QVERIFY(std::isfinite(score));
    }
    QCOMPARE(predict(map, job.subject.training.images).rowSize(), 40 + right);
  }
}

void TrainingTest::aPartOfTheVerticesPredictsTheSame() {
  const TrainJob job = smallJob();
  const BrainMap whole = train(job);
  BrainMap part = whole;
  const std::size_t left = 10;
  part.vertices.ofSide[0].resize(left);
  part.vertices.ofSide[1].clear();
  part.coordinates.resize(left);
  const auto cut = [left](Array<float>& values) {
    values.values.resize(left * values.rowSize());
    values.shape[0] = left;
  };
  for (Array<float>* values :
       {&part.layer, &part.space, &part.scale, &part.readoutWeight, &part.readoutBias}) {
    cut(*values);
  }
  const std::vector<Stimulus> shown(job.subject.training.images.begin(),
                                    job.subject.training.images.begin() + 3);
  const Array<float> all = predict(whole, shown);
  const Array<float> some = predict(part, shown);
  for (std::size_t image = 0; image < shown.size(); ++image) {
    const auto row = all.row(image).first(left);
    QVERIFY(distance({row.begin(), row.end()}, {some.row(image).begin(), some.row(image).end()}) <
            1e-6);
  }
}

void TrainingTest::anotherNetworkIsRefused() {
  const TrainJob job = smallJob();
  BrainMap map = train(job);
  const std::string hash = textOf(map.attributes, "network_hash");
  CORTOGRAPH_EXPECT_ERROR((void)predict(map, job.subject.training.images, "demo:random"),
                          ErrorKind::mismatch,
                          hash.c_str(),
                          "demo:random");
  // The same weights in another place are as good.
  const QTemporaryDir folder;
  const std::string file = folder.filePath("moved.safetensors").toStdString();
  writeDemoNetwork("demo:gabor", file);
  QVERIFY(predict(map, job.subject.training.images, file) ==
          predict(map, job.subject.training.images));
  map.parameters.erase("local_token_bottleneck.2.weight");
  CORTOGRAPH_EXPECT_ERROR((void)predict(map, job.subject.training.images),
                          ErrorKind::mismatch,
                          "local_token_bottleneck.2.weight");
}

void TrainingTest::someLayersOnly() {
  TrainJob job = smallJob();
  job.tokenSettings.layers = {1, 4};
  job.tokenSettings.grid = {5, 5};
  const BrainMap map = train(job);
  QCOMPARE(map.layers(), std::size_t{2});
  QCOMPARE(textOf(map.attributes, "layers"), std::string("1,4"));
  QCOMPARE(textOf(map.attributes, "grid"), std::string("5"));
  QCOMPARE(predict(map, job.subject.training.images).shape, (ArrayShape{images, map.size()}));
  job.tokenSettings.layers = {3};
  QCOMPARE(train(job).layer, Array<float>({80, 1}, std::vector<float>(80, 1.0F)));
}

void TrainingTest::tokensFromAFileTeachTheSame() {
  const QTemporaryDir folder;
  TrainJob job = smallJob();
  const BrainMap direct = train(job);
  TokensJob tokens;
  tokens.network = job.network;
  tokens.compute = job.compute;
  tokens.images = job.subject.training.images;
  std::ranges::reverse(tokens.images); // found by content, not by place
  tokens.out = folder.filePath("tokens.h5").toStdString();
  QCOMPARE(loadEngine().extractTokens(tokens, {}), tokens.images.size());
  job.network = {};
  job.tokens = tokens.out;
  const BrainMap map = train(job);
  QVERIFY(distance(map.readoutWeight.values, direct.readoutWeight.values) < 1e-6);
  QVERIFY(distance(map.space.values, direct.space.values) < 1e-6);
  for (const char* key : {"network_hash",
                          "network_path",
                          "preprocessing",
                          "layers",
                          "grid",
                          "network_heads",
                          "images_hash"}) {
    QCOMPARE(textOf(map.attributes, key), textOf(direct.attributes, key));
  }
  QCOMPARE(predict(map, job.subject.training.images).shape, (ArrayShape{images, map.size()}));
  tokens.images.pop_back();
  QCOMPARE(loadEngine().extractTokens(tokens, {}), tokens.images.size());
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::mismatch, "bar 0", "tokens.h5");
}

void TrainingTest::gridsNeedNotBeSquare() {
  const QTemporaryDir folder;
  TrainJob job = smallJob();
  TokensJob tokens;
  tokens.network = job.network;
  tokens.network.imageSize = {96, 64};
  tokens.tokens.grid = {};
  tokens.images = job.subject.training.images;
  tokens.out = folder.filePath("tokens.h5").toStdString();
  QCOMPARE(loadEngine().extractTokens(tokens, {}), tokens.images.size());
  job.network = {};
  job.tokens = tokens.out;
  const BrainMap map = train(job);
  QCOMPARE(textOf(map.attributes, "grid"), std::string("6x4"));
  const Array<float> fromNetwork = predict(map, job.subject.training.images);
  QCOMPARE(fromNetwork.shape, (ArrayShape{images, map.size()}));
  PredictJob stored;
  stored.map = std::make_shared<const BrainMap>(map);
  stored.images = job.subject.training.images;
  stored.tokens = tokens.out;
  QVERIFY(distance(loadEngine().predict(stored, {}).values, fromNetwork.values) < 1e-6);
}

void TrainingTest::jobsThatDoNotFitAreRefused() {
  TrainJob job = smallJob();
  job.settings.steps = 0;
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::mismatch, "steps");
  job = smallJob();
  job.settings.learningRate = std::numeric_limits<double>::quiet_NaN();
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::mismatch, "learning rate");
  job = smallJob();
  job.subject.training.images.pop_back();
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::mismatch, "24 images", "23 training");
  job = smallJob();
  job.subject.training.responses = {};
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::notFound, "no responses");
  job = smallJob();
  job.out = "/nonexistent-folder/map.h5";
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::file, "/nonexistent-folder");
  if (!loadEngine().hasCuda()) {
    job = smallJob();
    job.compute.device = Device::cuda;
    CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::unsupported, "CUDA");
  }
}

void TrainingTest::aLossThatExplodesStops() {
  TrainJob job = smallJob();
  Array<float> responses = responsesOf(job.subject.training);
  responses.row(3)[3] = std::numeric_limits<float>::max();
  responses.row(4)[3] = -std::numeric_limits<float>::max();
  job.subject.training.responses = Responses(std::move(responses));
  job.settings.learningRate = 1e37;
  CORTOGRAPH_EXPECT_ERROR((void)train(job), ErrorKind::mismatch, "at step ", "parameter ");
}

CORTOGRAPH_TEST(TrainingTest, QCoreApplication)
#include "training_test.moc"
