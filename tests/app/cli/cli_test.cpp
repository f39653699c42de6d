#include "support/test_data.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

using cortograph::test::dataPath;
using cortograph::test::fixturePath;

namespace {

struct Outcome {
  int status = -1;
  QByteArray out;
  QByteArray error;

  [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

Outcome run(const QStringList& arguments, const QStringList& without = {}) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  for (const QString& name : without) {
    environment.remove(name);
  }
  process.setProcessEnvironment(environment);
  process.start(CORTOGRAPH_PROGRAM, arguments);
  if (!process.waitForFinished(280'000) || process.exitStatus() != QProcess::NormalExit) {
    return {};
  }
  return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString text(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

} // namespace

/// The program as it is run: exit status, what it says, what it leaves behind.
class CliTest : public QObject {
  Q_OBJECT
private Q_SLOTS:
  void helpNamesEveryVerb() {
    const Outcome help = run({"--help"});
    QCOMPARE(help.status, 0);
    for (const char* verb :
         {"info", "list", "demo", "tokens", "train", "predict", "channels", "cluster", "check"}) {
      QVERIFY2(help.out.contains(verb), verb);
      QCOMPARE(run({verb, "--help"}).status, 0);
    }
  }

  void wrongUsageIsStatusTwo() {
    QCOMPARE(run({"paint"}).status, 2);
    QCOMPARE(run({"train", "--steps", "many"}).status, 2);
    QCOMPARE(run({"list", "weather"}).status, 2);
  }

  void failureIsStatusOneAndOneLine() {
    const Outcome missing = run({"info", "/no/such/file.gii"});
    QCOMPARE(missing.status, 1);
    QCOMPARE(missing.error.count('\n'), 1);
    QVERIFY2(missing.error.contains("/no/such/file.gii"), missing.error);
  }

  void listsFollowTheTables() {
    for (const char* what : {"layouts", "formats", "maps", "networks"}) {
      QVERIFY2(!run({"list", what, "--json"}).json().isEmpty(), what);
    }
    QVERIFY(run({"list", "maps", "--json"}).json().contains("layer"));
    QVERIFY(run({"list", "networks", "--json"}).json().contains("demo:gabor"));
  }

  void infoSaysWhatAFileIs() {
    const auto surface = dataPath("fsaverage5/pial_left.gii.gz");
    CORTOGRAPH_NEED(surface);
    const QJsonObject gifti = run({"info", text(surface), "--json"}).json();
    QCOMPARE(gifti["format"].toString(), "gifti");
    QCOMPARE(gifti["sha256"].toString().size(), 64);
    const QJsonObject subject = run({"info", text(dataPath("subject-simulated")), "--json"}).json();
    QCOMPARE(subject["kind"].toString(), "subject");
    QCOMPARE(subject["modelled_vertices"].toObject()["left"].toInt(), 1026);
    QCOMPARE(subject["modelled_vertices"].toObject()["right"].toInt(), 989);
    QCOMPARE(subject["training_images"].toInt(), 600);
    const QJsonObject network =
        run({"info", text(fixturePath("backbones/timm_vit.safetensors")), "--json"}).json();
    QCOMPARE(network["family"].toString(), "timm");
    QCOMPARE(network["depth"].toInt(), 3);
  }

  void theParityCertificateHolds() {
    const auto fixture = fixturePath("factortopy");
    CORTOGRAPH_NEED(fixture);
    const Outcome check = run({"check", "--fixture", text(fixture), "--json"});
    QCOMPARE(check.status, 0);
    QVERIFY(check.json()["max_relative_error"].toDouble(1) < 1e-4);
    QVERIFY(check.json().size() > 5);
  }

  void aMapIsTrainedDescribedClusteredAndPredictsFrom() {
    const QTemporaryDir folder;
    const QString map = folder.filePath("m.h5");
    const Outcome train = run({"train",
                               "--subject",
                               "demo",
                               "--network",
                               "demo:gabor",
                               "--steps",
                               "20",
                               "--bottleneck",
                               "16",
                               "--out",
                               map,
                               "--json"});
    QVERIFY2(train.status == 0, train.error);
    const QJsonObject info = run({"info", map, "--json"}).json();
    QCOMPARE(info["kind"].toString(), "map");
    QCOMPARE(info["bottleneck"].toInt(), 16);
    QCOMPARE(info["attributes"].toObject()["simulated"].toInt(), 1);
    QVERIFY(info["attributes"].toObject()["command"].toString().startsWith(
        "cortograph train --subject demo"));

    const QString clustered = folder.filePath("clustered.h5");
    const Outcome cluster =
        run({"cluster", map, "--clusters", "7", "--centres", "60", "--out", clustered, "--json"});
    QVERIFY2(cluster.status == 0, cluster.error);
    QCOMPARE(cluster.json()["clusters"].toInt(), 7);
    QCOMPARE(cluster.json()["sizes"].toArray().size(), 7);
    QVERIFY(cluster.json().contains("seconds"));
    QCOMPARE(run({"info", map, "--json"}).json()["channel_clusters"].toInt(), 0);
    QCOMPARE(run({"info", clustered, "--json"}).json()["channel_clusters"].toInt(), 7);
    // Without --out, into the map itself.
    QCOMPARE(run({"cluster", map, "--clusters", "7", "--centres", "60"}).status, 0);
    QCOMPARE(run({"info", map, "--json"}).json()["channel_clusters"].toInt(), 7);
    const Outcome tooMany = run({"cluster", map, "--clusters", "70", "--centres", "60"});
    QCOMPARE(tooMany.status, 1);
    QVERIFY2(tooMany.error.contains("70 clusters of 60"), tooMany.error);

    const auto image = dataPath("photos-colour/catchafish.jpg");
    CORTOGRAPH_NEED(image);
    const QString csv = folder.filePath("y.csv");
    const Outcome predict = run({"predict", "--map", map, "--images", text(image), "--out", csv});
    QVERIFY2(predict.status == 0, predict.error);
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), train.json()["vertices"].toInt() + 1);

    const QString pictures = folder.filePath("pictures");
    const QStringList show{"channels", "--map", map, "--images", text(image), "--out", pictures};
    const Outcome channels =
        run(show + QStringList{"--regions", "V1,PPA", "--hemisphere", "left", "--json"});
    QVERIFY2(channels.status == 0, channels.error);
    QCOMPARE(channels.json()["pictures"].toArray().size(), 2);
    const QJsonObject first = channels.json()["pictures"].toArray().first().toObject();
    QCOMPARE(first["region"].toString(), "V1");
    const QJsonObject written = run({"info", first["file"].toString(), "--json"}).json();
    QCOMPARE(written["kind"].toString(), "image");
    QCOMPARE(written["width"].toInt(), 128); // what demo:gabor sees
    QCOMPARE(QDir(pictures).entryList(QDir::Files),
             (QStringList{"catchafish_PPA.png", "catchafish_V1.png"}));
    const Outcome unknown = run(show + QStringList{"--regions", "V9"});
    QCOMPARE(unknown.status, 1);
    QVERIFY2(unknown.error.contains("V1v"), unknown.error);
    QCOMPARE(run(show + QStringList{"--regions", "V1,V1"}).status, 1);
  }

  void aFailedTrainingLeavesNoFile() {
    const QTemporaryDir folder;
    QCOMPARE(run({"train",
                  "--subject",
                  "demo",
                  "--network",
                  folder.filePath("none.safetensors"),
                  "--out",
                  folder.filePath("m.h5")})
                 .status,
             1);
    QVERIFY(QDir(folder.path()).isEmpty());
  }

#if CORTOGRAPH_HAS_GUI
  void withoutADisplayTheWindowSaysSo() {
    const Outcome window = run({}, {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"});
    QCOMPARE(window.status, 1);
    QCOMPARE(window.error.count('\n'), 1);
    QVERIFY2(window.error.contains("DISPLAY"), window.error);
  }
#endif
};

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
