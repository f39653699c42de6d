#include "base/picture.h"
#include "core/weights/archives.h"
#include "support/program.h"
#include "support/test_case.h"

#include <QJsonArray>
#include <QTemporaryDir>

#include <fstream>

using namespace cortograph::test;

namespace {

constexpr const char* pooling = "    return [torch.avg_pool2d(x, [32, 32])]\n";

Outcome run(const QStringList& arguments) {
  return runProgram(CORTOGRAPH_PROGRAM, arguments);
}

} // namespace

/// Networks that are programs, on the command line: none runs without consent.
class CliTrustTest : public QObject {
  Q_OBJECT

  const QTemporaryDir folder_;

  [[nodiscard]] QString path(const char* name) const { return folder_.filePath(name); }
  [[nodiscard]] QString module(const char* name, const std::string& body) const {
    std::ofstream(path(name).toStdString(), std::ios::binary) << scriptModuleBytes(body);
    return path(name);
  }
  void refuses(const QStringList& arguments) const {
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.status, 1);
    QCOMPARE(outcome.error.count('\n'), 1);
    QVERIFY2(outcome.error.contains("--trust"), outcome.error);
    QVERIFY2(outcome.error.contains(".pt"), outcome.error);
  }

private Q_SLOTS:
  void infoRunsNothing() {
    const std::string touched = path("touched").toStdString();
    const QString writes = module(
        "writes.pt", "    y = torch.from_file(\"" + touched + "\", True, 10)\n    return [y]\n");
    const Outcome info = run({"info", writes, "--json"});
    QVERIFY2(info.status == 0, info.error);
    QCOMPARE(info.json()["family"].toString(), "torchscript");
    QVERIFY(info.json()["evidence"].toString().contains("give --trust"));
    QVERIFY(info.json()["depth"].isNull());
    QCOMPARE(info.json()["parameters"].toInt(), 6);
    QVERIFY(!QFile::exists(path("touched")));
    // Nor does it write when it runs.
    const Outcome ran = run({"info", writes, "--trust"});
    QCOMPARE(ran.status, 1);
    QVERIFY2(ran.error.contains("only compute"), ran.error);
    QVERIFY(!QFile::exists(path("touched")));
  }

  void infoTellsTheLayersOfWhatIsTrusted() {
    const Outcome info = run({"info", module("pools.pt", pooling), "--trust", "--json"});
    QVERIFY2(info.status == 0, info.error);
    QCOMPARE(info.json()["depth"].toInt(), 1);
    QCOMPARE(info.json()["width"].toInt(), 3);
  }

  void everyVerbAsks() {
    const QString network = module("pools.pt", pooling);
    const QString map = path("m.h5");
    QStringList train{"train", "--subject", "demo", "--network", network, "--out", map};
    train += {"--steps", "2", "--bottleneck", "4", "--image-size", "64"};
    refuses(train);
    QVERIFY(!QFile::exists(map));
    const Outcome trained = run(train << "--trust");
    QVERIFY2(trained.status == 0, trained.error);
    const QString images = path("grey.png");
    cortograph::writePng(images.toStdString(), cortograph::Picture(64, 64));
    const QStringList predict{"predict", "--map", map, "--images", images, "--out", path("y.npy")};
    refuses(predict);
    const Outcome predicted = run(QStringList(predict) << "--trust");
    QVERIFY2(predicted.status == 0, predicted.error);
    QVERIFY(QFile::exists(path("y.npy")));
    refuses({"bench", "tokens", "--network", network, "--images", "1"});
    refuses({"tokens", "--network", network, "--images", images, "--out", path("t.h5")});
  }
};

CORTOGRAPH_TEST(CliTrustTest, QCoreApplication)
#include "trust_test.moc"
