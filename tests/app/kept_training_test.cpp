#include "app/jobs/kept_training.h"
#include "data_home.h"
#include "support/small_map.h"
#include "support/test_case.h"

#include <fstream>

using namespace cortograph;
using namespace cortograph::test;

namespace fs = std::filesystem;

/// Trainings on disk.
class KeptTrainingTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void oneThatAWindowHasIsNotFound() {
    const DataHome home;
    TrainRequest request;
    request.subject = "/data/subject one";
    request.surfaces = "/data/surfaces";
    request.network.spec = "vit.pth";
    request.network.heads = 6;
    request.steps = 300;
    std::optional<KeptTraining> training = keepTraining(trainingsFolder(), request);
    QVERIFY(training->lock != nullptr);
    writeMap(training->map(), smallMap());
    QVERIFY(findKeptTrainings(trainingsFolder()).empty());
    const fs::path folder = training->folder;
    training.reset();

    const std::vector<KeptTraining> found = findKeptTrainings(trainingsFolder());
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].folder, folder);
    QCOMPARE(found[0].request.subject, request.subject);
    QCOMPARE(found[0].request.surfaces, request.surfaces);
    QCOMPARE(found[0].request.network.spec, request.network.spec);
    QCOMPARE(found[0].request.network.heads, 6);
    QCOMPARE(found[0].request.steps, 300);
    QCOMPARE(found[0].step, 100);
    QVERIFY(!found[0].begun.empty() && !found[0].done && found[0].canResume());
    QVERIFY(findKeptTrainings(trainingsFolder()).empty()); // they are ours now
    discard(found[0]);
    QVERIFY(!fs::exists(folder));
  }

  void twoOfOneSecondAreTwo() {
    const DataHome home;
    const KeptTraining first = keepTraining(trainingsFolder(), {});
    const KeptTraining second = keepTraining(trainingsFolder(), {});
    QVERIFY(first.folder != second.folder);
  }

  void oneWithoutAStateLeavesNothing() {
    const DataHome home;
    const KeptTraining training = keepTraining(trainingsFolder(), {});
    QVERIFY(!onDisk(training));
    QVERIFY(!fs::exists(training.folder));
  }

  void aDoneOneIsItsMap() {
    const DataHome home;
    const KeptTraining left = DataHome::leaveTraining(smallMap(), true);
    const std::vector<KeptTraining> found = findKeptTrainings(trainingsFolder());
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].done && !found[0].canResume());
    QCOMPARE(readMap(found[0].map()).r2.size(), smallMap().r2.size());
  }

  void damagedOnesAreFoundToo() {
    const DataHome home;
    const KeptTraining left = DataHome::leaveTraining(smallMap(), false);
    std::ofstream(left.folder / "request.json") << "{\"subject\": 5";
    std::ofstream(left.map()) << "no map";
    const std::vector<KeptTraining> found = findKeptTrainings(trainingsFolder());
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(!found[0].canResume());
    QCOMPARE(found[0].steps, 0);
  }
};

CORTOGRAPH_TEST(KeptTrainingTest, QCoreApplication)
#include "kept_training_test.moc"
