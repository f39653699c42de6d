#include "base/error.h"
#include "base/hash.h"
#include "demo/networks/demo_networks.h"
#include "engine/engine.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <algorithm>
#include <thread>

using namespace cortograph;
using namespace cortograph::test;

class EngineTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void isLoadedOnce();
  void namesFamiliesAndDemoNetworks();
  void writesDemoNetworksAsFiles();
  void errorsCrossTheDoor();
};

void EngineTest::isLoadedOnce() {
  QVERIFY(!engineLoaded());
  const Engine* other = nullptr;
  std::thread thread([&other] { other = &loadEngine(); });
  const Engine& engine = loadEngine();
  thread.join();
  QCOMPARE(other, &engine);
  QVERIFY(engineLoaded());
}

void EngineTest::namesFamiliesAndDemoNetworks() {
  const auto families = loadEngine().networkFamilies();
  const auto demos = demoNetworkList();
  const auto nameOf = [](const auto& entry) { return entry.first; };
  QVERIFY(std::ranges::find(families, "timm", nameOf) != families.end());
  QVERIFY(std::ranges::find(demos, "demo:gabor", nameOf) != demos.end());
  for (const auto& [spec, description] : demos) {
    QVERIFY2(!description.empty(), spec.c_str());
    NetworkSource source;
    source.spec = spec;
    QVERIFY(loadEngine().describeNetwork(source).depth() > 0);
  }
}

void EngineTest::writesDemoNetworksAsFiles() {
  const QTemporaryDir folder;
  const std::filesystem::path file = folder.filePath("gabor.safetensors").toStdString();
  writeDemoNetwork("demo:gabor", file);
  NetworkSource built;
  built.spec = "demo:gabor";
  NetworkSource written;
  written.spec = file.string();
  const NetworkInfo expected = loadEngine().describeNetwork(built);
  const NetworkInfo found = loadEngine().describeNetwork(written);
  QCOMPARE(found.hash, contentHash(file));
  QCOMPARE(found.hash, expected.hash);
  QCOMPARE(found.depth(), expected.depth());
  QCOMPARE(found.heads, expected.heads);
}

void EngineTest::errorsCrossTheDoor() {
  const QTemporaryDir folder;
  const std::filesystem::path file = folder.filePath("x.safetensors").toStdString();
  CORTOGRAPH_EXPECT_ERROR(
      writeDemoNetwork("demo:nothing", file), ErrorKind::notFound, "demo:nothing");
  QVERIFY(!std::filesystem::exists(file));
  CORTOGRAPH_EXPECT_ERROR(writeDemoNetwork("demo:gabor", "/nonexistent-folder/x.safetensors"),
                          ErrorKind::file,
                          "/nonexistent-folder");
  NetworkSource missing;
  missing.spec = file.string();
  CORTOGRAPH_EXPECT_ERROR(
      (void)loadEngine().describeNetwork(missing), ErrorKind::notFound, "x.safetensors");
}

CORTOGRAPH_TEST(EngineTest, QCoreApplication)
#include "engine_test.moc"
