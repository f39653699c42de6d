#include "base/npy.h"
#include "base/picture.h"
#include "map/brain_map.h"
#include "support/program.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <signal.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <cmath>
#include <fstream>
#include <numeric>

using cortograph::test::dataPath;
using cortograph::test::fixturePath;

namespace {

using cortograph::test::Outcome;

Outcome run(const QStringList& arguments, const QStringList& without = {}) {
  return cortograph::test::runProgram(CORTOGRAPH_PROGRAM, arguments, without);
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
    for (const char* verb : {"info",
                             "list",
                             "subject",
                             "demo",
                             "tokens",
                             "train",
                             "predict",
                             "channels",
                             "cluster",
                             "bench",
                             "score",
                             "truth",
                             "import",
                             "export",
                             "regions",
                             "resample",
                             "sample",
                             "subject",
                             "check"}) {
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

  void whatIsPrintedIsOneLineAndUtf8() {
    const Outcome missing = run({"info", "/no/such\n\x1b[31mfile.gii"});
    QCOMPARE(missing.status, 1);
    QCOMPARE(missing.error.count('\n'), 1);
    QVERIFY2(missing.error.contains("/no/such\\n\\x1b[31mfile.gii"), missing.error);
    QCOMPARE(run({"no\nverb"}).error.count('\n'), 1);

    const QTemporaryDir folder;
    const QString file = folder.filePath("m.h5");
    cortograph::BrainMap map = cortograph::test::smallMap();
    map.attributes["network_name"] = std::string("a\xff\n\x1b[31m<b>");
    writeMap(file.toStdString(), map);
    const Outcome json = run({"info", file, "--json"});
    QCOMPARE(json.json()["title"].toString(), QString::fromUtf8("a\uFFFD\n\x1b[31m<b>"));
    const Outcome lines = run({"info", file});
    QCOMPARE(lines.status, 0);
    QVERIFY2(lines.out.contains("title: a\\xff\\n\\x1b[31m<b>\n"), lines.out);
    QVERIFY(!lines.out.contains('\x1b'));
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

  void scoresByRegionAndVertex() {
    const auto subject = dataPath("subject-simulated");
    CORTOGRAPH_NEED(subject);
    const QTemporaryDir folder;
    const QString map = folder.filePath("m.h5");
    const Outcome train = run({"train",
                               "--subject",
                               text(subject),
                               "--surfaces",
                               text(dataPath("fsaverage5")),
                               "--vertices",
                               "V1,hV4",
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
    const Outcome held = run({"score", map, "--subject", text(subject), "--json"});
    QVERIFY2(held.status == 0, held.error);
    QCOMPARE(held.json()["images"], train.json()["validation_images"]);
    QVERIFY(std::abs(held.json()["r2_mean"].toDouble(9) - train.json()["r2_mean"].toDouble(8)) <
            1e-5);

    const QString csv = folder.filePath("s.csv");
    const QStringList test{"score", map, "--subject", text(subject), "--split", "test", "--json"};
    const Outcome scored = run(test + QStringList{"--out", csv});
    QVERIFY2(scored.status == 0, scored.error);
    QCOMPARE(scored.json()["images"].toInt(), 100);
    const QJsonObject hv4 = scored.json()["by_region"].toObject()["hV4"].toObject();
    QVERIFY(hv4["vertices"].toInt() > 10);
    QVERIFY(hv4["noise_ceiling_mean"].toDouble() > 0.1);
    QVERIFY(hv4["r2_normalised_mean"].isDouble() && hv4["r_median"].isDouble());
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), train.json()["vertices"].toInt() + 1);

    QCOMPARE(run(test + QStringList{"--ncsnr", csv}).status, 2); // how many repeats?
    const Outcome foreign = run(test + QStringList{"--noise-ceiling", csv});
    QCOMPARE(foreign.status, 1); // of the map's vertices, not of the subject's
    QVERIFY2(foreign.error.contains("2015"), foreign.error);
    const Outcome plain = run(test + QStringList{"--out", folder.filePath("s.txt")});
    QCOMPARE(plain.status, 1);
    QVERIFY2(plain.error.contains(".csv or .h5"), plain.error);
    QCOMPARE(run({"score", map, "--subject", "demo"}).status, 1);

    // The same map against what the subject was simulated from.
    const QStringList hold{"truth", map, map, "--subject", text(subject)};
    const QString table = folder.filePath("t.csv");
    const Outcome truth = run(hold + QStringList{"--regions", "--json", "--out", table});
    QVERIFY2(truth.status == 0, truth.error);
    QCOMPARE(truth.json()["maps"].toArray().size(), 2);
    const QJsonObject first = truth.json()["maps"].toArray().first().toObject();
    QCOMPARE(first, truth.json()["maps"].toArray().last().toObject());
    QCOMPARE(first["images"].toInt(), 100);
    QCOMPARE(first["r2_mean"], scored.json()["r2_mean"]);
    QVERIFY(first["place_r_x"].isDouble() && first["local_roc_area"].isDouble());
    QVERIFY(first["layer_category"].isNull()); // no such area in the map
    QCOMPARE(first["place"].toObject()["V2"].toObject()["vertices"].toInt(), 0);
    QCOMPARE(first["by_region"].toObject().keys(), (QStringList{"V1", "hV4"}));
    const QJsonObject area = first["by_region"].toObject()["hV4"].toObject();
    QCOMPARE(area["vertices"], hv4["vertices"]);
    QCOMPARE(area["r2_mean"], hv4["r2_mean"]);
    QFile rows(table);
    QVERIFY(rows.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = rows.readAll().split('\n');
    QCOMPARE(lines.size(), 6); // a head, two maps of two areas, the end
    QVERIFY(lines[0].startsWith("map,title,region,vertices,layer,scale,r2_mean,"));
    const Outcome shown = run(hold);
    QVERIFY2(shown.status == 0, shown.error);
    QVERIFY2(shown.out.contains("\nm  "), shown.out);
    QCOMPARE(run({"truth", map, "--subject", text(dataPath("digits69"))}).status, 1);
  }

  void anEncoderIsExportedAndImported() {
    const QTemporaryDir folder;
    const QString map = folder.filePath("m.h5");
    const QStringList demo{"--subject", "demo", "--network", "demo:gabor"};
    const Outcome train =
        run(QStringList{"train", "--steps", "5", "--bottleneck", "8", "--out", map} + demo);
    QVERIFY2(train.status == 0, train.error);
    const QString dict = folder.filePath("e.safetensors");
    QCOMPARE(run({"export", map, "--out", dict}).status, 0);
    const QString again = folder.filePath("again.h5");
    const Outcome imported =
        run(QStringList{"import", "--state-dict", dict, "--out", again, "--json"} + demo);
    QVERIFY2(imported.status == 0, imported.error);
    const QJsonObject before = run({"info", map, "--json"}).json();
    const QJsonObject after = run({"info", again, "--json"}).json();
    QCOMPARE(after["scale"], before["scale"]);
    QCOMPARE(after["attributes"].toObject()["network_hash"],
             before["attributes"].toObject()["network_hash"]);
    const Outcome other = run({"export", map, "--out", folder.filePath("layer.mgz")});
    QCOMPARE(other.status, 1);
    QVERIFY2(other.error.contains(".safetensors"), other.error);
  }

  void aNewSubjectIsWrittenFilledAndChecked() {
    const QTemporaryDir folder;
    const std::filesystem::path made =
        std::filesystem::path(folder.path().toStdString()) / "person";
    const Outcome written = run({"subject", "--new", text(made), "--json"});
    QVERIFY2(written.status == 0, written.error);
    QCOMPARE(written.json()["out"].toString(), text(made / "subject.json"));
    const Outcome empty = run({"subject", text(made)});
    QCOMPARE(empty.status, 1);
    QVERIFY2(empty.error.contains("responses_train.npy"), empty.error);

    cortograph::Array<float> responses({4, 3});
    std::iota(responses.values.begin(), responses.values.end(), 0.0F);
    for (std::size_t image = 0; image < 4; ++image) {
      cortograph::writePng(made / "images" / ("im" + std::to_string(image) + ".png"),
                           cortograph::Picture(8, 8));
      responses.row(image)[1] = 5; // never changes
    }
    responses.row(2)[2] = NAN;
    cortograph::writeNpy(made / "responses.npy", responses);
    const Outcome checked = run({"subject", text(made), "--json"});
    QVERIFY2(checked.status == 0, checked.error);
    QCOMPARE(checked.json()["layout"].toString(), QString("folder"));
    QCOMPARE(checked.json()["training_images"].toInt(), 4);
    QCOMPARE(checked.json()["left_out"].toInt(), 2);
    QCOMPARE(run({"info", text(made), "--json"}).json()["left_out"].toInt(), 2);

    std::ofstream(made / "images/im3.png") << "no picture";
    const Outcome damaged = run({"subject", text(made)});
    QCOMPARE(damaged.status, 1);
    QVERIFY2(damaged.error.contains("im3.png"), damaged.error);
    QCOMPARE(run({"subject", "--new", text(made)}).status, 1);
  }

  void responsesAreStandardisedAsTheMapSays() {
    const auto digits = dataPath("digits69");
    CORTOGRAPH_NEED(digits);
    const QTemporaryDir folder;
    const QString map = folder.filePath("map.h5");
    const auto train = [&](const QString& how) {
      return run({"train",
                  "--subject",
                  text(digits),
                  "--network",
                  "demo:random",
                  "--out",
                  map,
                  "--steps",
                  "4",
                  "--selectors",
                  "free",
                  "--grid",
                  "2",
                  "--layers",
                  "0",
                  "--standardise",
                  how,
                  "--json"});
    };
    QVERIFY2(train("whole").status == 0, "");
    const QJsonObject described = run({"info", map, "--json"}).json();
    QCOMPARE(described["attributes"].toObject()["standardise"].toString(), QString("whole"));
    const Outcome same =
        run({"score", map, "--subject", text(digits), "--split", "test", "--json"});
    QVERIFY2(same.status == 0, same.error);
    QCOMPARE(same.json()["standardise"].toString(), QString("whole"));
    const Outcome raw = run({"score",
                             map,
                             "--subject",
                             text(digits),
                             "--split",
                             "test",
                             "--standardise",
                             "none",
                             "--json"});
    QCOMPARE(raw.json()["standardise"].toString(), QString("none"));
    // Pearson's r does not depend on scale and shift.
    QVERIFY(std::abs(raw.json()["r_mean"].toDouble() - same.json()["r_mean"].toDouble()) < 1e-5);
    const Outcome refused = train("session");
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.error.contains("sessions_train.npy"), refused.error);
  }

  void voxelsWithoutAPlaceAreTrainedAndScored() {
    const auto digits = dataPath("digits69");
    CORTOGRAPH_NEED(digits);
    const QTemporaryDir folder;
    const QString map = folder.filePath("m.h5");
    QStringList train{"train",
                      "--subject",
                      text(digits),
                      "--network",
                      "demo:gabor",
                      "--steps",
                      "10",
                      "--bottleneck",
                      "8",
                      "--out",
                      map};
    const Outcome placed = run(train);
    QCOMPARE(placed.status, 1);
    QVERIFY2(placed.error.contains("--selectors free"), placed.error);
    const Outcome free = run(train + QStringList{"--selectors", "free"});
    QVERIFY2(free.status == 0, free.error);
    const QJsonObject info = run({"info", map, "--json"}).json();
    QCOMPARE(info["mesh"].toString(), "none");
    const Outcome score =
        run({"score", map, "--subject", text(digits), "--split", "test", "--json"});
    QVERIFY2(score.status == 0, score.error);
    QCOMPARE(score.json()["images"].toInt(), 10);
    QCOMPARE(score.json()["vertices"].toInt(), 3092);
  }

  void aKilledTrainingGoesOnWhereItsCheckpointIs() {
    const auto digits = dataPath("digits69");
    CORTOGRAPH_NEED(digits);
    const QTemporaryDir folder;
    const QString out = folder.filePath("m.h5");
    const QString checkpoint = folder.filePath("m.checkpoint.h5");
    QStringList arguments{"train",
                          "--subject",
                          text(digits),
                          "--network",
                          "demo:gabor",
                          "--layers",
                          "0-1",
                          "--selectors",
                          "free",
                          "--steps",
                          "240",
                          "--validate-every",
                          "20",
                          "--bottleneck",
                          "16",
                          "--threads",
                          "2",
                          "--out",
                          out};
    QVERIFY2(run(arguments).status == 0, "unbroken");
    const cortograph::BrainMap unbroken = cortograph::readMap(out.toStdString());
    arguments << "--resume";
    const auto reached = [&checkpoint](int step) {
      return cortograph::isMap(checkpoint.toStdString()) &&
             cortograph::readMap(checkpoint.toStdString()).history.step.back() >= step;
    };
    for (const int step : {20, 60}) {
      QProcess process;
      process.setChildProcessModifier([] { signal(SIGHUP, SIG_IGN); }); // as nohup does
      process.start(CORTOGRAPH_PROGRAM, arguments);
      QTRY_VERIFY_WITH_TIMEOUT(reached(step), 120'000);
      QCOMPARE(kill(static_cast<pid_t>(process.processId()), SIGHUP), 0);
      QTRY_VERIFY_WITH_TIMEOUT(reached(step + 20), 120'000);
      process.kill(); // SIGKILL: no word to the program
      QVERIFY(process.waitForFinished());
    }
    const Outcome resumed = run(arguments);
    QVERIFY2(resumed.status == 0 && resumed.error.contains("continues after step"), resumed.error);
    const cortograph::BrainMap map = cortograph::readMap(out.toStdString());
    QVERIFY(map.readoutWeight == unbroken.readoutWeight);
    QVERIFY(map.parameters == unbroken.parameters);
    QVERIFY(map.history.loss == unbroken.history.loss);
    QVERIFY(!QFile::exists(checkpoint));
  }

  void benchSaysWhatAStepCosts() {
    const QJsonObject bench = run({"bench",
                                   "step",
                                   "--vertices",
                                   "600",
                                   "--layers",
                                   "3",
                                   "--channels",
                                   "48",
                                   "--bottleneck",
                                   "32",
                                   "--batch",
                                   "4",
                                   "--steps",
                                   "3",
                                   "--baseline",
                                   "--json"})
                                  .json();
    for (const char* key :
         {"step_seconds_median", "peak_mb", "flop", "bytes", "baseline_seconds_median", "ratio"}) {
      QVERIFY2(bench[key].toDouble() > 0, key);
    }
    QVERIFY(bench["loss_difference"].toDouble(1) < 1e-5);
    QVERIFY(bench["gradient_difference"].toDouble(1) < 1e-4);
    const QJsonObject cluster =
        run({"bench", "cluster", "--vertices", "300", "--bottleneck", "16", "--json"}).json();
    QVERIFY(cluster["seconds"].toDouble() > 0 && cluster["peak_mb"].toDouble() > 0);
    QCOMPARE(run({"bench"}).status, 2);
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

CORTOGRAPH_TEST(CliTest, QCoreApplication)
#include "cli_test.moc"
