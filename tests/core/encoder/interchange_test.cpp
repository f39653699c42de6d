#include "base/error.h"
#include "base/log.h"
#include "compute/weight_tensor.h"
#include "encoder/interchange.h"
#include "encoder/predictor.h"
#include "encoder/trainer.h"
#include "map/left_out.h"
#include "support/small_subject.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <torch/torch.h>

#include <QTemporaryDir>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

namespace {

Array<float> arrayOf(const WeightTensor& tensor) {
  const torch::Tensor values = toFloatTensor(tensor, torch::kCPU);
  const float* first = values.data_ptr<float>();
  return {ArrayShape(values.sizes().begin(), values.sizes().end()),
          std::vector<float>(first, first + values.numel())};
}

using Tensors = std::map<std::string, Array<float>>;

/// The golden encoder's first parameters, their names behind `prefix`.
Tensors goldenParameters(const WeightFile& golden, const std::string& prefix = {}) {
  static const std::string start = "init.";
  Tensors parameters;
  for (const auto& [name, tensor] : golden.tensors()) {
    if (name.starts_with(start)) {
      parameters[prefix + name.substr(start.size())] = arrayOf(tensor);
    }
  }
  return parameters;
}

/// All of the golden vertices on the left, where coordinates are not moved.
Subject goldenSubject(const WeightFile& golden) {
  const Array<float> coordinates = arrayOf(golden.at("coords"));
  auto cortex = std::make_shared<Cortex>();
  Surface left;
  for (std::size_t n = 0; n < coordinates.rows(); ++n) {
    const auto row = coordinates.row(n);
    left.verticesRas.push_back({row[0], row[1], row[2]});
  }
  Surface right;
  right.verticesRas = {{0, 0, 0}};
  cortex->hemispheres[0].shapes[Shape::sphere] = left;
  cortex->hemispheres[1].side = Side::right;
  cortex->hemispheres[1].shapes[Shape::sphere] = right;
  cortex->mesh = meshOf(cortex->hemispheres, "golden", MeshEvidence::none);
  Subject subject;
  subject.name = "golden";
  subject.vertices = {cortex->mesh, {}};
  for (std::size_t n = 0; n < coordinates.rows(); ++n) {
    subject.vertices.ofSide[0].push_back(static_cast<std::int32_t>(n));
  }
  subject.cortex = cortex;
  return subject;
}

double largestDifference(const Array<float>& found, const WeightTensor& expected) {
  const Array<float> wanted = arrayOf(expected);
  double largest = found.values.size() == wanted.values.size() ? 0 : 1e9;
  for (std::size_t i = 0; i < std::min(found.values.size(), wanted.values.size()); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(found.values[i]) - wanted.values[i]));
  }
  return largest;
}

BrainMap trainedMap(Selectors selectors) {
  TrainJob job;
  job.subject = smallSubject();
  job.network.spec = "demo:gabor";
  job.settings.steps = 8;
  job.settings.batch = 4;
  job.settings.bottleneck = 12;
  job.settings.selectors = selectors;
  job.tokenSettings.layers = {0, 2, 5};
  job.tokenSettings.grid = {6, 6};
  return trainEncoder(job, {}, {});
}

Array<float> predict(const BrainMap& map) {
  PredictJob job;
  job.map = std::make_shared<const BrainMap>(map);
  job.images = smallSubject().training.images;
  job.images.resize(4);
  return predictResponses(job, {});
}

} // namespace

class InterchangeTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = made_->path().toStdString();
  }

  void thePublicStateDictSelectsTheGoldenNumbers_data() {
    QTest::addColumn<QString>("prefix");
    for (const char* prefix : {"", "module.", "state_dict.model."}) {
      QTest::newRow(prefix) << prefix;
    }
  }

  void thePublicStateDictSelectsTheGoldenNumbers() {
    QFETCH(const QString, prefix);
    const fs::path fixture = fixturePath("factortopy/factortopy.safetensors");
    CORTOGRAPH_NEED(fixture);
    const WeightFile golden = WeightFile::open(fixture);
    Tensors parameters = goldenParameters(golden, prefix.toStdString());
    parameters[prefix.toStdString() + "coords"] = arrayOf(golden.at("coords")); // a buffer
    ImportJob job;
    job.stateDict = folder_ / "public.safetensors";
    writeWeights(job.stateDict, serializeWeights(parameters, {}));
    job.subject = goldenSubject(golden);
    job.out = folder_ / "map.h5";
    std::string told;
    setLogSink([&told](LogLevel, std::string_view text) { told += text; });
    (void)importEncoder(job, {});
    setLogSink({});
    QVERIFY2(told.find(prefix.toStdString() + "coords.") != std::string::npos, told.c_str());
    const BrainMap map = readMap(job.out);
    QVERIFY(largestDifference(map.space, golden.at("sel_space")) < 1e-5);
    QVERIFY(largestDifference(map.layer, golden.at("sel_layer")) < 1e-5);
    QVERIFY(largestDifference(map.scale, golden.at("sel_scale")) < 1e-5);
    QCOMPARE(map.title(), std::string("unknown"));
    CORTOGRAPH_EXPECT_ERROR((void)predict(map), ErrorKind::notFound, "import", "--network");
  }

  void exportAndImportLoseNothing_data() {
    QTest::addColumn<bool>("free");
    QTest::newRow("coordinate") << false;
    QTest::newRow("free") << true;
  }

  void exportAndImportLoseNothing() {
    QFETCH(const bool, free);
    const BrainMap map = trainedMap(free ? Selectors::free : Selectors::coordinate);
    ImportJob job;
    job.stateDict = folder_ / "encoder.safetensors";
    exportEncoder(map, job.stateDict);
    const WeightMetadata metadata = WeightFile::open(job.stateDict).metadata();
    QCOMPARE(metadata.at("network_hash"), textOf(map.attributes, "network_hash"));
    QCOMPARE(metadata.at("seed"), std::string("0"));
    job.subject = smallSubject();
    job.network.spec = "demo:gabor";
    job.tokens.layers = {0, 2, 5};
    job.tokens.grid = {6, 6};
    const BrainMap again = importEncoder(job, {});
    QCOMPARE(again.parameters, map.parameters);
    QCOMPARE(again.readoutWeight, map.readoutWeight);
    QCOMPARE(again.readoutBias, map.readoutBias);
    QCOMPARE(again.layer, map.layer);
    QCOMPARE(again.space, map.space);
    QCOMPARE(predict(again), predict(map));
    exportEncoder(again, folder_ / "again.safetensors");
    QCOMPARE(WeightFile::open(folder_ / "again.safetensors").tensors().size(),
             WeightFile::open(job.stateDict).tensors().size());
  }

  void verticesLeftOutStayLeftOut() {
    BrainMap map = trainedMap(Selectors::coordinate);
    std::vector<std::uint8_t> leftOut(map.size());
    leftOut[5] = leftOut[41] = 1;
    leaveOut(map, leftOut);
    ImportJob job;
    job.stateDict = folder_ / "encoder.safetensors";
    job.subject = smallSubject();
    exportEncoder(map, job.stateDict);
    const BrainMap again = importEncoder(job, {});
    for (std::size_t n = 0; n < map.size(); ++n) {
      QCOMPARE(isLeftOut(again, n), leftOut[n] == 1);
      QCOMPARE(std::isnan(again.readoutBias.values[n]), leftOut[n] == 1);
      QVERIFY(leftOut[n] == 1 || again.readoutBias.values[n] == map.readoutBias.values[n]);
    }
    leaveOut(map, std::vector<std::uint8_t>(map.size(), 1)); // a training that diverged
    exportEncoder(map, job.stateDict);
    CORTOGRAPH_EXPECT_ERROR((void)importEncoder(job, {}), ErrorKind::format, "not finite");
  }

  void stateDictsThatDoNotFitAreRefused() {
    const BrainMap map = trainedMap(Selectors::coordinate);
    ImportJob job;
    job.stateDict = folder_ / "encoder.safetensors";
    job.subject = smallSubject();
    exportEncoder(map, job.stateDict);
    const auto refused = [&job] { (void)importEncoder(job, {}); };
    job.network.spec = "demo:gabor";
    CORTOGRAPH_EXPECT_ERROR(refused(), ErrorKind::mismatch, "3 layers", "6 layers", "--layers");
    job.network.spec.clear();
    job.subject.vertices.ofSide[1].pop_back();
    CORTOGRAPH_EXPECT_ERROR(refused(), ErrorKind::mismatch, "80 vertices", "79");
    job.subject = smallSubject();
    job.subject.cortex = nullptr;
    CORTOGRAPH_EXPECT_ERROR(refused(), ErrorKind::notFound, "--surfaces");
    job.subject = smallSubject();

    Tensors tensors = map.parameters;
    tensors["bias"] = map.readoutBias;
    const auto rewrite = [&] { writeWeights(job.stateDict, serializeWeights(tensors, {})); };
    rewrite();
    CORTOGRAPH_EXPECT_ERROR(refused(), ErrorKind::mismatch, "no weight");
    tensors["weight"] = map.readoutWeight;
    tensors["space_selector_mlp.3.bias"] = Array<float>({5});
    rewrite();
    CORTOGRAPH_EXPECT_ERROR(
        refused(), ErrorKind::mismatch, "space_selector_mlp.3.bias", "is 5", "128");
    tensors = map.parameters;
    tensors["weight"] = map.readoutWeight;
    tensors["bias"] = map.readoutBias;
    tensors["bias"].values[3] = std::numeric_limits<float>::quiet_NaN();
    rewrite();
    CORTOGRAPH_EXPECT_ERROR(refused(), ErrorKind::format, "bias", "not finite");
    tensors = {{"conv.weight", Array<float>({2, 2})}};
    rewrite();
    CORTOGRAPH_EXPECT_ERROR(refused(), ErrorKind::format, "not a FactorTopy state dict");
    job.stateDict = fixturePath("backbones/mae_vit.pth");
    CORTOGRAPH_NEED(job.stateDict);
    CORTOGRAPH_EXPECT_ERROR(refused(), ErrorKind::format, "mae_vit.pth");
  }

  void onlyWholeEncodersAreExported() {
    BrainMap map = trainedMap(Selectors::coordinate);
    CORTOGRAPH_EXPECT_ERROR(exportEncoder(map, folder_ / "layer.func.gii"),
                            ErrorKind::unsupported,
                            ".safetensors",
                            "layer.func.gii");
    map.parameters.erase("local_token_bottleneck.1.weight");
    CORTOGRAPH_EXPECT_ERROR(exportEncoder(map, folder_ / "a.safetensors"),
                            ErrorKind::mismatch,
                            "local_token_bottleneck.1.weight");
    QVERIFY(fs::is_empty(folder_));
  }

private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;
};

CORTOGRAPH_TEST(InterchangeTest, QCoreApplication)
#include "interchange_test.moc"
