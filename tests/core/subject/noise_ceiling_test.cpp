#include "base/error.h"
#include "base/npy.h"
#include "core/base/garble.h"
#include "subject/noise_ceiling.h"
#include "support/test_case.h"
#include "support/test_data.h"

#include <QTemporaryDir>

#include <cmath>
#include <limits>

using namespace cortograph;
using namespace cortograph::test;

class NoiseCeilingTest : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void snrAndRepeatsGiveTheCeiling() {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> equal = ceilingFromSnr({0, 1, 2, nan}, parseRepeats("3"));
    QCOMPARE(equal[0], 0.0F);
    QCOMPARE(equal[1], 0.75F);                 // 1 / (1 + 1/3)
    QCOMPARE(equal[2], 4.0F / (4 + 1.0F / 3)); // in NSD's percent: 100 · snr² / (snr² + 1/n)
    QVERIFY(std::isnan(equal[3]));
    // NSD's A images with three, B with two, C with one trial: (A/3 + B/2 + C/1) / (A + B + C).
    const std::vector<float> mixed = ceilingFromSnr({1}, parseRepeats("3x515,2x200,1x85"));
    const double noise = (515 / 3.0 + 200 / 2.0 + 85) / 800;
    QVERIFY(std::abs(mixed[0] - 1 / (1 + noise)) < 1e-7);
    QCOMPARE(ceilingFromSnr({1}, parseRepeats("3x515"))[0], 0.75F);
  }

  void repeatsThatSayNothingAreRefused() {
    for (const char* wrong : {"", "0", "-1", "three", "3x", "3x0", "3,,2", "3x5x2", "2.5"}) {
      CORTOGRAPH_EXPECT_ERROR((void)parseRepeats(wrong), ErrorKind::format, "repeats");
    }
  }

  void valuesAreReadFromEitherKind() {
    const QTemporaryDir folder;
    const auto at = [&folder](const char* name) {
      return std::filesystem::path(folder.filePath(name).toStdString());
    };
    writeNpy(at("a.npy"), Array<double>({3}, {0.1, 0.2, 0.5}));
    const std::vector<float> expected{0.1F, 0.2F, 0.5F};
    QCOMPARE(readVertexValues(at("a.npy"), "ncsnr"), expected);
    for (const char* text : {"0.1\n0.2\n0.5\n",
                             "ceiling\r\n0.1\r\n0.2\r\n0.5\r\n",
                             "voxel,ncsnr,V1\na,0.1,1\nb, 0.2,0\nc,5e-1,1"}) {
      writeBytes(at("a.csv"), text);
      QCOMPARE(readVertexValues(at("a.csv"), "ncsnr"), expected);
    }
    writeBytes(at("a.csv"), "x,ncsnr\n1,nan\n2,\n");
    QVERIFY(std::isnan(readVertexValues(at("a.csv"), "ncsnr")[1]));
    writeBytes(at("a.csv"), "x,y\n1,2\n");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexValues(at("a.csv"), "ncsnr"), ErrorKind::format, "2 columns", "ncsnr");
    writeBytes(at("a.csv"), "ncsnr\n1\ntwo\n");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexValues(at("a.csv"), "ncsnr"), ErrorKind::format, "Line 3", "two");
    writeBytes(at("a.csv"), "");
    CORTOGRAPH_EXPECT_ERROR((void)readVertexValues(at("a.csv"), "ncsnr"), ErrorKind::file, "empty");
    writeNpy(at("a.npy"), Array<float>({2, 2}));
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexValues(at("a.npy"), "ncsnr"), ErrorKind::mismatch, "2x2");
    CORTOGRAPH_EXPECT_ERROR(
        (void)readVertexValues(at("b.npy"), "ncsnr"), ErrorKind::notFound, "b.npy");
  }

  void readsTheRealTable() {
    const auto table = dataPath("nsd-voxels/voxel_metadata_EVC.csv");
    CORTOGRAPH_NEED(table);
    const std::vector<float> snr = readVertexValues(table, "ncsnr");
    QVERIFY(snr.size() > 10'000);
    QCOMPARE(snr[1], 0.15933848917484283F);
    const std::vector<float> ceiling = ceilingFromSnr(snr, parseRepeats("3"));
    QVERIFY(std::abs(ceiling[1] - 0.0707753) < 1e-6);
  }
};

CORTOGRAPH_TEST(NoiseCeilingTest, QCoreApplication)
#include "noise_ceiling_test.moc"
