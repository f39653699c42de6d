#include "support/program.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

namespace {

using cortograph::test::Outcome;

Outcome run(const QStringList& arguments) {
  return cortograph::test::runProgram(CORTOGRAPH_PROGRAM, arguments);
}

const QStringList few{"--steps", "2", "--batch", "8", "--scenes", "16", "--held-out", "64"};

} // namespace

/// cortograph demo train-network and demo probe.
class DemoNetworksTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void aNetworkIsTrainedFinetunedAndProbed() {
    const QTemporaryDir folder;
    const QString clip = folder.filePath("clip.safetensors");
    const Outcome trained = run(
        QStringList{"demo", "train-network", "--objective", "clip", "--seed", "3", "--out", clip} +
        few + QStringList{"--json"});
    QVERIFY2(trained.status == 0, trained.error);
    QCOMPARE(trained.json()["network"].toString(), "CLIP ViT (demo)");
    QCOMPARE(trained.json()["steps"].toInt(), 2);
    QVERIFY(trained.json()["seconds_per_step"].toDouble() > 0);
    QCOMPARE(run({"info", clip, "--json"}).json()["depth"].toInt(), 8);

    const QString aerial = folder.filePath("aerial.safetensors");
    const Outcome tuned = run(
        QStringList{"demo", "train-network", "--from", clip, "--on", "aerial", "--out", aerial} +
        few + QStringList{"--json"});
    QVERIFY2(tuned.status == 0, tuned.error);
    QCOMPARE(tuned.json()["network"].toString(), "CLIP ViT on aerial (demo)");

    const Outcome probe = run(
        {"demo", "probe", "--network", aerial, "--scenes", "60", "--test-scenes", "30", "--json"});
    QVERIFY2(probe.status == 0, probe.error);
    QCOMPARE(probe.json()["layers"].toArray().size(), 8);
    QVERIFY(probe.json()["layers"].toArray()[7].toObject()["setting_accuracy"].isDouble());
  }

  void wrongUsageIsStatusTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("no objective") << QStringList{"train-network", "--out", "w.safetensors"};
    QTest::newRow("no out") << QStringList{"train-network", "--objective", "clip"};
    QTest::newRow("no set") << QStringList{
        "train-network", "--from", "demo:clip", "--out", "w.safetensors"};
    QTest::newRow("unknown set") << QStringList{
        "train-network", "--from", "demo:clip", "--on", "rain", "--out", "w.safetensors"};
    QTest::newRow("both") << QStringList{"train-network",
                                         "--objective",
                                         "clip",
                                         "--from",
                                         "demo:clip",
                                         "--on",
                                         "aerial",
                                         "--out",
                                         "w.safetensors"};
    QTest::newRow("no network") << QStringList{"probe"};
    QTest::newRow("two things") << QStringList{"--write", "d", "probe", "--network", "demo:gabor"};
    QTest::newRow("steps") << QStringList{
        "train-network", "--objective", "clip", "--steps", "0", "--out", "w.safetensors"};
  }
  void wrongUsageIsStatusTwo() {
    QFETCH(QStringList, arguments);
    const Outcome outcome = run(QStringList{"demo"} + arguments);
    QVERIFY2(outcome.status == 2, outcome.error);
  }

  void whatIsNotThereIsStatusOne() {
    const QTemporaryDir folder;
    const QString out = folder.filePath("w.safetensors");
    const Outcome objective = run({"demo", "train-network", "--objective", "gan", "--out", out});
    QCOMPARE(objective.status, 1);
    QVERIFY2(objective.error.contains("supervised, clip"), objective.error);
    QCOMPARE(run({"demo", "probe", "--network", "demo:gan"}).status, 1);
    const QJsonObject objectives = run({"demo", "objectives", "--json"}).json();
    QCOMPARE(objectives.size(), 6);
    QVERIFY(objectives.contains("moco"));
  }
};

CORTOGRAPH_TEST(DemoNetworksTest, QCoreApplication)
#include "demo_networks_test.moc"
