#include "base/error.h"
#include "engine/engine.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>

#include <fstream>

using namespace cortograph;
using namespace cortograph::test;

/// The encoder against golden numbers of the public implementation (float32, CPU).
class FactorTopyTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void everyStageAgreesWithTheGoldenNumbers();
  void aWrongLossIsSeen();
  void aFolderWithoutGoldenNumbersIsRefused();
};

void FactorTopyTest::everyStageAgreesWithTheGoldenNumbers() {
  const std::filesystem::path fixture = fixturePath("factortopy");
  CORTOGRAPH_NEED(fixture);
  const nlohmann::ordered_json result = loadEngine().check(fixture, {});
  // Forward stages are a few roundings of float32 away, gradients some more; AdamW's first steps
  // are nearly signs of gradients, so they magnify the last digits of those near zero.
  const std::map<std::string, double> tolerance{{"positional_encoding", 1e-6},
                                                {"sel_space", 5e-6},
                                                {"sel_layer", 5e-6},
                                                {"sel_scale", 5e-6},
                                                {"prediction", 5e-6},
                                                {"loss", 1e-6},
                                                {"gradients", 1e-5},
                                                {"parameters_after_3_steps", 1e-4},
                                                {"r2", 1e-6}};
  double largest = 0;
  for (const auto& [stage, limit] : tolerance) {
    QVERIFY2(result.contains(stage), stage.c_str());
    const double error = result.at(stage).get<double>();
    QVERIFY2(error < limit, (stage + " is off by " + std::to_string(error)).c_str());
    largest = std::max(largest, error);
  }
  QCOMPARE(result.size(), tolerance.size() + 1);
  QCOMPARE(result.at("max_relative_error").get<double>(), largest);
}

void FactorTopyTest::aWrongLossIsSeen() {
  const std::filesystem::path fixture = fixturePath("factortopy");
  CORTOGRAPH_NEED(fixture);
  const QTemporaryDir folder;
  const std::filesystem::path copy = folder.path().toStdString();
  std::filesystem::create_symlink(fixture / "factortopy.safetensors",
                                  copy / "factortopy.safetensors");
  std::ifstream in(fixture / "factortopy.json");
  nlohmann::json losses = nlohmann::json::parse(in);
  losses["steps"][1]["smooth_l1"] = losses["steps"][1]["smooth_l1"].get<double>() * 1.01;
  std::ofstream(copy / "factortopy.json") << losses;
  const nlohmann::ordered_json result = loadEngine().check(copy, {});
  QVERIFY(std::abs(result.at("loss").get<double>() - 0.01 / 1.01) < 1e-5);
  QCOMPARE(result.at("max_relative_error"), result.at("loss"));
}

void FactorTopyTest::aFolderWithoutGoldenNumbersIsRefused() {
  const QTemporaryDir folder;
  CORTOGRAPH_EXPECT_ERROR((void)loadEngine().check(folder.path().toStdString(), {}),
                          ErrorKind::notFound,
                          "factortopy.safetensors");
}

CORTOGRAPH_TEST(FactorTopyTest, QCoreApplication)
#include "factortopy_test.moc"
