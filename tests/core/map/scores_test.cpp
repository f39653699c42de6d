#include "base/error.h"
#include "base/hdf5.h"
#include "map/scores.h"
#include "support/small_map.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>
#include <limits>

using namespace cortograph;
using namespace cortograph::test;

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();

Scores smallScores() {
  return {6,
          {0.5F, none, -0.25F, 0.75F, 0.125F},
          {0.75F, none, 0.5F, 0.875F, 0.25F},
          {0.5F, 0.5F, 0.5F, 1, 0.04F},
          {1, none, -0.5F, 0.75F, none},
          {0.75F, none, 0.5F, 1, 0.5F}};
}

} // namespace

class ScoresTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void summariesPassOverWhatIsNoNumber() {
    const std::vector<float> values{0.5F, none, -0.25F, 0.75F, 0.125F};
    const ScoreSummary all = summarize(values);
    QCOMPARE(all.mean, 0.28125);
    QCOMPARE(all.median, 0.3125);
    QCOMPARE(all.shareAboveZero, 0.75);
    const ScoreSummary some = summarize(values, {1, 1, 1, 0, 0});
    QCOMPARE(some.mean, 0.125);
    QVERIFY(std::isnan(summarize(values, {0, 1, 0, 0, 0}).median));
  }

  void ceilingsThatAreTooLowGiveNoScore() {
    const Scores scores = smallScores();
    const std::vector<float> found = normalizeByCeiling(scores.r2, scores.noiseCeiling);
    for (std::size_t n = 0; n < found.size(); ++n) {
      QCOMPARE(std::isnan(found[n]), std::isnan(scores.normalizedR2[n]));
      QVERIFY(std::isnan(found[n]) || found[n] == scores.normalizedR2[n]);
    }
    QVERIFY(std::isnan(normalizeByCeiling({1}, {none})[0]));
    CORTOGRAPH_EXPECT_ERROR(
        (void)normalizeByCeiling({1, 2}, {1}), ErrorKind::mismatch, "1 vertices", "2");
  }

  void scoresAreWrittenVertexByVertex() {
    const QTemporaryDir folder;
    const VertexSet vertices = smallMap().vertices;
    const std::filesystem::path csv = folder.filePath("s.csv").toStdString();
    writeScores(csv, smallScores(), vertices, {});
    QFile file(csv);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QCOMPARE(lines.size(), 7);
    QCOMPARE(lines[0],
             QByteArray("vertex,hemisphere,r2,r,noise_ceiling,r2_normalised,r_noise_free"));
    QCOMPARE(lines[2], QByteArray("3,left,nan,nan,0.5,nan,nan"));
    QCOMPARE(lines[4], QByteArray("13,right,0.75,0.875,1,0.75,1"));

    const std::filesystem::path h5 = folder.filePath("s.h5").toStdString();
    Scores bare = smallScores();
    bare.noiseCeiling.clear();
    bare.normalizedR2.clear();
    writeScores(h5, bare, vertices, {{"split", "test"}});
    const Hdf5File stored = Hdf5File::open(h5);
    QCOMPARE(textOf(stored.attributes(), "cortograph_kind"), std::string("scores"));
    QCOMPARE(textOf(stored.attributes(), "split"), std::string("test"));
    QCOMPARE(stored.read<std::int32_t>("/vertex/index").values,
             (std::vector<std::int32_t>{0, 3, 11, 13, 14}));
    QCOMPARE(stored.read<float>("/score/r").values[4], 0.25F);
    QVERIFY(!stored.has("/score/noise_ceiling"));

    CORTOGRAPH_EXPECT_ERROR(writeScores(folder.filePath("s.txt").toStdString(), bare, vertices, {}),
                            ErrorKind::unsupported,
                            ".csv or .h5");
  }
};

CORTOGRAPH_TEST(ScoresTest, QCoreApplication)
#include "scores_test.moc"
